import type { DecimalMark } from './text/text-options.js';

/**
 * The finite number that `text` writes, or undefined.
 *
 * Where commas mark decimals, a point would mark thousands: 2.500 is no number then, rather than a wrong one.
 */
export function parseNumber(text: string, mark: DecimalMark = 'point'): number | undefined {
  if (mark === 'comma' && text.includes('.')) return undefined;
  const value = Number(mark === 'point' ? text : text.replace(',', '.'));
  // Number('') is 0.
  return Number.isFinite(value) && text.trim() !== '' ? value : undefined;
}
