// Every card that the page can draw. One that is not here, or of another version, is told by its text.

import { h, unique, type Child } from '../dom';
import type { Card } from '../types';
import { linked } from '../words';
import { budget } from './budget';
import { chartCard } from './chart';
import { checklist } from './checklist';
import { contact } from './contact';
import { debts } from './debts';
import { files } from './files';
import type { Renderer, Tools } from './kit';
import { ladder } from './ladder';
import { live } from './live';
import { plan } from './plan';
import { progress } from './progress';
import { record, records } from './record';
import { rehearsal } from './rehearsal';
import { script } from './script';
import { letter, messages } from './written';

const VERSION = 1;

// Each renderer knows the shape of its own card.
const RENDERERS: Record<string, Renderer<any>> = {
  plan, ladder, budget, debts, contact, progress, checklist, script, letter, messages, record, records, live, rehearsal,
  files, chart: chartCard,
};

/** The types that can be drawn. */
export const TYPES = Object.keys(RENDERERS);

/** The card drawn, or null when it cannot be and the text has to tell it. */
export function draw(card: Card, tools: Tools): HTMLElement | null {
  const renderer = Object.prototype.hasOwnProperty.call(RENDERERS, card.type) ? RENDERERS[card.type] : undefined;
  if (!renderer || card.version !== VERSION) return null;
  let parts: Child[];
  try {
    parts = renderer(card, tools);
  } catch (error) {
    console.warn(`a ${card.type} card is not as expected`, error); // its text is shown instead
    return null;
  }
  const id = unique('card');
  return h('div.card', { role: 'group', 'data-type': card.type, 'aria-labelledby': id },
    h('h2', { id }, card.title),
    ...parts,
    ...(card.notes ?? []).map((note) => h('p.remark', {}, linked(note))));
}
