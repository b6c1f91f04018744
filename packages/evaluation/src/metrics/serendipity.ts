import { checkPositiveInteger } from '../check-positive-integer.js';

/**
 * Serendipity at K of one ranking: how many of its first `k` items are relevant and not what anybody would have expected, over `k`.
 *
 * See "Beyond accuracy: evaluating recommender systems by coverage and serendipity", Ge et al. 2010, section 3.2: what is expected is
 * what a primitive recommender shows, such as the most popular items.
 *
 * @param items - `[shown]`, best-ranked first.
 * @param relevant - `[shown]`: whether each is relevant.
 * @param expected - what the primitive recommender shows to the same user.
 * @returns a number in [0, 1], at most `precisionAt`.
 * @throws RangeError where `k` is not a positive integer or the lengths differ.
 */
export function serendipityAt(
  k: number,
  items: ArrayLike<number>,
  relevant: ArrayLike<boolean>,
  expected: Iterable<number>,
): number {
  checkPositiveInteger('k', k);
  if (relevant.length !== items.length) {
    throw new RangeError(`relevant: expected ${items.length}, one for each item, got ${relevant.length}`);
  }
  const known = new Set(expected);
  let hits = 0;
  for (let place = 0; place < Math.min(k, items.length); place++) {
    if (relevant[place] && !known.has(items[place]!)) hits += 1;
  }
  return hits / k;
}
