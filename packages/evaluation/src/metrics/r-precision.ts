import { checkPositives } from './check-positives.js';

/**
 * R-precision of one ranking: the relevant ones among its first R items, over R, where R is how many relevant ones there are.
 * The best possible ranking has 1, whatever R is: it needs no cutoff.
 *
 * A ranking shorter than R is divided by R all the same: what was not shown is a miss.
 *
 * See "Introduction to information retrieval", Manning et al. 2008, section 8.4.
 *
 * @param relevant - `[shown]`: whether each item is relevant, best-ranked first.
 * @param positives - R: how many of *all* candidates are relevant, shown or not.
 * @returns a number in [0, 1]; NaN where `positives` is 0.
 * @throws RangeError where `positives` is not an integer or is less than the relevant items shown.
 */
export function rPrecision(relevant: ArrayLike<boolean>, positives: number): number {
  checkPositives(positives, relevant);
  let hits = 0;
  for (let place = 0; place < Math.min(positives, relevant.length); place++) hits += relevant[place] ? 1 : 0;
  return hits / positives; // 0 / 0 without a positive
}
