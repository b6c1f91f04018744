import { leastLike, type RatingLog } from '@rl-recsys/rating-log';
import type { DenseMatrix } from '../dense/dense-matrix.js';
import { historyWeight, type HistoryWeights } from '../scores/history-weights.js';
import type { FitWork } from './fit-control.js';
import { transpose } from './sparse-rows.js';

/** What each of a log's rows counts: float32 `[rows]`. */
export function rowWeightsOf({ ratings, scale }: RatingLog, weights: HistoryWeights): Float32Array {
  const likedFrom = leastLike(scale);
  return ratings.map((rating) => historyWeight(weights, rating >= likedFrom, 0));
}

/**
 * Adds XᵀX to a matrix of all items, right of its diagonal and on it, where X `[users, items]` holds what each rating
 * counts. It goes item by item, so that what it adds to stays in the cache.
 */
export async function addItemGram(
  log: RatingLog,
  weights: Float32Array,
  matrix: DenseMatrix,
  work: FitWork,
): Promise<void> {
  const { offsets, items, itemCount, userCount } = log;
  const byItem = transpose({ rows: userCount, offsets, columns: items, values: weights }, itemCount);
  const byUser = transpose(byItem, userCount); // now each user's items ascend
  const next = byUser.offsets.slice(); // where a user's items begin that are not before this one
  for (let item = 0; item < itemCount; item++) {
    if (item % 256 === 0) await work.reach(item / itemCount);
    const numbers = matrix.numbers();
    const at = item * matrix.stride;
    for (let place = byItem.offsets[item]!; place < byItem.offsets[item + 1]!; place++) {
      const user = byItem.columns[place]!;
      const weight = byItem.values[place]!;
      const end = byUser.offsets[user + 1]!;
      for (let other = next[user]!++; other < end; other++) {
        numbers[at + byUser.columns[other]!]! += weight * byUser.values[other]!;
      }
    }
  }
  await work.reach(1);
}
