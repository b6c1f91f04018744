import { predictRating, type MatrixFactorization } from '@rl-recsys/embeddings';
import type { RatingLog } from '@rl-recsys/rating-log';

/** How far a model is from a log's ratings. */
export function rootMeanSquaredError(
  model: MatrixFactorization,
  { userCount, offsets, items, ratings }: RatingLog,
): number {
  let squares = 0;
  for (let user = 0; user < userCount; user++) {
    for (let row = offsets[user]!; row < offsets[user + 1]!; row++) {
      squares += (ratings[row]! - predictRating(model, user, items[row]!)) ** 2;
    }
  }
  return Math.sqrt(squares / ratings.length);
}
