import { checkPositiveInteger } from '../check-positive-integer.js';
import { checkPositives } from './check-positives.js';

/**
 * `NDCG@K` of one ranking with binary gains: its discounted gain over that of the best possible
 * ranking (Järvelin and Kekäläinen 2002). Never above 1.
 *
 * A relevant item at rank 1, 2, … gains `1 / log2(rank + 1)`. The best ranking starts with
 * `min(k, positives)` relevant items, whether or not this one showed them.
 *
 * @param relevant - `[shown]`: whether each item is relevant, best-ranked first.
 * @param positives - how many of *all* candidates are relevant, shown or not.
 * @returns a number in [0, 1]; NaN where `positives` is 0, because then no ranking is better than
 * another.
 * @throws RangeError where `k` is not a positive integer, or `positives` is not an integer or is
 * less than the relevant items shown.
 */
export function ndcgAt(k: number, relevant: ArrayLike<boolean>, positives: number): number {
  checkPositiveInteger('k', k);
  checkPositives(positives, relevant);
  let gain = 0;
  for (let place = 0; place < Math.min(k, relevant.length); place++) {
    if (relevant[place]) gain += gainAt(place + 1);
  }
  let idealGain = 0;
  for (let rank = 1; rank <= Math.min(k, positives); rank++) idealGain += gainAt(rank);
  return gain / idealGain; // 0 / 0 without a positive
}

function gainAt(rank: number): number {
  return 1 / Math.log2(rank + 1);
}
