import { h } from '../dom';
import type { Action, Card, Verdict } from '../types';
import { actions, badge, line, type Renderer } from './kit';

interface Live extends Card {
  verdict: Verdict;
  say: string;
  why?: string;
  actions: Action[];
}

/** Help while the call is going on: first what to say, in big letters. */
export const live: Renderer<Live> = (card, tools) => [
  card.verdict !== 'none' && badge(card.verdict, tools.labels.verdicts[card.verdict]),
  h('h3', {}, tools.labels.sayThis),
  h('div.big', {}, line(card.say, tools)),
  card.why && h('p.soft', {}, h('b', {}, `${tools.labels.why}${tools.labels.colon}`), card.why),
  actions(card.actions, tools),
];
