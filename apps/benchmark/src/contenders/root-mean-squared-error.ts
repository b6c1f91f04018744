import { predictRating, type MatrixFactorization } from '@rl-recsys/embeddings';
import { rowsOf, type RatingLog } from '@rl-recsys/rating-log';

/** How far a model is from a log's ratings. */
export function rootMeanSquaredError(model: MatrixFactorization, log: RatingLog): number {
  const { userCount, items, ratings } = log;
  let squares = 0;
  for (let user = 0; user < userCount; user++) {
    const { start, end } = rowsOf(log, user);
    for (let row = start; row < end; row++) {
      squares += (ratings[row]! - predictRating(model, user, items[row]!)) ** 2;
    }
  }
  return Math.sqrt(squares / ratings.length);
}
