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

export type Held = 'have' | 'missing' | 'substitute';

export interface Checklist extends Card {
  items: { id: string; label: string; how: string; state: Held; substitute?: string; actions: (Action & { state: Held })[] }[];
}

/** A paper that was ticked on a card, or a tick that was taken away. */
export interface Tick {
  item: string;
  state: Held;
}

export interface Message {
  id: string;
  who: 'user' | 'bot';
  text: string;
  at?: number;
  buttons?: Action[];
  closed?: boolean;
  chosen?: number;
  /** What is sent when the person sends it once more: its turn failed, and nothing was said since. */
  again?: string;
  card?: Card;
}

/** What was pressed of a message: one of its quick replies, or a paper on its card. */
export interface Pressed {
  id: string;
  index?: number;
  tick?: Tick;
}

export interface Sent {
  id: string;
  message: string;
  metadata?: Record<string, string>;
  /** It went over the net at least once. */
  tried?: boolean;
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
