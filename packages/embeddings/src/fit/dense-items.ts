import type { RatingLog } from '@rl-recsys/rating-log';

/** How many items a matrix of all pairs of them is made for: its numbers take 1.6 GB then. */
const MOST_ITEMS = 20_000;

/** @throws RangeError where the log has no ratings, or more items than a matrix of all pairs is made for. */
export function assertDense({ items, itemCount }: RatingLog): void {
  if (items.length === 0) throw new RangeError('log: expected ratings, got none');
  if (itemCount > MOST_ITEMS) {
    throw new RangeError(
      `log: expected at most ${MOST_ITEMS} items, as the model has a number for each pair of them, got ${itemCount}; ` +
        'take a part of the catalogue (kCore), or a model of factors such as fitIals',
    );
  }
}
