import { make } from './dom.js';
import { formatValue } from './format.js';

/** How many colors the style sheet has for parts; after them they start again. */
const COLORS = 8;

/** What each part adds to a score, by its name; null where nobody can tell. */
export type PartValues = Readonly<Record<string, number>> | null;

/** What the colors of {@link partBar} mean. */
export function partLegend(parts: readonly string[]): HTMLElement {
  const items = parts.map((part, place) => {
    const swatch = make('span', { class: 'lv-swatch' });
    swatch.style.background = partColor(place);
    return make('li', {}, swatch, part);
  });
  return make('ul', { class: 'lv-legend', 'aria-label': 'What made the scores' }, ...items);
}

/**
 * Parts side by side, those below 0 to the left of the middle and the others to the right.
 *
 * @param parts - their names, in the order of their colors.
 * @param widest - of all bars that are to be compared, by {@link widestSide}.
 */
export function partBar(own: PartValues, parts: readonly string[], widest: number): HTMLElement {
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

/** The largest sum of what is below 0 or above it in any of some scores. */
export function widestSide(scores: readonly PartValues[]): number {
  const sides = scores.flatMap((parts) => {
    const values = Object.values(parts ?? {});
    return [-1, 1].map((sign) => values.reduce((total, value) => total + Math.max(0, sign * value), 0));
  });
  return Math.max(1e-9, ...sides);
}

function partColor(place: number): string {
  return `var(--lv-part-${(place % COLORS) + 1})`;
}
