import { studentInterval, type Interval } from '@rl-recsys/evaluation';
import type { SeedValues } from './select.js';

/** What a cell shows that has nothing to show. */
export const NOTHING = '–';

/** `.6838`, `−.0012`, `12.3`: no zero before the point, and a real minus. */
export function figure(value: number, digits = 4): string {
  const text = Math.abs(value).toFixed(digits).replace(/^0\./, '.');
  return Number(text) === 0 || value >= 0 ? text : `−${text}`;
}

/** The same with its sign: `+.0093`. */
export function signed(value: number, digits = 4): string {
  const text = figure(value, digits);
  return text.startsWith('−') ? text : `+${text}`;
}

/** Without the values that nobody counts for. */
export function finite(values: SeedValues): number[] {
  return values.filter((value): value is number => value !== null && Number.isFinite(value));
}

/** The mean over seeds, with the t-interval where there are two or more that differ. */
export function overSeeds(values: SeedValues): Interval | { readonly mean: number } | undefined {
  const known = finite(values);
  if (known.length === 0) return undefined;
  if (new Set(known).size === 1) return { mean: known[0]! };
  return studentInterval(known);
}

/** `.6838 ± .0021`: the mean over seeds and half of its 95 % t-interval. */
export function meanCell(values: SeedValues, { digits = 4, show = figure } = {}): string {
  const interval = overSeeds(values);
  if (!interval) return NOTHING;
  const mean = show(interval.mean, digits);
  return 'high' in interval ? `${mean} ± ${figure(interval.high - interval.mean, digits)}` : mean;
}

/** `+.0093 (+.0041 to +.0143)`: a difference and its interval. */
export function intervalCell({ mean, low, high }: Interval): string {
  return `${signed(mean)} (${signed(low)} to ${signed(high)})`;
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
