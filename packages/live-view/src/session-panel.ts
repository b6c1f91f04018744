import { make } from './dom.js';
import { formatCount, formatValue } from './format.js';
import { partBar, partLegend, widestSide } from './part-bars.js';
import type { NamedSession } from './run-store.js';

/** One session: whose it was, their history, and of each item what it earned and what made its score. */
export function sessionPanel({ step, user, history, shown }: NamedSession): HTMLElement {
  const earned = shown.reduce((sum, { reward }) => sum + reward, 0);
  const parts = [...new Set(shown.flatMap((each) => Object.keys(each.parts ?? {})))];
  return make(
    'div',
    { class: 'lv-session' },
    make(
      'p',
      {},
      make('strong', {}, String(user)),
      ` at step ${formatCount(step)}: ${shown.length} ${shown.length === 1 ? 'item' : 'items'} earned `,
      make('strong', {}, formatValue(earned)),
    ),
    historyOf(history),
    ...(parts.length > 0 ? [partLegend(parts)] : []),
    tableOf(shown, parts),
  );
}

function historyOf(history: NamedSession['history']): HTMLElement {
  if (history.length === 0) return make('p', { class: 'lv-soft' }, 'Nothing was in the history before.');
  const items = history.map(({ item, reward }) =>
    make('li', {}, `${item} `, make('span', { class: 'lv-soft' }, formatValue(reward))),
  );
  return make(
    'div',
    {},
    make('p', { class: 'lv-soft' }, 'In the history before:'),
    make('ol', { class: 'lv-chips' }, ...items),
  );
}

function tableOf(shown: NamedSession['shown'], parts: readonly string[]): HTMLElement {
  const widest = widestSide(shown.map((each) => each.parts));
  const heading = ['shown', 'earned', ...(parts.length > 0 ? ['what made its score'] : [])];
  const rows = shown.map(({ item, reward, parts: own }) =>
    make(
      'tr',
      {},
      make('th', { scope: 'row' }, String(item)),
      make('td', { class: reward < 0 ? 'lv-loss' : reward > 0 ? 'lv-gain' : '' }, formatValue(reward)),
      ...(parts.length > 0 ? [make('td', { class: 'lv-made' }, partBar(own, parts, widest))] : []),
    ),
  );
  return make(
    'table',
    {},
    make('thead', {}, make('tr', {}, ...heading.map((text) => make('th', { scope: 'col' }, text)))),
    make('tbody', {}, ...rows),
  );
}
