// The whole: what is kept, the connection, and what is on the screen. The page and the widget are each one of these.

import { Composer } from './composer';
import { Ask } from './dialog';
import { Frame } from './frame';
import { LABELS, type Labels } from './labels';
import { Link, type Listener, type Trouble } from './link';
import { Menu } from './menu';
import { ProgressBar } from './progressbar';
import { Store, type Looks } from './state';
import type { Pressed } from './types';
import { View } from './view';

export interface Options {
  /** Where the bot is; '' is where the page came from. */
  address: string;
  /** Where it is drawn. */
  into: HTMLElement;
  /** Closes the widget; a page of its own cannot be closed. */
  close: (() => void) | null;
}

const PATIENCE = 1500; // a connection that is there by then is not worth a word

export class App {
  frame!: Frame;
  composer!: Composer;
  private readonly store: Store;
  private readonly link: Link;
  private looks: Looks;
  private labels!: Labels;
  private view!: View;
  private bar!: ProgressBar;
  private ask!: Ask;
  private menu!: Menu;
  private drawn: string[] = []; // ids of the messages on the screen
  private removal: string | null = null; // the message that agreed to the deletion of all data
  private late = 0;
  private isWarned = false; // that nothing is kept on this device

  constructor(private readonly options: Options) {
    this.store = new Store(options.address && `@${options.address}`);
    this.looks = this.store.looks;
    const listener: Listener = {
      said: () => this.sync(true),
      progress: (card) => {
        this.bar.show(card);
        this.fit();
      },
      changed: () => this.changed(),
      trouble: (what, words) => this.trouble(what, words),
      done: (id) => this.done(id),
    };
    this.link = new Link(this.store, listener, options.address);
    this.build();
    this.listen();
    this.link.start();
    this.changed();
  }

  /** What is on the screen fits the height that can be seen. */
  fit(): void {
    const seen = window.visualViewport;
    this.composer.grow();
    const isZoomed = !!seen && seen.scale > 1.05; // pinched: leave the layout alone
    this.frame.fit(isZoomed ? null : seen ? seen.height : window.innerHeight);
    if (seen && !isZoomed && seen.offsetTop > 0) window.scrollTo(0, 0); // iOS pushes the page up for its keyboard
  }

  private build(): void {
    const labels = (this.labels = LABELS[this.looks.script]);
    this.view = new View(labels, {
      say: (text, payload, entry, pressed) => this.say(text, payload, entry, pressed),
      announce: (text) => this.frame.announce(text),
    });
    this.bar = new ProgressBar(labels, (action) => {
      this.view.log.focus({ preventScroll: true });
      this.say(action.title, action.payload, 'card');
    });
    this.ask = new Ask();
    this.menu = new Menu(labels, this.looks, {
      look: (looks) => this.choose(looks),
      again: () => this.askAgain(),
      remove: () => this.askRemoval(),
    });
    this.composer = new Composer(labels, this.store, (text) => this.say(text, text, 'typed'));
    this.frame = new Frame(labels, {
      composer: this.composer, log: this.view.log, progress: this.bar.element, dialogs: [this.menu.element, this.ask.element],
    }, () => this.menu.open(), this.options.close);
    this.dress();
    this.options.into.replaceChildren(this.frame.element);
    this.bar.show(this.store.load().progress);
    this.drawAll();
    this.fit();
    this.frame.toEnd();
  }

  private dress(): void {
    this.frame.dress(this.looks);
    if (!this.options.close) document.documentElement.dataset.theme = this.frame.element.dataset.theme;
    this.frame.element.lang = this.looks.script === 'traditional' ? 'zh-HK' : 'zh-CN';
  }

  private listen(): void {
    const fit = (): void => this.fit();
    window.visualViewport?.addEventListener('resize', fit);
    window.addEventListener('resize', fit);
    if (window.ResizeObserver) new ResizeObserver(fit).observe(this.options.into); // larger letters, a resized panel
    for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)']) {
      window.matchMedia?.(query).addEventListener?.('change', () => this.dress());
    }
    // Another tab of this browser has written: show the same here.
    window.addEventListener('storage', (event) => {
      if (event.key === this.store.looksKey) this.relook(this.store.looks);
      if (event.key !== this.store.key && event.key !== null) return;
      this.sync(false);
      this.bar.show(this.store.load().progress);
      this.link.follow();
    });
  }

  // ---- what is said -----------------------------------------------------------------------------------------------

  private say(text: string, payload: string, entry: string, pressed?: Pressed): boolean {
    const isRemoving = this.store.load().removing === true;
    const { script } = this.looks;
    const id = this.link.say(text, payload, { entry, ...(script === 'traditional' ? { script } : {}) }, pressed);
    if (id === null) return false;
    this.frame.hush(); // what it was about is over
    if (isRemoving && payload === '/affirm') this.removal = id;
    this.bar.open(false);
    this.sync(true);
    return true;
  }

  private done(id: string): void {
    if (id !== this.removal) return;
    this.removal = null;
    this.store.update((state) => {
      delete state.removing;
    });
    const { removedAsk, againText, keep, clear } = this.labels;
    this.ask.about({ title: removedAsk, text: againText, no: keep, yes: clear }, () => this.restart());
  }

  private trouble(what: Trouble, words = this.labels[what]): void {
    this.sync(true);
    this.frame.tell(words);
  }

  // ---- what is shown ----------------------------------------------------------------------------------------------

  private drawAll(): void {
    const { history } = this.store.load();
    this.view.all(history);
    this.drawn = history.map((message) => message.id);
    this.showUnsent();
  }

  /** Bring the screen to what is kept: mostly by adding what is new. */
  private sync(follows: boolean): void {
    const { history } = this.store.load();
    const first = history[0] ? this.drawn.indexOf(history[0].id) : -1;
    const known = first < 0 ? [] : this.drawn.slice(first);
    if (first < 0 ? this.drawn.length : known.some((id, i) => history[i]?.id !== id)) {
      this.drawAll();
      this.frame.toEnd();
      return;
    }
    const added = history.slice(known.length);
    for (const message of history.slice(-10 - added.length)) {
      if (message.who === 'user') this.view.offerAgain(message);
      if (message.chosen !== undefined) this.view.choose(message.id, message.chosen);
    }
    for (const message of history.slice(0, known.length)) if (message.card?.type === 'checklist') this.view.retick(message);
    for (const message of added) this.view.add(message);
    this.drawn = history.map((message) => message.id);
    this.showUnsent();
    if (follows || added.length) this.frame.follow();
  }

  private showUnsent(): void {
    const waiting = this.link.ready ? [] : this.store.load().outbox;
    this.view.unsent(new Map(waiting.map((m) => [m.id, m.tried === true])));
  }

  private changed(): void {
    if (!this.frame) return;
    if (this.frame.showTyping(this.link.isWaiting && this.link.ready)) this.frame.follow();
    this.showUnsent();
    this.showLink();
    if (this.store.isKeeping || this.isWarned) return;
    this.isWarned = true;
    this.frame.tell(this.labels.notKept);
  }

  private showLink(): void {
    clearTimeout(this.late);
    if (this.link.ready) {
      this.frame.showLink(null);
      return;
    }
    const isOff = navigator.onLine === false;
    const show = (): void => {
      this.view.showEmpty();
      this.frame.showLink(isOff ? this.labels.offline : this.labels.connecting);
    };
    if (isOff || this.frame.isLinkShown) show();
    else this.late = window.setTimeout(show, PATIENCE);
  }

  // ---- the menu ---------------------------------------------------------------------------------------------------

  private choose(looks: Looks): void {
    const isOther = looks.script !== this.looks.script;
    this.store.looks = looks;
    this.relook(looks);
    if (!isOther) return;
    this.frame.menuButton.focus();
    const words = looks.script === 'traditional' ? this.labels.useTraditional : this.labels.useSimplified;
    this.say(words, words, 'menu');
  }

  private relook(looks: Looks): void {
    const isOther = looks.script !== this.looks.script;
    this.looks = looks;
    if (isOther) {
      this.build();
      this.changed();
    } else {
      this.dress();
      this.fit();
    }
  }

  private askAgain(): void {
    const { againAsk, againText, cancel, clear } = this.labels;
    this.ask.about({ title: againAsk, text: againText, no: cancel, yes: clear }, () => this.restart());
  }

  private askRemoval(): void {
    const { removeAsk, removeText, cancel, removeYes, remove, needsNet } = this.labels;
    this.ask.about({ title: removeAsk, text: removeText, no: cancel, yes: removeYes }, () => {
      if (!this.link.ready) {
        this.frame.tell(needsNet);
        return;
      }
      this.say(remove, '/delete_my_data', 'menu');
      this.store.update((state) => {
        state.removing = true;
      });
    });
  }

  private restart(): void {
    this.frame.hush();
    this.link.restart();
    this.composer.clear();
    this.bar.open(false);
    this.bar.show(undefined);
    this.drawAll();
    this.changed();
  }
}
