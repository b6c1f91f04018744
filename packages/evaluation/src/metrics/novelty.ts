import type { RatingLog } from '@rl-recsys/rating-log';

/**
 * The self-information of each item in bits, −log2 of the share of `train`'s users who rated it (Zhou et al.
 * 2010): 0 for what everybody rated, 1 for what half of them did.
 *
 * What nobody rated counts as if one had, because its own would be infinite.
 *
 * @returns float64 `[itemCount]`
 */
export function selfInformationOf({ userCount, itemCount, items }: RatingLog): Float64Array {
  const counts = new Float64Array(itemCount);
  for (const item of items) counts[item]! += 1;
  return counts.map((count) => Math.log2(userCount / Math.max(1, count)));
}

/**
 * The novelty of one list: the mean self-information of its items, in bits.
 *
 * @param selfInformation - float64 `[itemCount]`, see {@link selfInformationOf}.
 * @returns NaN for an empty list.
 * @throws RangeError where an item has no self-information.
 */
export function noveltyOf(list: ArrayLike<number>, selfInformation: Float64Array): number {
  let sum = 0;
  for (let place = 0; place < list.length; place++) {
    const bits = selfInformation[list[place]!];
    if (bits === undefined) {
      throw new RangeError(`list: expected items below ${selfInformation.length}, got ${list[place]}`);
    }
    sum += bits;
  }
  return sum / list.length;
}
