import { takeItems, type RatingLog } from '@rl-recsys/rating-log';

/**
 * Of how many items models have a number for each pair: of all in a catalogue of up to `all` items, which takes 1.6 GB then; of a larger
 * one of the `ofMore` that were rated most, which takes 64 MB, and a fit seconds. Our choice.
 */
export const DENSE_ITEMS: { readonly all: number; readonly ofMore: number } = { all: 20_000, ofMore: 4_000 };

/** What a model with a number for each pair of items is fitted on. */
export interface DenseItems {
  readonly log: RatingLog;
  /** int32, ascending: which items of the whole log those are (left out: all). */
  readonly among?: Int32Array;
}

/**
 * A log for a model with a number for each pair of items: of a large catalogue the part of the items that
 * were rated most, of equals those of lower index.
 *
 * @throws RangeError where the log has no ratings.
 */
export function denseItems(log: RatingLog): DenseItems {
  const { items, itemCount } = log;
  if (items.length === 0) throw new RangeError('log: expected ratings, got none');
  if (itemCount <= DENSE_ITEMS.all) return { log };
  const counts = new Int32Array(itemCount);
  for (const item of items) counts[item]! += 1;
  const order = Int32Array.from(counts.keys()).sort((one, other) => counts[other]! - counts[one]!);
  const among = order.subarray(0, DENSE_ITEMS.ofMore).slice().sort();
  return { log: takeItems(log, among), among };
}
