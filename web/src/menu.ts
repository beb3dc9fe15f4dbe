// The menu: how the page looks, a new conversation, deletion.

import { dialog, show } from './dialog';
import { h, icon, unique } from './dom';
import type { Labels } from './labels';
import type { Looks } from './state';

export interface Choices {
  look(looks: Looks): void;
  again(): void;
  remove(): void;
}

type Level = 0 | 1 | 2;

function radios(title: string, names: string[], at: number, chosen: (index: Level) => void): HTMLElement {
  const name = unique('choice');
  return h('fieldset', {}, h('legend', {}, title), h('div.radios', {}, ...names.map((label, index) =>
    h('label', {},
      h('input', { type: 'radio', name, value: index, checked: index === at, change: () => chosen(index as Level) }),
      h('span', {}, label)))));
}

/** The menu, to be shown with `open`. */
export class Menu {
  readonly element: HTMLDialogElement;

  constructor(labels: Labels, private looks: Looks, choices: Choices) {
    const set = (change: Partial<Looks>): void => {
      this.looks = { ...this.looks, ...change };
      choices.look(this.looks);
    };
    const leave = (then: () => void) => (): void => {
      this.element.close();
      then();
    };
    this.element = dialog('menu', false,
      h('div.head', {}, h('h2', { id: 'menu-title' }, labels.menu),
        h('button.round', { type: 'button', 'aria-label': labels.close, click: () => this.element.close() }, icon('close'))),
      radios(labels.textSize, labels.sizes, looks.size, (size) => set({ size })),
      radios(labels.look, labels.looks, looks.look, (look) => set({ look })),
      radios(labels.contrast, labels.contrasts, looks.contrast, (contrast) => set({ contrast })),
      radios(labels.script, labels.scripts, looks.script === 'traditional' ? 1 : 0, (index) =>
        set({ script: index ? 'traditional' : 'simplified' })),
      h('div.ways', {},
        h('button.plain', { type: 'button', id: 'again', click: leave(() => choices.again()) }, labels.again),
        h('button.plain.danger', { type: 'button', id: 'remove', click: leave(() => choices.remove()) }, labels.remove)));
  }

  open(): void {
    show(this.element);
  }
}
