import { checkPositiveInteger } from '../check-positive-integer.js';
import { checkPositives } from './check-positives.js';

/**
 * `Precision@K` of one ranking: the relevant ones among its first `k` items, over `k`.
 *
 * A ranking shorter than `k` is divided by `k` all the same: what was not shown is a miss.
 *
 * @param relevant - `[shown]`: whether each item is relevant, best-ranked first.
 * @throws RangeError where `k` is not a positive integer.
 */
export function precisionAt(k: number, relevant: ArrayLike<boolean>): number {
  checkPositiveInteger('k', k);
  return hitsIn(k, relevant) / k;
}

/**
 * `Recall@K` of one ranking: the relevant ones among its first `k` items, over all that there are.
 *
 * With more than `k` positives even the best ranking stays below 1.
 *
 * @param relevant - `[shown]`: whether each item is relevant, best-ranked first.
 * @param positives - how many of *all* candidates are relevant, shown or not.
 * @returns a number in [0, 1]; NaN where `positives` is 0.
 * @throws RangeError where `k` is not a positive integer, or `positives` is not an integer or is
 * less than the relevant items shown.
 */
export function recallAt(k: number, relevant: ArrayLike<boolean>, positives: number): number {
  checkPositiveInteger('k', k);
  checkPositives(positives, relevant);
  return hitsIn(k, relevant) / positives; // 0 / 0 without a positive
}

/**
 * Whether one ranking has a relevant item among its first `k`: 1 or 0. Its mean over users is the hit rate.
 *
 * @param relevant - `[shown]`: whether each item is relevant, best-ranked first.
 * @param positives - how many of *all* candidates are relevant, shown or not.
 * @returns NaN where `positives` is 0, because then no ranking can hit.
 * @throws RangeError as {@link recallAt} does.
 */
export function hitRateAt(k: number, relevant: ArrayLike<boolean>, positives: number): number {
  checkPositiveInteger('k', k);
  checkPositives(positives, relevant);
  if (positives === 0) return NaN;
  return hitsIn(k, relevant) > 0 ? 1 : 0;
}

function hitsIn(k: number, relevant: ArrayLike<boolean>): number {
  let hits = 0;
  for (let place = 0; place < Math.min(k, relevant.length); place++) hits += relevant[place] ? 1 : 0;
  return hits;
}
