// The widget on another site's page: <script src="https://…/widget.js" data-bot="https://…" defer></script>. A button
// in the corner opens the conversation in a shadow tree, where neither side's style reaches the other. Nothing is
// loaded or sent before it is opened.

import { App } from './app';
import { h, icon } from './dom';
import { LABELS } from './labels';
import { Store } from './state';

declare const STYLES: string; // the style sheet, put in by build.mjs

const script = document.currentScript as HTMLScriptElement | null;
const from = script?.src ? new URL(script.src).origin : location.origin;
const address = new URL(script?.dataset.bot || from, from).origin;
const TAG = 'repayment-guide' as 'div';
const OPEN = `repayment-guide.open@${address}`;

function styled(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    root.adoptedStyleSheets = [sheet]; // no element, so the site's own policy on styles does not matter
  } catch {
    root.append(h('link', { rel: 'stylesheet', href: `${address}/chat/app.css` })); // Safari before 16.4
  }
}

function remember(isOpen: boolean): void {
  try {
    if (isOpen) sessionStorage.setItem(OPEN, '1');
    else sessionStorage.removeItem(OPEN);
  } catch {
    return; // nothing is kept here: on the next page it is closed
  }
}

function wasOpen(): boolean {
  try {
    return sessionStorage.getItem(OPEN) === '1';
  } catch {
    return false;
  }
}

/** On a small screen the panel is all there is to see: the keyboard stays in it. Beside a page it may go on there. */
function keepsFocus(panel: HTMLElement, event: KeyboardEvent): void {
  const { width, height } = panel.getBoundingClientRect();
  if (event.key !== 'Tab' || width < innerWidth || height < innerHeight || panel.querySelector('dialog[open]')) return;
  const stops = [...panel.querySelectorAll<HTMLElement>('button:enabled, a[href], textarea, summary, [tabindex="0"]')]
    .filter((stop) => stop.getClientRects().length);
  const end = stops[event.shiftKey ? 0 : stops.length - 1];
  if ((panel.getRootNode() as ShadowRoot).activeElement !== end) return;
  event.preventDefault();
  stops[event.shiftKey ? stops.length - 1 : 0]?.focus();
}

function start(): void {
  if ([...document.querySelectorAll<HTMLElement>(TAG)].some((other) => other.dataset.bot === address)) return;
  const labels = LABELS[new Store(`@${address}`).looks.script];
  const host = h(TAG, { 'data-bot': address });
  const root = host.attachShadow({ mode: 'open' });
  styled(root);
  let app: App | null = null;
  const panel = h('div.floating', { role: 'dialog', 'aria-label': labels.title, hidden: true });
  const launcher = h('button.launcher', {
    type: 'button', 'aria-label': labels.launcher, 'aria-expanded': 'false', click: () => open(true),
  }, icon('chat'));

  function open(takesFocus: boolean): void {
    panel.hidden = false;
    launcher.hidden = true;
    launcher.setAttribute('aria-expanded', 'true');
    remember(true);
    app ??= new App({ address, into: panel, close });
    app.fit();
    app.frame.toEnd();
    if (takesFocus) app.frame.menuButton.focus();
  }

  function close(): void {
    panel.hidden = true;
    launcher.hidden = false;
    launcher.setAttribute('aria-expanded', 'false');
    remember(false);
    launcher.focus();
  }

  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !panel.querySelector('dialog[open]')) close();
    keepsFocus(panel, event);
  });
  root.append(h('div.guide-root', {}, launcher, panel));
  document.body.append(host);
  if (wasOpen()) open(false);
}

if (document.body) start();
else document.addEventListener('DOMContentLoaded', start);
