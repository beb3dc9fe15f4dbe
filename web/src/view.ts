// The conversation on the screen: bubbles, cards, buttons. It is told what to show and keeps nothing itself.

import { draw } from './cards/index';
import { fold, ONLY_NOW, type Tools } from './cards/kit';
import { h } from './dom';
import type { Labels } from './labels';
import type { Action, Card, Checklist, Message, Pressed } from './types';
import { beside, isTold, linked } from './words';

export interface Sayer {
  say(text: string, payload: string, entry: string, pressed?: Pressed): void;
  announce(text: string): void;
}

/** The time on this device; the day as well unless it is today. Messages kept from before had no time. */
function stamp(at: number, labels: Labels): HTMLElement {
  const when = new Date(at);
  const two = (number: number): string => String(number).padStart(2, '0');
  const clock = `${two(when.getHours())}:${two(when.getMinutes())}`;
  const isToday = when.toDateString() === new Date().toDateString();
  const words = isToday ? clock : `${labels.day(when.getMonth() + 1, when.getDate())} ${clock}`;
  return h('time.at', { datetime: when.toISOString() }, words);
}

const isTime = (at: unknown): at is number => typeof at === 'number' && Number.isSafeInteger(at) && Math.abs(at) <= 8.64e15;

export class View {
  readonly log: HTMLElement;
  private row: HTMLElement | null = null; // the quick replies that can still be pressed, below the bot's last words
  private stamped: { who: string; at: Element } | null = null; // the time of the message before
  private card: Card | null = null; // the last one since the person said something

  constructor(private readonly labels: Labels, private readonly sayer: Sayer) {
    this.log = h('div', { id: 'log', role: 'log', 'aria-live': 'off', 'aria-label': labels.log, tabindex: 0 });
  }

  /** Everything anew. Nobody wants hundreds of messages read out, so the log is silent meanwhile. */
  all(history: Message[]): void {
    this.log.setAttribute('aria-live', 'off');
    this.log.textContent = '';
    this.row = this.stamped = this.card = null;
    history.forEach((message) => this.add(message));
    window.setTimeout(() => this.log.setAttribute('aria-live', 'polite'), 300);
  }

  add(message: Message): void {
    if (message.who === 'user') {
      this.close();
      this.card = null;
      this.put(message, [this.bubble(message, message.text)], null);
      this.offerAgain(message);
      return;
    }
    // Words without a card are for where no card can be seen, when all they say stands on the one before them.
    const isSaid = !message.card && !message.buttons && !!this.card && isTold(message.text, this.card);
    if (!isSaid) this.put(message, this.parts(message), message.buttons ? null : this.row);
    if (message.buttons) {
      const made = this.replies(message, message.buttons);
      this.log.append(made);
      if (!message.closed) this.row = made;
    }
  }

  /** Puts the parts of a message on the screen; those of one minute have their time below the last. */
  private put(message: Message, parts: HTMLElement[], before: HTMLElement | null): void {
    if (message.card?.type === 'checklist') this.foldLists(parts);
    this.log.querySelector('.empty')?.remove();
    for (const part of parts) this.log.insertBefore(part, before);
    const at = parts.map((part) => part.querySelector('.at')).filter((one) => one !== null).pop();
    if (!at) return;
    if (this.stamped?.who === message.who && this.stamped.at.textContent === at.textContent) this.stamped.at.remove();
    this.stamped = { who: message.who, at };
  }

  /** Of several lists of papers only the newest stands open; who is on one with the keyboard goes on on the newest. */
  private foldLists(newest: HTMLElement[]): void {
    const { activeElement } = this.log.getRootNode() as Document | ShadowRoot;
    for (const card of this.log.querySelectorAll('.card[data-type="checklist"]')) {
      if (card.firstElementChild?.matches('.fold')) continue;
      const on = card.contains(activeElement) ? (activeElement as HTMLElement).dataset.item : undefined;
      const title = card.querySelector('h2');
      card.prepend(fold(this.labels.earlier(title?.textContent ?? ''), ...card.children));
      if (on) window.setTimeout(() => this.focusPaper(newest, on));
    }
  }

  private focusPaper(parts: HTMLElement[], item: string): void {
    const papers = parts.flatMap((part) => [...part.querySelectorAll<HTMLElement>('.paper')]);
    papers.find((paper) => paper.dataset.item === item)?.focus({ preventScroll: true });
  }

  /** What was offered before the person said something else cannot be pressed any more. */
  close(): void {
    for (const button of this.log.querySelectorAll<HTMLButtonElement>('.replies button, .once')) button.disabled = true;
    this.row = null;
  }

  /** Below the person's words whose turn failed: a button that sends them once more. */
  offerAgain(message: Message): void {
    const line = [...this.log.querySelectorAll<HTMLElement>('.row.user')].find((one) => one.dataset.id === message.id);
    const old = line?.querySelector('.again');
    if (!message.again) old?.remove();
    if (!message.again || old) return;
    const payload = message.again;
    line?.firstElementChild?.append(h('button.act.again', { type: 'button', click: () => {
      this.log.focus({ preventScroll: true });
      this.sayer.say(message.text, payload, 'again');
    } }, this.labels.sendAgain));
  }

  /** What stands there as long as nobody has said anything and there is no connection. */
  showEmpty(): void {
    if (!this.log.childElementCount) this.log.append(h('p.empty', {}, linked(this.labels.empty)));
  }

  /** Marks the reply that was pressed, here or in another tab. */
  choose(id: string, index: number): void {
    const row = [...this.log.querySelectorAll<HTMLElement>('.replies')].find((one) => one.dataset.of === id);
    row?.children[index]?.classList.add('chosen');
  }

  /** Draws a list anew on which something was ticked, here or in another tab; focus and open details stay. */
  retick(message: Message): void {
    const row = [...this.log.querySelectorAll<HTMLElement>('.row.wide')].find((one) => one.dataset.id === message.id);
    const papers = (): HTMLElement[] => [...row?.querySelectorAll<HTMLElement>('.papers > li') ?? []];
    const before = papers();
    const { items } = message.card as Checklist;
    if (!row || before.every((paper, i) => paper.className === items[i]?.state)) return;
    const card = message.card && draw(message.card, this.tools(message));
    if (!card) return;
    const { activeElement } = this.log.getRootNode() as Document | ShadowRoot;
    const at = before.findIndex((paper) => paper.contains(activeElement));
    const time = row.querySelector('.at');
    if (time) card.append(time);
    row.replaceChildren(card);
    papers().forEach((paper, i) => {
      if (before[i]?.querySelector('details[open]')) paper.querySelector('details')?.setAttribute('open', '');
      if (i === at) paper.querySelector('button')?.focus({ preventScroll: true });
    });
  }

  /** Marks the messages that are not sent yet, or were sent and may not have arrived (true). */
  unsent(waiting: Map<string, boolean>): void {
    for (const line of this.log.querySelectorAll<HTMLElement>('.row.user')) {
      const old = line.querySelector('.unsent');
      const isTried = waiting.get(line.dataset.id ?? '');
      const words = isTried === undefined ? null : isTried ? this.labels.unanswered : this.labels.unsent;
      if (words === (old?.textContent ?? null)) continue;
      old?.remove();
      if (words !== null) line.firstElementChild?.append(h('div.unsent', {}, words));
    }
  }

  private parts(message: Message): HTMLElement[] {
    const card = message.card && draw(message.card, this.tools(message));
    if (!message.card || !card) return message.text ? [this.bubble(message, message.text)] : [];
    this.card = message.card;
    const { before, after } = beside(message.text, message.card);
    const line = h('div.row.bot.wide', { 'data-id': message.id }, card);
    if (!after && isTime(message.at)) card.append(stamp(message.at, this.labels));
    return [
      ...(before ? [this.bubble({ ...message, at: NaN }, before)] : []), line,
      ...(after ? [this.bubble(message, after)] : []),
    ];
  }

  private bubble(message: Message, text: string): HTMLElement {
    const isMine = message.who === 'user';
    const words = h('div.words', {}, isMine ? text : linked(text));
    return h(`div.row.${message.who}`, { 'data-id': message.id }, h('div.bubble', {},
      h('span.unseen', {}, isMine ? this.labels.youSaid : this.labels.botSaid), words,
      isTime(message.at) && stamp(message.at, this.labels)));
  }

  private replies(message: Message, given: Action[]): HTMLElement {
    return h('div.replies', { role: 'group', 'aria-label': this.labels.replies, 'data-of': message.id }, ...given.map((action, index) => {
      const button = h('button', { type: 'button', disabled: !!message.closed }, action.title);
      if (message.chosen === index) button.classList.add('chosen');
      button.addEventListener('click', () => {
        if (button.disabled) return;
        this.log.focus({ preventScroll: true });
        this.sayer.say(action.title, action.payload, 'button', { id: message.id, index });
      });
      return button;
    }));
  }

  private tools(message: Message): Tools {
    const below = new Set((message.buttons ?? []).map((button) => button.payload));
    return {
      labels: this.labels,
      announce: (text) => this.sayer.announce(text),
      isOffered: (action) => below.has(action.payload) || (!!message.closed && ONLY_NOW.test(action.payload)),
      press: (action, shown, tick) =>
        this.sayer.say(shown ?? action.title, action.payload, 'card', tick && { id: message.id, tick }),
    };
  }
}
