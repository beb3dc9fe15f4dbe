import { h } from '../dom';
import type { Action, Card, Chart, Verdict } from '../types';
import { linked } from '../words';
import { drawing } from './drawing';
import { badge, button, fold, rows, type Renderer } from './kit';

interface Offer {
  title: string; periods: number; first_due: string; fits: Verdict; verdict: string;
  rows: { label: string; value: string }[]; notes: string[]; number?: number; monthly?: string; choose?: Action;
}

interface Plan extends Card {
  offers: Offer[];
  chart?: Chart;
  charts?: Chart[];
}

/** The offers side by side: on a phone one below the other, each with its figures and its button. */
export const plan: Renderer<Plan> = (card, tools) => {
  const pictures = [...(card.chart ? [card.chart] : []), ...(card.charts ?? [])];
  return [
    h('ol.offers', {}, ...card.offers.map((offer) =>
      h(`li.offer.${offer.fits}`, {},
        h('div.head', {},
          offer.number !== undefined && h('span.number', { 'aria-hidden': 'true' }, String(offer.number)),
          h('h3', {}, offer.title),
          badge(offer.fits, offer.verdict)),
        rows(offer.rows, tools),
        ...offer.notes.map((note) => h('p.soft', {}, linked(note))),
        offer.choose && button(offer.choose, tools)))),
    pictures.length > 0 && fold(tools.labels.pictures, ...pictures.map((chart) => drawing(chart, tools))),
  ];
};
