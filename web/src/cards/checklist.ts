import { h, icon } from '../dom';
import type { Checklist } from '../types';
import { fold, type Renderer } from './kit';

/** The papers; a tap ticks one off or takes the tick away, the rest is folded below each. */
export const checklist: Renderer<Checklist> = (card, tools) => {
  const { labels } = tools;
  const words = { have: labels.have, missing: labels.missing, substitute: labels.replaced };
  const have = card.items.filter((item) => item.state !== 'missing').length;
  const bar = h('i');
  bar.style.setProperty('width', `${Math.round((have / card.items.length) * 100)}%`);
  return [
    h('p.ready', {}, labels.ready(have, card.items.length), h('span.filled', { 'aria-hidden': 'true' }, bar)),
    h('ul.papers', {}, ...card.items.map((item) => paper(item))),
  ];

  function paper(item: Checklist['items'][number]): HTMLElement {
    const isThere = item.state !== 'missing';
    const change = item.actions.find((action) => action.state === (isThere ? 'missing' : 'have'));
    const others = item.actions.filter((action) => action !== change && action.state !== item.state);
    const press = (action: typeof change) => (): void => {
      if (action) tools.press(action, `${item.label}${labels.colon}${action.title}`, { item: item.id, state: action.state });
    };
    return h(`li.${item.state}`, {},
      h('button.paper', {
        type: 'button', role: 'checkbox', 'aria-checked': String(isThere), disabled: !change, 'data-item': item.id, click: press(change),
      }, h('span.tick', { 'aria-hidden': 'true' }, isThere && icon('check')), h('strong', {}, item.label),
      h('span.state', {}, words[item.state])),
      fold(labels.howTo,
        item.how && h('p', {}, item.how),
        item.substitute && h('p', {}, h('b', {}, `${labels.substitute}${labels.colon}`), item.substitute),
        others.length > 0 && h('div.acts', { role: 'group', 'aria-label': item.label }, ...others.map((action) =>
          h('button.act', { type: 'button', click: press(action) }, action.title)))));
  }
};
