import { checkPositiveInteger } from '../check-positive-integer.js';
import { checkPositives } from './check-positives.js';

/**
 * Reciprocal rank at K of one ranking: 1 / r where its first relevant item is at rank r ≤ `k`, 0 where none
 * of the first `k` is relevant. Its mean over users is `MRR@K`; 1 is the best.
 *
 * @param relevant - `[shown]`: whether each item is relevant, best-ranked first.
 * @param positives - how many of *all* candidates are relevant, shown or not.
 * @returns a number in [0, 1]; NaN where `positives` is 0.
 * @throws RangeError where `k` is not a positive integer, or `positives` is not an integer or is
 * less than the relevant items shown.
 */
export function reciprocalRankAt(k: number, relevant: ArrayLike<boolean>, positives: number): number {
  checkPositiveInteger('k', k);
  checkPositives(positives, relevant);
  if (positives === 0) return NaN;
  for (let place = 0; place < Math.min(k, relevant.length); place++) {
    if (relevant[place]) return 1 / (place + 1);
  }
  return 0;
}
