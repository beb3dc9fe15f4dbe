import { h, icon } from '../dom';
import type { Card } from '../types';
import { linked } from '../words';
import type { Renderer } from './kit';

interface Contact extends Card {
  items: {
    label: string; note: string; number?: string; href?: string; hours?: string; not_for?: string; steps?: string[];
  }[];
}

const PHONE = /^tel:[0-9]+$/;

/** Ways to reach somebody, a number as a button to call it. */
export const contact: Renderer<Contact> = (card, { labels }) => card.items.map((item) =>
  h('div.way', {},
    h('h3', {}, item.label),
    h('p', {}, linked(item.note)),
    item.href && PHONE.test(item.href) && h('a.call', { href: item.href },
      icon('phone'), `${labels.call} ${item.number ?? item.href.slice(4)}`),
    item.hours && h('p.soft', {}, `${labels.hours}${labels.colon}${item.hours}`),
    item.steps && h('ol.steps', {}, ...item.steps.map((step) => h('li', {}, linked(step)))),
    item.not_for && h('p.warn', {}, h('b', {}, `${labels.notFor}${labels.colon}`), item.not_for)));
