import type { Card, Chart } from '../types';
import { drawing } from './drawing';
import type { Renderer } from './kit';

/** A picture alone; its title is the card's. */
export const chartCard: Renderer<Card & Chart> = (card, tools) => [drawing(card, tools, false)];
