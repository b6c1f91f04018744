import { checkPositiveInteger } from '../check-positive-integer.js';
import { checkPositives } from './check-positives.js';

/**
 * Average precision at K of one ranking: the sum of `Precision@r` over the ranks r ≤ `k` of relevant items,
 * over `min(k, positives)`. Its mean over users is `MAP@K`.
 *
 * The divisor is what the best possible ranking has, so that it scores 1; some divide by `positives` or by
 * the hits instead, and their numbers can't be compared with these.
 *
 * @param relevant - `[shown]`: whether each item is relevant, best-ranked first.
 * @param positives - how many of *all* candidates are relevant, shown or not.
 * @returns a number in [0, 1]; NaN where `positives` is 0.
 * @throws RangeError where `k` is not a positive integer, or `positives` is not an integer or is
 * less than the relevant items shown.
 */
export function averagePrecisionAt(k: number, relevant: ArrayLike<boolean>, positives: number): number {
  checkPositiveInteger('k', k);
  checkPositives(positives, relevant);
  let hits = 0;
  let sum = 0;
  for (let place = 0; place < Math.min(k, relevant.length); place++) {
    if (!relevant[place]) continue;
    hits += 1;
    sum += hits / (place + 1);
  }
  return sum / Math.min(k, positives); // 0 / 0 without a positive
}
