// The journey at the top of the page: one line always, everything that was answered when it is opened.

import { progress as stages } from './cards/progress';
import type { Tools } from './cards/kit';
import { h, icon } from './dom';
import type { Labels } from './labels';
import type { Action, Progress } from './types';

export class ProgressBar {
  readonly element: HTMLElement;
  private readonly words = h('span.grow');
  private readonly bar = h('span.segments', { 'aria-hidden': 'true' });
  private readonly panel = h('div.panel', { id: 'progress-panel', hidden: true });
  private readonly toggle: HTMLButtonElement;

  constructor(private readonly labels: Labels, private readonly press: (action: Action) => void) {
    this.toggle = h('button', {
      type: 'button', id: 'progress-toggle', 'aria-expanded': 'false', 'aria-controls': 'progress-panel',
      click: () => this.open(!this.isOpen),
    }, h('span.at-stage', {}, this.words, icon('down')), this.bar);
    this.element = h('section.progress', { hidden: true, 'aria-label': labels.progress }, this.toggle, this.panel);
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.isOpen) return;
      event.stopPropagation();
      this.open(false);
      this.toggle.focus();
    });
  }

  get isOpen(): boolean {
    return !this.panel.hidden;
  }

  open(isOpen: boolean): void {
    this.panel.hidden = !isOpen;
    this.toggle.setAttribute('aria-expanded', String(isOpen));
  }

  show(card: Progress | undefined): void {
    this.element.hidden = !card;
    if (!card) return;
    const at = Math.max(card.stages.findIndex((stage) => stage.state === 'now'), 0);
    this.words.textContent = '';
    this.words.append(h('span.soft', {}, this.labels.step(at + 1, card.stages.length)), h('strong', {}, card.stages[at]?.label));
    this.bar.textContent = '';
    this.bar.append(...card.stages.map((stage) => h(`i.${stage.state}`)));
    this.panel.textContent = '';
    const tools: Tools = {
      labels: this.labels,
      announce: () => undefined,
      isOffered: () => false,
      press: (action) => {
        this.open(false);
        this.press(action);
      },
    };
    this.panel.append(...stages(card, tools).filter((part): part is HTMLElement => part instanceof HTMLElement));
    if (card.stages.every((stage) => !stage.answers.length)) this.panel.prepend(h('p.soft', {}, this.labels.noAnswers));
  }
}
