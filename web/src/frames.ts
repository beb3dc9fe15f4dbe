// What comes over the socket, checked and brought into the shape that is kept.

import { random } from './state';
import { isObject, isText, type Action, type Card, type Checklist, type Message, type Progress, type Tick } from './types';

/** Whether it is the progress of a journey as docs/cards.md says, as far as the page relies on it. */
export function isProgress(card: unknown): card is Progress {
  return isObject(card) && card.version === 1 && Array.isArray(card.stages) && card.stages.length > 0
    && card.stages.every((s) => isObject(s) && isText(s.label) && Array.isArray(s.answers));
}

function buttonsOf(data: Record<string, unknown>): Action[] {
  const given = [data.quick_replies, data.buttons].find((list) => Array.isArray(list) && list.length);
  return (Array.isArray(given) ? given : [])
    .filter((b): b is Record<string, string> => isObject(b) && isText(b.title) && b.title.trim() !== '')
    .map((b) => ({ title: (b.title ?? '').trim(), payload: isText(b.payload) && b.payload ? b.payload : b.title ?? '' }));
}

function textOf(data: Record<string, unknown>): string {
  if (isText(data.text) && data.text.trim()) return data.text.trim();
  const payload = isObject(data.attachment) ? data.attachment.payload : null;
  return isObject(payload) && isText(payload.src) ? payload.src : '';
}

/** A frame as it is kept; null when there is nothing to see in it. */
export function messageOf(data: Record<string, unknown>): Message | null {
  const text = textOf(data);
  const buttons = buttonsOf(data);
  const card = isObject(data.custom) && isText(data.custom.type) ? (data.custom as unknown as Card) : null;
  if (!text && !buttons.length && !card) return null;
  const message: Message = { id: isText(data.id) ? data.id : random(12), who: 'bot', text, at: Date.now() };
  if (buttons.length) message.buttons = buttons;
  if (card) message.card = card;
  return message;
}

/** Brings a paper on a message's card into another state. */
export function ticked(message: Message, { item, state }: Tick): void {
  for (const paper of (message.card as Checklist | undefined)?.items ?? []) if (paper.id === item) paper.state = state;
}
