import { h } from '../dom';
import type { Action, Card } from '../types';
import { actions, type Renderer } from './kit';

interface Rehearsal extends Card {
  role: 'agent' | 'coach';
  say: string;
  feedback?: string;
  actions: Action[];
}

/** The call, practised: who is speaking is always written there. */
export const rehearsal: Renderer<Rehearsal> = (card, tools) => [
  h(`div.spoken.${card.role}`, {},
    h('span.role', {}, card.role === 'agent' ? tools.labels.agent : tools.labels.coach),
    h('p', {}, card.say)),
  card.feedback && h('div.feedback', {}, h('b', {}, tools.labels.feedback), h('p', {}, card.feedback)),
  actions(card.actions, tools),
];
