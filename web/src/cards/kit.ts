// What the cards are made of.

import { h, icon, type Child, type Icon } from '../dom';
import type { Labels } from '../labels';
import type { Action, Tick, Verdict } from '../types';
import { linked, spoken } from '../words';

/** What a card needs of the page around it. */
export interface Tools {
  labels: Labels;
  /** Says an action's words: its payload is sent, `shown` (or its title) stands as the person's words; `tick` stays on
   *  the card. */
  press(action: Action, shown?: string, tick?: Tick): void;
  /** Tells screen readers something short. */
  announce(text: string): void;
  /** Actions that stand as buttons below the message already, or hold only as long as it is the last one. */
  isOffered(action: Action): boolean;
}

export type Renderer<C> = (card: C, tools: Tools) => Child[];

/** Actions whose meaning depends on the question before them: they can be pressed only as long as it stands. */
export const ONLY_NOW = /^\/(?:affirm|deny)$/;

export function button(action: Action, tools: Tools, shown?: string): HTMLButtonElement {
  const kind = ONLY_NOW.test(action.payload) ? 'button.act.once' : 'button.act';
  return h(kind, { type: 'button', click: () => tools.press(action, shown) }, action.title);
}

/** The buttons of a card, without those that stand below it anyway. */
export function actions(given: Action[] | undefined, tools: Tools, of = ''): HTMLElement | null {
  const made = (given ?? []).filter((action) => !tools.isOffered(action));
  if (!made.length) return null;
  const shown = (action: Action): string | undefined => (of ? `${of}${tools.labels.colon}${action.title}` : undefined);
  return h('div.acts', { role: 'group', 'aria-label': of || tools.labels.choices },
    ...made.map((action) => button(action, tools, shown(action))));
}

export function rows(given: { label: string; value: string; missing?: boolean }[], tools: Tools): HTMLElement {
  return h('dl.rows', {}, ...given.map(({ label, value, missing }) =>
    h('div', {}, h('dt', {}, label), h(missing ? 'dd.missing' : 'dd', {}, linked(value || tools.labels.missingValue)))));
}

export function fold(title: string, ...children: Child[]): HTMLElement {
  return h('details.fold', {}, h('summary', {}, title), h('div.folded', {}, ...children));
}

const SIGNS: Record<Verdict, Icon | null> = { fits: 'check', tight: 'eye', breaks: 'stop', none: null };

/** Whether something can be kept up: in words and with a sign, not by colour alone. */
export function badge(verdict: Verdict, words: string): HTMLElement {
  const sign = SIGNS[verdict];
  return h(`span.badge.${verdict}`, {}, sign && icon(sign), words);
}

export function copyButton(text: string, tools: Tools, title = tools.labels.copy): HTMLButtonElement {
  const words = h('span', {}, title);
  const made = h('button.copy', { type: 'button' }, icon('copy'), words);
  made.addEventListener('click', () => {
    void copied(text, made).then((done) => {
      words.textContent = done ? tools.labels.copied : title;
      tools.announce(done ? tools.labels.copied : tools.labels.notCopied);
      window.setTimeout(() => { words.textContent = title; }, 2500);
    });
  });
  return made;
}

/** A line to be said: big enough to read out, with its button. */
export function line(text: string, tools: Tools): HTMLElement {
  return h('div.line', {}, h('p', {}, text), copyButton(spoken(text), tools));
}

async function copied(text: string, near: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedByHand(text, near); // no permission, or a page without TLS
  }
}

function copiedByHand(text: string, near: HTMLElement): boolean {
  const box = h('textarea.unseen', { readonly: true, 'aria-hidden': 'true', tabindex: -1 });
  box.value = text;
  near.after(box);
  box.select();
  const done = document.execCommand('copy');
  box.remove();
  near.focus({ preventScroll: true });
  return done;
}
