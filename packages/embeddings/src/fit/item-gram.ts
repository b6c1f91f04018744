import { rowsOf, type RatingLog } from '@rl-recsys/rating-log';
import { historyWeight, type HistoryWeights } from '../scores/history-weights.js';
import { leastLike } from './liked-items.js';

/** What each of a log's rows counts: float32 `[rows]`. */
export function rowWeightsOf({ ratings, scale }: RatingLog, weights: HistoryWeights): Float32Array {
  const likedFrom = leastLike(scale);
  return ratings.map((rating) => historyWeight(weights, rating >= likedFrom, 0));
}

/** Adds XᵀX, where X `[users, items]` holds what each rating counts. */
export function addItemGram(log: RatingLog, weights: Float32Array, gram: Float64Array): void {
  const { items, itemCount, userCount } = log;
  for (let user = 0; user < userCount; user++) {
    const { start, end } = rowsOf(log, user);
    for (let one = start; one < end; one++) {
      const at = items[one]! * itemCount;
      for (let other = start; other < end; other++)
        gram[at + items[other]!]! += weights[one]! * weights[other]!;
    }
  }
}
