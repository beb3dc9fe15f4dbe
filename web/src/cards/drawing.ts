// Charts as drawings with the table of their numbers behind them. Lines differ by dashes, bars by their words: never
// by colour alone.

import { h, svg, unique } from '../dom';
import type { Labels } from '../labels';
import type { Chart } from '../types';
import type { Tools } from './kit';

const WIDE = 320;
const FEW = 12; // bars in a drawing; more are a table

/** Whole fen as yuan with thousands separated: 1234567 is `12,345.67`. */
export function yuan(fen: number): string {
  const whole = Math.floor(Math.abs(fen) / 100);
  const rest = Math.abs(fen) % 100;
  const text = String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0 ? '-' : ''}${text}${rest ? `.${String(rest).padStart(2, '0')}` : ''}`;
}

/** An axis mark in few characters. */
export function short(fen: number, labels: Pick<Labels, 'tenThousand'>): string {
  const whole = fen / 100;
  return Math.abs(whole) >= 10000 ? `${Math.round(whole / 1000) / 10}${labels.tenThousand}` : String(Math.round(whole));
}

/** The step between marks so that at most five cover `most`: 1, 2 or 5 times a power of ten. */
export function stepFor(most: number): number {
  const rough = Math.max(most, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10) * power;
}

export function drawing(chart: Chart, tools: Tools, isTitled = true): HTMLElement {
  const { labels } = tools;
  const caption = unique('chart');
  const pictures = { line, bar, stack };
  const made = pictures[chart.kind]?.(chart, labels);
  made?.setAttribute('aria-labelledby', caption);
  return h('figure.chart', {},
    h('figcaption', { id: caption, class: isTitled ? '' : 'unseen' }, chart.title),
    made,
    chart.series.length > 1 || chart.kind === 'stack' ? legend(chart, labels) : null,
    h('details.fold', {}, h('summary', {}, labels.table),
      h('div.scrolled', { tabindex: 0, role: 'group', 'aria-label': chart.title }, table(chart, labels))));
}

function table(chart: Chart, labels: Labels): HTMLElement {
  return h('table', {},
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, labels.part),
      ...chart.series.map((s) => h('th', { scope: 'col' }, s.label)))),
    h('tbody', {}, ...chart.x.map((x, i) => h('tr', {}, h('th', { scope: 'row' }, x),
      ...chart.series.map((s) => h('td', {}, labels.amount(yuan(s.values_fen[i] ?? 0), chart.unit)))))));
}

function legend(chart: Chart, labels: Labels): HTMLElement {
  const isSum = chart.kind === 'stack' && chart.x.length === 1;
  return h('ul.legend', {}, ...chart.series.map((s, i) => h('li', {},
    svg('svg', { class: `mark s${i % 5}`, viewBox: '0 0 22 10', 'aria-hidden': 'true' },
      chart.kind === 'line' ? svg('path', { class: 'curve', d: 'M1 5H21' })
        : svg('rect', { x: 5, width: 12, height: 10, rx: 2 })),
    s.label, isSum ? ` ${labels.amount(yuan(s.values_fen[0] ?? 0), chart.unit)}` : '')));
}

const picture = (height: number, ...parts: SVGElement[]): SVGElement =>
  svg('svg', { class: 'drawn', viewBox: `0 0 ${WIDE} ${height}`, role: 'img' }, ...parts);

const text = (x: number, y: number, anchor: string, words: string): SVGElement =>
  svg('text', { x, y, 'text-anchor': anchor }, words);

function line(chart: Chart, labels: Labels): SVGElement {
  const [left, top, high] = [38, 8, 130];
  const most = Math.max(...chart.series.flatMap((s) => s.values_fen), 1);
  const step = stepFor(most);
  const marks = Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => i * step);
  const ceiling = marks[marks.length - 1] ?? most;
  const at = (i: number): number => left + ((WIDE - left - 8) * i) / Math.max(chart.x.length - 1, 1);
  const up = (fen: number): number => top + high * (1 - Math.max(fen, 0) / ceiling);
  const last = chart.x.length - 1;
  return picture(top + high + 26,
    ...marks.flatMap((mark) => [
      svg('path', { class: 'grid', d: `M${left} ${up(mark)}H${WIDE - 4}` }),
      text(left - 5, up(mark) + 4, 'end', short(mark, labels)),
    ]),
    ...chart.series.map((s, i) => svg('path', {
      class: `curve s${i % 5}`,
      d: s.values_fen.map((fen, k) => `${k ? 'L' : 'M'}${at(k).toFixed(1)} ${up(fen).toFixed(1)}`).join(''),
    })),
    text(left, top + high + 19, 'start', chart.x[0] ?? ''),
    ...(last > 0 ? [text(WIDE - 4, top + high + 19, 'end', chart.x[last] ?? '')] : []));
}

function bar(chart: Chart, labels: Labels): SVGElement | null {
  if (chart.x.length * chart.series.length > FEW) return null;
  const most = Math.max(...chart.series.flatMap((s) => s.values_fen), 1);
  const [name, thick, gap] = [20, 16, 10];
  const group = name + thick * chart.series.length + gap;
  return picture(group * chart.x.length - gap, ...chart.x.flatMap((x, i) => [
    text(0, i * group + 13, 'start', x),
    ...chart.series.flatMap((s, k) => {
      const fen = Math.max(s.values_fen[i] ?? 0, 0);
      const [long, y] = [Math.max((fen / most) * (WIDE - 90), 2), i * group + name + k * thick];
      return [
        svg('rect', { class: `s${k % 5}`, x: 0, y, width: long.toFixed(1), height: thick - 4, rx: 3 }),
        text(long + 6, y + thick - 5.5, 'start', labels.amount(yuan(s.values_fen[i] ?? 0), chart.unit)),
      ];
    }),
  ]));
}

function stack(chart: Chart): SVGElement {
  const sums = chart.x.map((_, i) => chart.series.reduce((sum, s) => sum + Math.max(s.values_fen[i] ?? 0, 0), 0));
  const most = Math.max(...sums, 1);
  const isNamed = chart.x.length > 1;
  const group = isNamed ? 48 : 28;
  return picture(group * chart.x.length, ...chart.x.flatMap((x, i) => {
    let from = 0;
    const y = i * group + (isNamed ? 18 : 2);
    return [
      ...(isNamed ? [text(0, y - 5, 'start', x)] : []),
      ...chart.series.map((s, k) => {
        const wide = (Math.max(s.values_fen[i] ?? 0, 0) / most) * WIDE;
        const part = svg('rect', { class: `s${k % 5}`, x: from.toFixed(1), y, width: Math.max(wide - 2, 0).toFixed(1), height: 22, rx: 3 });
        from += wide;
        return part;
      }),
    ];
  }));
}
