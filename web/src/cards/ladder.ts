import { h } from '../dom';
import type { Card } from '../types';
import type { Renderer } from './kit';

interface Ladder extends Card {
  rungs: { id: 'ask' | 'accept' | 'floor'; label: string; title: string; detail: string }[];
}

/** What to ask for, what is still fine, where to stop: top to bottom. */
export const ladder: Renderer<Ladder> = (card) => [
  h('ol.ladder', {}, ...card.rungs.map((rung) =>
    h(`li.${rung.id}`, {},
      h('span.rung', {}, rung.label),
      h('span.step', {}, h('strong.figure', {}, rung.title), h('span.soft', {}, rung.detail))))),
];
