// Texts: links and hotlines in them, and what of a text still has to be said beside a card. No page here but `linked`.

import { h } from './dom';
import { HOTLINES, ITEM, LABELLED, LEAD, LIST_MARK, NOT_AFTER, NOT_BEFORE, PIECES, QUOTED } from './labels';

const FIND = /https?:\/\/[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+|\d+(?:[.,:]\d+)*/g;

export interface Link {
  at: number;
  text: string;
  href: string;
}

/** The addresses and hotlines of a text, in order. */
export function linksIn(text: string): Link[] {
  const links: Link[] = [];
  for (const match of text.matchAll(FIND)) {
    const at = match.index ?? 0;
    let found = match[0];
    if (found.startsWith('http')) {
      found = found.replace(/[.,;:!?'*]+$/, '');
      if (found.endsWith(')') && !found.includes('(')) found = found.replace(/\)+$/, '');
      if (found.length >= 11) links.push({ at, text: found, href: found });
    } else if (HOTLINES.has(found) && !NOT_AFTER.test(text.slice(0, at)) && !NOT_BEFORE.test(text.slice(at + found.length))) {
      links.push({ at, text: found, href: `tel:${found}` });
    }
  }
  return links;
}

/** The text with its addresses and hotlines to tap. */
export function linked(text: string): DocumentFragment {
  const piece = document.createDocumentFragment();
  let done = 0;
  for (const { at, text: found, href } of linksIn(text)) {
    const elsewhere = href.startsWith('tel:') ? {} : { target: '_blank', rel: 'noopener noreferrer' };
    piece.append(text.slice(done, at), h('a', { href, ...elsewhere }, found));
    done = at + found.length;
  }
  piece.append(text.slice(done));
  return piece;
}

const bare = (text: string): string => text.split(PIECES).join('');

/** Every text that a card shows, run together without spaces and marks. */
function told(card: unknown): string {
  if (typeof card === 'string') return bare(card);
  if (Array.isArray(card)) return card.map(told).join('');
  if (typeof card !== 'object' || card === null) return '';
  return Object.entries(card).map(([key, value]) => (key === 'payload' || key === 'url' ? '' : told(value))).join('');
}

/** Every address that a card links to. */
function addresses(card: unknown): string[] {
  if (typeof card !== 'object' || card === null) return [];
  return Object.entries(card).flatMap(([key, value]) => (key === 'url' ? [String(value)] : addresses(value)));
}

/**
 * What has to be shown of a message's text beside its card: the lines before it and behind it that the card does not
 * tell. What a line says behind a label counts without the label. A line of a list is told when the card has its
 * address, or all its numbers, or, if it has none, what it is about or all its words.
 */
export function beside(text: string, card: object): { before: string; after: string } {
  const lines = text.split('\n');
  const kept = left(lines, card);
  const first = kept.indexOf(false);
  if (first < 0) return { before: '', after: text };
  const those = (from: number, to: number): string => lines.slice(from, to).filter((_, i) => kept[from + i]).join('\n');
  return { before: those(0, first), after: those(first, lines.length) };
}

/** Whether a card tells all of a text. */
export const isTold = (text: string, card: object): boolean => !left(text.split('\n'), card).includes(true);

/** Of each line whether it says something that the card does not. */
function left(lines: string[], card: object): boolean[] {
  const shown = told(card);
  const links = addresses(card);
  const has = (line: string): boolean => {
    if ([line, line.replace(LABELLED, '')].some((words) => shown.includes(bare(words)))) return true;
    if (!LIST_MARK.test(line)) return false;
    if (links.some((address) => line.includes(address))) return true;
    const body = line.replace(LIST_MARK, '');
    const label = ITEM.exec(body)?.[1];
    if (label && !/\d/.test(body) && shown.includes(bare(label))) return true;
    const numbers = body.match(/\d+(?:[.,]\d+)*/g);
    const pieces = numbers ? numbers.map(bare) : body.split(PIECES).filter(Boolean);
    return pieces.every((piece) => shown.includes(piece));
  };
  return lines.map((line, index) => {
    const leads = LEAD.test(line) && index + 1 < lines.length && has(lines[index + 1] ?? '');
    return line.trim() !== '' && !leads && !has(line);
  });
}

/** What is copied of a line of the script: without the quotation marks around it. */
export const spoken = (line: string): string => line.trim().replace(QUOTED, '$1');
