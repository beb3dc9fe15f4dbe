// Talking to the bot. A message stays in the outbox until the server says that it has it; after a lost connection all
// that is there is sent again, and the server knows by the id what it has had already.

import { io, type Socket } from 'socket.io-client';
import { isProgress, messageOf, ticked } from './frames';
import { MOST_UNSENT, fresh, random, type Store } from './state';
import { isObject, isText, type Message, type Pressed, type Progress, type Sent } from './types';

export const SLOW = 30000; // after this long without an answer the person is told so

export type Trouble = 'slow' | 'full' | 'silent' | 'cut' | 'fast' | 'failed' | 'unread';

/** What the page does when something happens. */
export interface Listener {
  said(message: Message): void;
  progress(progress: Progress): void;
  /** Connected or not, waiting for an answer or not, something sent or not. */
  changed(): void;
  /** `words`: what the server says about it. */
  trouble(what: Trouble, words?: string): void;
  /** The turn of a message is over. */
  done(id: string): void;
}

export class Link {
  ready = false; // the session is open on this connection
  private requested = false; // opening it has been asked for on this connection, so that messages may follow
  private session = '';
  private answered = true; // whether the bot has said anything since the person did
  private readonly waiting = new Map<string, number>(); // id of a message -> timer
  private readonly socket: Socket;
  private readonly wake = (): void => {
    if (!document.hidden && !this.socket.connected) this.socket.connect();
  };
  private readonly net = (): void => {
    this.listener.changed();
    if (navigator.onLine !== false) this.wake();
  };

  constructor(private readonly store: Store, private readonly listener: Listener, address: string) {
    this.socket = io(address, {
      path: '/socket.io',
      transports: ['websocket', 'polling'], // the second where a proxy lets no websocket through
      tryAllTransports: true,
      reconnectionDelay: 800,
      reconnectionDelayMax: 8000,
      timeout: 15000,
      autoConnect: false,
    });
    this.socket.on('connect', () => this.open());
    this.socket.on('disconnect', (reason: string) => {
      this.ready = this.requested = false;
      this.listener.changed();
      if (reason === 'io server disconnect') this.socket.connect();
    });
    this.socket.on('connect_error', () => this.listener.changed());
    this.socket.on('session_confirm', (id: unknown) => this.confirmed(id));
    this.socket.on('bot_uttered', (data: unknown) => this.heard(data));
    this.socket.on('progress', (card: unknown) => this.keepProgress(card));
    this.socket.on('user_accepted', (data: unknown) => this.settle(isObject(data) ? data.id : null));
    this.socket.on('turn_done', (data: unknown) => this.turnDone(isObject(data) ? data.id : null));
    this.socket.on('channel_error', (data: unknown) => this.refused(isObject(data) ? data : {}));
    window.addEventListener('online', this.net);
    window.addEventListener('offline', this.net);
    document.addEventListener('visibilitychange', this.wake);
  }

  start(): void {
    this.socket.connect();
  }

  get isConnected(): boolean {
    return this.socket.connected;
  }

  get isWaiting(): boolean {
    return this.waiting.size > 0;
  }

  /** Open the stored session on this connection: at the beginning, and after the session has changed. */
  open(): void {
    if (!this.socket.connected) return;
    const state = this.store.load();
    this.ready = false;
    this.session = state.session;
    const last = state.history.filter((m) => m.who === 'bot').pop();
    // Of those that were accepted only the end of their turn may have been missed; they are not sent again.
    const waiting = [...this.waiting.keys()].filter((id) => !state.outbox.some((m) => m.id === id));
    this.socket.emit('session_request', { session_id: this.session, last_id: last ? last.id : null, waiting });
    this.requested = true;
    // Not waiting for the answer saves a slow phone one way there and back; the server takes what comes in order.
    this.greet();
    this.flush();
  }

  /** What the person says; a null text says it silently. The message's id, or null when too much is unsent. */
  say(text: string | null, payload: string, metadata: Record<string, string>, pressed?: Pressed): string | null {
    const message: Sent = { id: random(12), message: payload, metadata };
    const at = Date.now();
    const kept = this.store.update((state) => {
      if (state.outbox.length >= MOST_UNSENT) return false;
      state.outbox.push(message);
      if (payload !== '/affirm') delete state.removing;
      if (text === null) return true;
      for (const m of state.history) {
        if (m.buttons || m.card) m.closed = true;
        delete m.again;
        if (pressed?.index !== undefined && m.id === pressed.id) m.chosen = pressed.index;
        if (pressed?.tick && m.id === pressed.id) ticked(m, pressed.tick);
      }
      state.history.push({ id: message.id, who: 'user', text, at });
      return true;
    });
    if (!kept) {
      this.listener.trouble('full');
      return null;
    }
    this.answered = false;
    if (this.requested) this.transmit(message);
    return message.id;
  }

  /** Forget everything on this device and begin anew. */
  restart(): void {
    for (const id of [...this.waiting.keys()]) this.stopWaiting(id);
    this.store.save(fresh());
    this.store.draft = '';
    this.answered = true;
    this.ready = this.requested = false;
    this.open();
  }

  /** The session that another tab has opened, if it is another one. */
  follow(): void {
    if (this.store.load().session !== this.session) this.open();
  }

  private greet(): void {
    const state = this.store.load();
    if (state.history.length || state.outbox.length || Math.abs(Date.now() - state.greeted) < 10000) return;
    this.store.update((s) => {
      s.greeted = Date.now();
    });
    this.say(null, '/greet', { entry: 'open' });
  }

  private flush(): void {
    for (const message of this.store.load().outbox) this.transmit(message);
  }

  private transmit(message: Sent): void {
    if (!message.tried) {
      this.store.update((state) => {
        for (const m of state.outbox) if (m.id === message.id) m.tried = true;
      });
    }
    this.wait(message.id);
    this.socket.emit('user_uttered', {
      id: message.id, session_id: this.session, message: message.message, metadata: message.metadata ?? {},
    });
  }

  private wait(id: string): void {
    clearTimeout(this.waiting.get(id));
    this.waiting.set(id, window.setTimeout(() => {
      this.stopWaiting(id);
      if (!this.answered) this.listener.trouble('slow');
    }, SLOW));
    this.listener.changed();
  }

  private stopWaiting(id: string): void {
    clearTimeout(this.waiting.get(id));
    this.waiting.delete(id);
    this.listener.changed();
  }

  private settle(id: unknown): void {
    if (!isText(id)) return;
    this.store.update((state) => {
      state.outbox = state.outbox.filter((m) => m.id !== id);
    });
    this.listener.changed();
  }

  /** A message whose turn failed can be sent once more without writing it again. */
  private offerAgain(id: unknown): void {
    this.store.update(({ history, outbox }) => {
      const sent = outbox.find((m) => m.id === id);
      const last = history[history.length - 1];
      if (sent && last && last.id === id) last.again = sent.message;
    });
  }

  private confirmed(id: unknown): void {
    if (id !== this.session) return;
    this.ready = true;
    this.listener.changed();
  }

  private heard(data: unknown): void {
    if (!this.ready || !isObject(data)) return;
    this.keepProgress(data.progress);
    const message = messageOf(data);
    if (!message) return;
    this.answered = true;
    const isNew = this.store.update((state) => {
      if (state.session !== this.session || state.history.some((m) => m.id === message.id)) return false;
      state.history.push(message);
      return true;
    });
    if (isNew) this.listener.said(message);
  }

  private keepProgress(card: unknown): void {
    if (!isProgress(card)) return;
    this.store.update((state) => {
      if (state.session === this.session) state.progress = card;
    });
    this.listener.progress(card);
  }

  private turnDone(id: unknown): void {
    if (!isText(id) || !this.waiting.has(id)) return;
    this.settle(id);
    this.stopWaiting(id);
    if (!this.isWaiting && !this.answered) this.listener.trouble('silent');
    this.listener.done(id);
    this.flush();
  }

  private refused(data: Record<string, unknown>): void {
    const { code, id } = data;
    if (code === 'message_cut') {
      this.listener.trouble('cut');
    } else if (code === 'weak_session') {
      this.store.update((state) => {
        state.session = random(24);
      });
      this.open();
    } else if (code === 'no_session' || code === 'wrong_session') {
      this.open();
    } else {
      if (isText(id)) this.stopWaiting(id);
      if (code === 'too_many') {
        this.listener.trouble('fast');
        return;
      }
      if (code === 'failed') this.offerAgain(id);
      this.settle(id);
      this.answered = true;
      this.listener.trouble(code === 'failed' ? 'failed' : 'unread', isText(data.text) ? data.text : undefined);
    }
  }
}
