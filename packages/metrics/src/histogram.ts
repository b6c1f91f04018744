import type { Histogram } from './records.js';

/** As many buckets as TensorBoard shows. */
const BUCKETS = 30;

/**
 * Counts values in buckets of one width between the least and the largest.
 *
 * @param buckets - how many (default 30); one where all values are the same.
 * @returns undefined where there is no finite value; others are left out.
 * @throws RangeError where `buckets` is not a positive integer.
 */
export function histogramOf(values: ArrayLike<number>, buckets: number = BUCKETS): Histogram | undefined {
  if (!Number.isSafeInteger(buckets) || buckets < 1) {
    throw new RangeError(`buckets: expected a positive integer, got ${buckets}`);
  }
  let [low, high] = [Infinity, -Infinity];
  for (let place = 0; place < values.length; place++) {
    const value = values[place]!;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return undefined;
  const counts = new Array<number>(low === high ? 1 : buckets).fill(0);
  const half = high / 2 - low / 2; // since high − low may be beyond all numbers
  for (let place = 0; place < values.length; place++) {
    const value = values[place]!;
    if (!Number.isFinite(value)) continue;
    const bucket = half > 0 ? Math.floor(((value / 2 - low / 2) / half) * counts.length) : 0;
    counts[Math.min(bucket, counts.length - 1)]! += 1;
  }
  return { low, high, counts };
}
