// Dialogs: the browser's own, which keep what is behind them out of reach, with the focus kept inside.

import { h, type Child } from './dom';

/** A dialog that closes with Escape and by a tap beside it. `id` also names its title: `id-title`. */
export function dialog(id: string, isAlert: boolean, ...children: Child[]): HTMLDialogElement {
  const box = h('div.box', {}, ...children);
  const made = h('dialog', { id, role: isAlert ? 'alertdialog' : null, 'aria-labelledby': `${id}-title` }, box);
  made.addEventListener('click', (event) => {
    if (event.target === made) made.close();
  });
  made.addEventListener('keydown', (event) => {
    if (event.key !== 'Tab') return; // the browser's own order would leave for its address bar
    const stops = [...box.querySelectorAll<HTMLElement>('button, input:checked, a[href]')].filter((e) => e.getClientRects().length);
    const root = made.getRootNode() as Document | ShadowRoot;
    const at = stops.indexOf(root.activeElement as HTMLElement);
    event.preventDefault();
    stops[(at + (event.shiftKey ? stops.length - 1 : 1)) % stops.length]?.focus();
  });
  return made;
}

export function show(made: HTMLDialogElement): void {
  if (made.open) return;
  if (typeof made.showModal === 'function') made.showModal();
  else made.setAttribute('open', '');
}

export interface Question {
  title: string;
  text: string;
  no: string;
  yes: string;
}

/** The one dialog that asks before something is lost. */
export class Ask {
  readonly element: HTMLDialogElement;
  private readonly title = h('h2', { id: 'ask-title' });
  private readonly text = h('p', { id: 'ask-text' });
  private readonly no = h('button.plain', { type: 'button', id: 'ask-no', click: () => this.element.close() });
  private readonly yes = h('button.strong', { type: 'button', id: 'ask-yes', click: () => this.agree() });
  private agreed: (() => void) | null = null;

  constructor() {
    this.element = dialog('ask', true, this.title, this.text, h('div.choice', {}, this.no, this.yes));
    this.element.setAttribute('aria-describedby', 'ask-text');
  }

  /** The safe answer has the focus. */
  about(question: Question, agreed: () => void): void {
    this.title.textContent = question.title;
    this.text.textContent = question.text;
    this.no.textContent = question.no;
    this.yes.textContent = question.yes;
    this.agreed = agreed;
    show(this.element);
    this.no.focus();
  }

  private agree(): void {
    this.element.close();
    this.agreed?.();
  }
}
