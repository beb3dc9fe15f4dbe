import { h, icon } from '../dom';
import type { Action, Card } from '../types';
import { actions, fold, rows, type Renderer } from './kit';

interface Row {
  label: string;
  value: string;
  missing?: boolean;
}

interface Record extends Card {
  number?: number | string;
  rows: Row[];
  checks: { ok: boolean; text: string }[];
  actions: Action[];
}

interface Records extends Card {
  records: { number: number | string; day: string; outcome: string; rows: Row[] }[];
}

/** What came out of one talk, and whether it holds. */
export const record: Renderer<Record> = (card, tools) => {
  const { labels } = tools;
  return [
    card.number !== undefined && h('p.soft', {}, `${labels.number} ${card.number}`),
    rows(card.rows, tools),
    card.checks.length > 0 && h('ul.checks', {}, ...card.checks.map((check) =>
      h(check.ok ? 'li.ok' : 'li.not', {},
        icon(check.ok ? 'check' : 'stop'),
        h('span', {}, h('b', {}, `${check.ok ? labels.fine : labels.attention}${labels.colon}`), check.text)))),
    actions(card.actions, tools),
  ];
};

/** All that was saved: a line each, the figures behind it. */
export const records: Renderer<Records> = (card, tools) => [
  h('ul.records', {}, ...card.records.map((one) =>
    h('li', {},
      h('div.head', {},
        h('span.number', {}, h('span.unseen', {}, tools.labels.number), String(one.number)),
        h('strong.grow', {}, one.day),
        h('span.outcome', {}, one.outcome)),
      one.rows.length > 0 && fold(tools.labels.details, rows(one.rows, tools))))),
];
