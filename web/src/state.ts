// What this device keeps: the session id, the conversation, what is not sent yet, and how the page looks.

import type { Script } from './labels';
import { isObject, isText, type Message, type Progress, type Sent } from './types';

export const KEEP = 500; // messages kept on this device
export const MOST_UNSENT = 20;

export interface State {
  session: string;
  greeted: number;
  history: Message[];
  outbox: Sent[];
  progress?: Progress;
  /** The words that lead to the deletion of all data were sent from the menu, and not answered otherwise. */
  removing?: boolean;
}

export interface Looks {
  size: 0 | 1 | 2;
  look: 0 | 1 | 2;
  contrast: 0 | 1 | 2;
  script: Script;
}

/** Random bytes as text that may stand in an address. */
export function random(bytes: number): string {
  const raw = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...raw)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

export const fresh = (): State => ({ session: random(24), greeted: 0, history: [], outbox: [] });

function isMessage(value: unknown): value is Message {
  return isObject(value) && isText(value.id) && isText(value.text) && (value.who === 'user' || value.who === 'bot');
}

/** Whether what was read from the storage can be a state; anything else is replaced by a new one. */
export function sound(value: unknown): value is State {
  return isObject(value) && isText(value.session) && /^[A-Za-z0-9_-]{22,128}$/.test(value.session)
    && Array.isArray(value.history) && value.history.every(isMessage)
    && Array.isArray(value.outbox) && value.outbox.every((m) => isObject(m) && isText(m.id) && isText(m.message));
}

export class Store {
  readonly key: string;
  readonly draftKey: string; // apart from the state: a key press must not redraw the other tabs
  readonly looksKey: string;
  private memory: State | null = null; // the state if the browser keeps nothing (a private window, a full disk)
  private keeps = true;
  private text: string | null = null; // what the storage held when `memory` was read from it

  /** `of` tells apart the conversations with several bots in one site's storage. */
  constructor(of = '') {
    this.key = `repayment-guide.v1${of}`;
    this.draftKey = `repayment-guide.draft${of}`;
    this.looksKey = `repayment-guide.looks${of}`;
  }

  /** False where the browser keeps nothing: all is gone when the page is closed. */
  get isKeeping(): boolean {
    return this.keeps;
  }

  load(): State {
    if (this.keeps) {
      const text = this.read(this.key);
      if (text !== null && text === this.text && this.memory) return this.memory;
      const state = parsed(text);
      if (sound(state)) {
        this.text = text;
        this.memory = state;
        return state;
      }
    } else if (this.memory) {
      return this.memory;
    }
    const state = fresh();
    this.save(state);
    return state;
  }

  save(state: State): void {
    this.memory = state;
    const text = JSON.stringify(state);
    this.keeps = this.write(this.key, text);
    this.text = this.keeps ? text : null;
  }

  /** Every change starts from what is stored: another tab may have written since. */
  update<T>(change: (state: State) => T): T {
    const state = this.load();
    const result = change(state);
    state.history = state.history.slice(-KEEP);
    this.save(state);
    return result;
  }

  /** Words begun but not sent; without storage they live as long as the page does. */
  get draft(): string {
    return this.read(this.draftKey) ?? '';
  }

  set draft(text: string) {
    this.write(this.draftKey, text || null);
  }

  get looks(): Looks {
    const kept = parsed(this.read(this.looksKey));
    const given = isObject(kept) ? kept : {};
    const level = (value: unknown): 0 | 1 | 2 => (value === 1 || value === 2 ? value : 0);
    return {
      size: level(given.size),
      look: level(given.look),
      contrast: level(given.contrast),
      script: given.script === 'traditional' ? 'traditional' : 'simplified',
    };
  }

  set looks(looks: Looks) {
    this.write(this.looksKey, JSON.stringify(looks));
  }

  private read(key: string): string | null {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // not allowed to read: as if nothing was there
    }
  }

  /** Whether it was kept. */
  private write(key: string, text: string | null): boolean {
    try {
      if (text === null) localStorage.removeItem(key);
      else localStorage.setItem(key, text);
      return true;
    } catch {
      return false; // a private window or a full disk: the page goes on from memory
    }
  }
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
