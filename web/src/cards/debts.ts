import { h, icon } from '../dom';
import type { Action, Card, Chart } from '../types';
import { drawing } from './drawing';
import type { Renderer } from './kit';

interface Debts extends Card {
  rows: { label: string; balance: string; balance_fen: number; detail: string; edit: Action }[];
  chart?: Chart;
}

/** Every debt with its balance, each to be changed. */
export const debts: Renderer<Debts> = (card, tools) => [
  h('ul.list', {}, ...card.rows.map((row) =>
    h('li', {},
      h('div.grow', {}, h('strong', {}, row.label), h('span.soft', {}, row.detail)),
      h('b.figure', {}, row.balance),
      h('button.edit', { type: 'button', 'aria-label': row.edit.title, click: () => tools.press(row.edit) },
        icon('edit'), h('span', { 'aria-hidden': 'true' }, tools.labels.edit))))),
  card.rows.length > 1 && card.chart && drawing(card.chart, tools),
];
