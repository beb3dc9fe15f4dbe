// What goes over the socket (bot/channels/socket.py) and the cards (docs/cards.md).

export interface Action {
  title: string;
  payload: string;
}

export interface Card {
  type: string;
  version: number;
  title: string;
  notes?: string[];
}

export interface Message {
  id: string;
  who: 'user' | 'bot';
  text: string;
  at?: number;
  buttons?: Action[];
  closed?: boolean;
  chosen?: number;
  card?: Card;
}

export interface Sent {
  id: string;
  message: string;
  metadata?: Record<string, string>;
}

export interface Stage {
  id: string;
  label: string;
  state: 'done' | 'now' | 'ahead';
  answers: { label: string; value: string; edit: Action }[];
}

export interface Progress extends Card {
  stages: Stage[];
}

export interface Chart {
  kind: 'line' | 'bar' | 'stack';
  title: string;
  x: string[];
  series: { label: string; values_fen: number[] }[];
  unit: string;
}

export type Verdict = 'fits' | 'tight' | 'breaks' | 'none';

export const isText = (value: unknown): value is string => typeof value === 'string';

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
