// The parts of the page around the conversation, and how they share the height there is.

import type { Composer } from './composer';
import { h, icon } from './dom';
import type { Labels } from './labels';
import type { Looks } from './state';

const LITTLE = 480; // below this height what is said twice goes
const LEAST = 8.3; // with less for the conversation, in heights of its letters, everything scrolls together

export interface Parts {
  composer: Composer;
  log: HTMLElement;
  progress: HTMLElement;
  dialogs: HTMLElement[];
}

export class Frame {
  readonly element: HTMLElement;
  readonly menuButton: HTMLButtonElement;
  private readonly header: HTMLElement;
  private readonly help: HTMLElement;
  private readonly scroller: HTMLElement;
  private readonly typing: HTMLElement;
  private readonly more: HTMLElement; // with the button that goes down
  private readonly link = h('div.notice', { id: 'link', role: 'status', hidden: true });
  private readonly notice = h('div.notice', { id: 'notice', role: 'status', hidden: true });
  private readonly heard = h('div.unseen', { role: 'status' });
  private quiet = 0;

  constructor(labels: Labels, private readonly parts: Parts, openMenu: () => void, close: (() => void) | null) {
    const { composer, log, progress, dialogs } = parts;
    this.menuButton = h('button.round', { type: 'button', id: 'menu-button', 'aria-haspopup': 'dialog', 'aria-label': labels.menu, click: openMenu }, icon('menu'));
    this.header = h('div.top', { role: close ? null : 'banner' },
      h('div.brand', {}, h(close ? 'h2' : 'h1', { class: 'name', id: 'guide-title' }, labels.title), h('p', {}, labels.promise)),
      this.menuButton,
      close && h('button.round', { type: 'button', id: 'close', 'aria-label': labels.close, click: close }, icon('close')));
    this.help = h('nav.help', { 'aria-label': labels.helpLabel }, h('span', {}, `${labels.help}${labels.colon}`),
      h('a', { href: 'tel:110' }, '110'), h('a', { href: 'tel:120' }, '120'), h('a', { href: 'tel:12356' }, labels.support));
    this.typing = h('div.typing', { id: 'typing', role: 'status', hidden: true },
      h('span.dots', { 'aria-hidden': 'true' }, h('i'), h('i'), h('i')), h('span', {}, labels.typing));
    this.scroller = h(close ? 'div' : 'main', { id: 'scroll', class: 'scroll' }, log, this.typing);
    this.more = h('div.below', { hidden: true }, h('button.more', { type: 'button', id: 'more', click: () => {
      this.scroller.scrollTop += this.scroller.clientHeight * 0.8;
    } }, icon('down'), labels.more));
    this.scroller.addEventListener('scroll', () => this.showMore(), { passive: true });
    this.element = h('div.guide', {}, this.header, progress, this.help, this.scroller, this.more, this.link, this.notice,
      this.heard, composer.element, ...dialogs);
  }

  /** Size, colours, contrast: what is chosen, or what the system says. */
  dress(looks: Looks): void {
    const system = (query: string): boolean => window.matchMedia?.(query).matches ?? false;
    const isDark = looks.look ? looks.look === 2 : system('(prefers-color-scheme: dark)');
    const isHard = looks.contrast ? looks.contrast === 2 : system('(prefers-contrast: more)');
    Object.assign(this.element.dataset, {
      theme: isDark ? 'dark' : 'light', contrast: isHard ? 'more' : 'normal', size: String(looks.size),
    });
  }

  /** Shares out the height: `seen` pixels of the window can be seen above a keyboard. */
  fit(seen: number | null): void {
    const { element, parts: { composer } } = this;
    if (seen !== null) element.style.setProperty('--seen', `${Math.round(seen)}px`);
    const at = element.scrollTop;
    element.classList.remove('tiny');
    const height = element.clientHeight;
    if (!height) return; // a closed widget
    element.classList.toggle('short', height < LITTLE);
    // Large letters leave as little room as a small window: what counts is what the conversation gets.
    const taken = this.header.offsetHeight + this.help.offsetHeight + composer.element.offsetHeight
      + (this.parts.progress.firstElementChild as HTMLElement).offsetHeight - composer.input.offsetHeight + composer.send.offsetHeight;
    element.classList.toggle('tiny', height < 320 || height - taken < LEAST * parseFloat(getComputedStyle(element).fontSize));
    element.scrollTop = at;
    this.showMore();
  }

  private get isTiny(): boolean {
    return this.element.classList.contains('tiny');
  }

  toEnd(): void {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    if (this.isTiny) this.element.scrollTop = this.element.scrollHeight;
  }

  /** Show what is new, but never push the beginning of the answer out of sight. */
  follow(): void {
    const lines = this.parts.log.querySelectorAll<HTMLElement>('.row.user');
    const last = lines[lines.length - 1];
    if (this.isTiny) {
      last?.scrollIntoView();
      return;
    }
    const bottom = this.scroller.scrollHeight - this.scroller.clientHeight;
    this.scroller.scrollTop = last ? Math.min(bottom, last.offsetTop - 8) : 0;
    this.showMore();
  }

  /** Whether the bot is at it; true when that has changed. */
  showTyping(isShown: boolean): boolean {
    if (this.typing.hidden === !isShown) return false;
    this.typing.hidden = !isShown;
    return true;
  }

  showLink(text: string | null): void {
    this.link.hidden = text === null;
    if (text !== null) this.link.textContent = text;
  }

  get isLinkShown(): boolean {
    return !this.link.hidden;
  }

  tell(text: string): void {
    clearTimeout(this.quiet);
    this.notice.textContent = text;
    this.notice.hidden = false;
    this.quiet = window.setTimeout(() => this.hush(), 10000);
  }

  hush(): void {
    this.notice.hidden = true;
  }

  announce(text: string): void {
    this.heard.textContent = text;
  }

  private showMore(): void {
    const below = this.scroller.scrollHeight - this.scroller.clientHeight - this.scroller.scrollTop;
    this.more.hidden = this.isTiny || below < 30;
  }
}
