import { make } from './dom.js';
import { formatCount, formatValue } from './format.js';
import type { NamedSession } from './run-store.js';

/** How many colors the style sheet has for parts; after them they start again. */
const COLORS = 8;

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
    ...(parts.length > 0 ? [legendOf(parts)] : []),
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

function legendOf(parts: readonly string[]): HTMLElement {
  const items = parts.map((part, place) => {
    const swatch = make('span', { class: 'lv-swatch' });
    swatch.style.background = partColor(place);
    return make('li', {}, swatch, part);
  });
  return make('ul', { class: 'lv-legend', 'aria-label': 'What made the scores' }, ...items);
}

function tableOf(shown: NamedSession['shown'], parts: readonly string[]): HTMLElement {
  const widest = Math.max(1e-9, ...shown.flatMap((each) => sidesOf(each.parts)));
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

/** Parts side by side, those below 0 to the left of the middle and the others to the right. */
function partBar(
  own: Readonly<Record<string, number>> | null,
  parts: readonly string[],
  widest: number,
): HTMLElement {
  const ends = { below: 50, above: 50 };
  const bars = parts.flatMap((part, place) => {
    const value = own?.[part] ?? 0;
    const width = (50 * Math.abs(value)) / widest;
    if (width === 0) return [];
    const bar = make('span');
    if (value < 0) ends.below -= width;
    bar.style.left = `${value < 0 ? ends.below : ends.above}%`;
    bar.style.width = `${width}%`;
    bar.style.background = partColor(place);
    if (value > 0) ends.above += width;
    return [bar];
  });
  const told = parts.map((part) => `${part} ${formatValue(own?.[part] ?? 0)}`).join(', ');
  return make('div', { class: 'lv-parts', role: 'img', 'aria-label': told, title: told }, ...bars);
}

/** What is below 0 and what is above, each together. */
function sidesOf(parts: Readonly<Record<string, number>> | null): [number, number] {
  const values = Object.values(parts ?? {});
  const sum = (sign: number) => values.reduce((total, value) => total + Math.max(0, sign * value), 0);
  return [sum(-1), sum(1)];
}

function partColor(place: number): string {
  return `var(--lv-part-${(place % COLORS) + 1})`;
}
