import { h, icon } from '../dom';
import type { Progress } from '../types';
import type { Renderer } from './kit';

/** The stages with what was answered in each; also what the bar at the top opens. */
export const progress: Renderer<Progress> = (card, tools) => {
  const { labels } = tools;
  return [
    h('ol.stages', {}, ...card.stages.map((stage) =>
      h(`li.${stage.state}`, stage.state === 'now' ? { 'aria-current': 'step' } : {},
        h('div.stage', {},
          h('span.tick', { 'aria-hidden': 'true' }, stage.state === 'done' && icon('check')),
          h('strong', {}, stage.label),
          h('span.state', {}, labels[stage.state])),
        stage.answers.length > 0 && h('ul.answers', {}, ...stage.answers.map((answer) =>
          h('li', {},
            h('span.grow', {}, h('span.soft', {}, answer.label), h('b', {}, answer.value)),
            h('button.edit', { type: 'button', 'aria-label': answer.edit.title, click: () => tools.press(answer.edit) },
              icon('edit'), h('span', { 'aria-hidden': 'true' }, labels.edit)))))))),
  ];
};
