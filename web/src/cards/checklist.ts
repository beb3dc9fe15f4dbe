import { h, icon } from '../dom';
import type { Action, Card } from '../types';
import { actions, fold, type Renderer } from './kit';

interface Checklist extends Card {
  items: {
    id: string; label: string; how: string; state: 'have' | 'missing' | 'substitute'; substitute?: string; actions: Action[];
  }[];
}

/** The papers; a tap ticks one off, the rest is below each. */
export const checklist: Renderer<Checklist> = (card, tools) => {
  const { labels } = tools;
  const words = { have: labels.have, missing: labels.missing, substitute: labels.replaced };
  const have = card.items.filter((item) => item.state !== 'missing').length;
  const share = Math.round((have / card.items.length) * 100);
  const bar = h('span.filled', { 'aria-hidden': 'true' }, h('i'));
  (bar.firstElementChild as HTMLElement).style.setProperty('width', `${share}%`);
  return [
    h('p.ready', {}, labels.ready(have, card.items.length), bar),
    h('ul.papers', {}, ...card.items.map((item) =>
      h(`li.${item.state}`, {},
        h('div.paper', {},
          h('span.tick', { 'aria-hidden': 'true' }, item.state !== 'missing' && icon('check')),
          h('strong', {}, item.label),
          h('span.state', {}, words[item.state])),
        actions(item.actions, tools, item.label),
        (item.how || item.substitute) && fold(labels.howTo,
          item.how && h('p', {}, item.how),
          item.substitute && h('p', {}, h('b', {}, `${labels.substitute}${labels.colon}`), item.substitute))))),
  ];
};
