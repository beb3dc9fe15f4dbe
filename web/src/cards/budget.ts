import { h } from '../dom';
import type { Card, Chart } from '../types';
import { drawing } from './drawing';
import type { Renderer } from './kit';

interface Budget extends Card {
  rows: { label: string; amount: string; amount_fen: number; kind: 'income' | 'expense' | 'buffer' | 'left' }[];
  chart?: Chart;
}

const SIGNS = { income: '+', expense: '−', buffer: '−', left: '=' };

/** What comes in, goes out and is left, like a sum on paper. */
export const budget: Renderer<Budget> = (card, tools) => [
  h('dl.sum', {}, ...card.rows.map((row) =>
    h(`div.${row.kind}`, row.amount_fen < 0 ? { 'data-below': '' } : {},
      h('dt', {}, h('span.sign', { 'aria-hidden': 'true' }, SIGNS[row.kind]), row.label),
      h('dd', {}, row.amount)))),
  card.chart && drawing(card.chart, tools),
];
