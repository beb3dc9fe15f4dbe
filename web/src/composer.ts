// Where people write.

import { h } from './dom';
import type { Labels } from './labels';
import type { Store } from './state';

export class Composer {
  readonly element: HTMLFormElement;
  readonly input: HTMLTextAreaElement;
  readonly send: HTMLButtonElement;

  constructor(labels: Labels, private readonly store: Store, private readonly say: (text: string) => boolean) {
    this.input = h('textarea', {
      id: 'input', rows: 1, placeholder: labels.placeholder, enterkeyhint: 'send', 'aria-describedby': 'care',
    });
    this.send = h('button', { type: 'submit', id: 'send' }, labels.send);
    this.element = h('form', { id: 'form', autocomplete: 'off', 'aria-label': labels.write },
      h('label.unseen', { for: 'input' }, labels.write), this.input, this.send, h('p', { id: 'care' }, labels.care));
    this.input.value = store.draft;
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
      this.input.focus();
    });
    this.input.addEventListener('input', () => {
      store.draft = this.input.value;
      this.grow();
    });
    this.input.addEventListener('keydown', (event) => {
      // keyCode 229: Safari ends the composition before it reports the Enter that ended it.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.submit();
    });
  }

  clear(): void {
    this.input.value = '';
    this.store.draft = '';
    this.grow();
  }

  /** As high as what is written, up to what the style allows. Set by script, which a strict policy allows. */
  grow(): void {
    this.input.style.setProperty('height', 'auto');
    this.input.style.setProperty('height', `${this.input.scrollHeight + 3}px`);
  }

  private submit(): void {
    const text = this.input.value.trim();
    if (!text) this.input.focus();
    else if (this.say(text)) this.clear();
  }
}
