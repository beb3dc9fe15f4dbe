import { h, icon, type Icon } from '../dom';
import type { Action, Card } from '../types';
import { actions, fold, line, type Renderer } from './kit';

type Kind = 'say' | 'note' | 'avoid' | 'write_down';

interface Script extends Card {
  steps: { id: string; title: string; lines: string[]; kind: Kind }[];
  versions?: Action[];
}

const SIGNS: Record<Kind, Icon> = { say: 'chat', note: 'eye', avoid: 'stop', write_down: 'pen' };
const FEW = 4; // longer lists of what is not said are folded, or the words to say drown in them

/** The words for the call, step by step; what is to be said looks different from what is only to be known. */
export const script: Renderer<Script> = (card, tools) => {
  const { labels } = tools;
  const kinds = { say: labels.say, note: labels.note, avoid: labels.avoid, write_down: labels.writeDown };
  return [
    h('ol.script', {}, ...card.steps.map((step) => {
      const list = h('ul.plain-lines', {}, ...step.lines.map((text) => h('li', {}, text)));
      return h(`li.${step.kind}`, {},
        h('div.head', {}, h('h3', {}, step.title), h('span.kind', {}, icon(SIGNS[step.kind]), kinds[step.kind])),
        ...(step.kind === 'say' ? step.lines.map((text) => line(text, tools))
          : [step.lines.length > FEW ? fold(labels.several(step.lines.length), list) : list]));
    })),
    actions(card.versions, tools),
  ];
};
