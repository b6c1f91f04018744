/**
 * How often each item was shown.
 *
 * @param lists - the items that each user was shown.
 * @returns int32 `[itemCount]`
 * @throws RangeError where an item is not below `itemCount`.
 */
export function exposureOf(lists: Iterable<ArrayLike<number>>, itemCount: number): Int32Array {
  const exposure = new Int32Array(itemCount);
  for (const list of lists) {
    for (let place = 0; place < list.length; place++) {
      const item = list[place]!;
      if (exposure[item] === undefined) {
        throw new RangeError(`lists: expected items below ${itemCount}, got ${item}`);
      }
      exposure[item] += 1;
    }
  }
  return exposure;
}

/**
 * The share of all items that anybody was shown, in [0, 1]. Showing everything to somebody is 1; a
 * recommender of the same k items to everyone has k over the number of items.
 *
 * @param exposure - `[items]`: how often each item was shown, see {@link exposureOf}.
 * @returns NaN where there is no item.
 */
export function coverageOf(exposure: ArrayLike<number>): number {
  let shown = 0;
  for (let item = 0; item < exposure.length; item++) shown += exposure[item]! > 0 ? 1 : 0;
  return shown / exposure.length;
}

/**
 * The Gini coefficient of exposure: 0 where all n items are shown equally often, (n − 1) / n where one is
 * shown and no other. Items that were never shown count.
 *
 * With x sorted ascending it is Σᵢ (2i − n − 1) xᵢ / (n Σᵢ xᵢ), i from 1.
 *
 * @param exposure - `[items]`: how often each item was shown, see {@link exposureOf}.
 * @returns NaN where nothing was shown.
 */
export function giniOf(exposure: ArrayLike<number>): number {
  const sorted = Float64Array.from(exposure).sort();
  const { length } = sorted;
  let weighted = 0;
  let total = 0;
  for (let index = 0; index < length; index++) {
    weighted += (2 * (index + 1) - length - 1) * sorted[index]!;
    total += sorted[index]!;
  }
  return weighted / (length * total);
}
