import { h } from '../dom';
import type { Card } from '../types';
import { spoken } from '../words';
import { copyButton, line, type Renderer } from './kit';

interface Written extends Card {
  lines: string[];
}

/** A text to copy whole. */
export const letter: Renderer<Written> = (card, tools) => [
  h('div.paper-sheet', {}, ...card.lines.map((text) => h('p', {}, text))),
  copyButton(card.lines.join('\n'), tools, tools.labels.copyAll),
];

/** Short texts to copy one by one, or all. */
export const messages: Renderer<Written> = (card, tools) => [
  h('div.lines', {}, ...card.lines.map((text) => line(text, tools))),
  card.lines.length > 1 && copyButton(card.lines.map(spoken).join('\n'), tools, tools.labels.copyAll),
];
