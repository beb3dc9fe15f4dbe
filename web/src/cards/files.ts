import { h, icon } from '../dom';
import type { Card } from '../types';
import type { Renderer } from './kit';

interface Files extends Card {
  files: { label: string; url: string; detail: string; kind: string }[];
}

const ADDRESS = /^https?:\/\//;

/** Files to take away, each one big link. */
export const files: Renderer<Files> = (card, tools) => [
  h('ul.files', {}, ...card.files.filter((file) => ADDRESS.test(file.url)).map((file) =>
    h('li', {}, h('a', { href: file.url, target: '_blank', rel: 'noopener noreferrer' },
      icon('file'),
      h('span.grow', {}, h('strong', {}, file.label), h('span.soft', {}, file.detail)),
      h('span.kind', {}, file.kind.toUpperCase()),
      h('span.unseen', {}, tools.labels.open))))),
];
