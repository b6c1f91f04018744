import { ItemHistory } from '@rl-recsys/environment';
import { isLiked, rewardOf, rowsOf, type RatingLog } from '@rl-recsys/rating-log';

/** The last `size` items that the user liked in `log`. */
export function likedHistory(log: RatingLog, user: number, size: number): ItemHistory {
  const history = new ItemHistory(size);
  const { start, end } = rowsOf(log, user);
  for (let row = start; row < end; row++) rememberIfLiked(history, log, row);
  return history;
}

/** Lets the item of a row in where its rating is a like. */
export function rememberIfLiked(
  history: ItemHistory,
  { items, ratings, scale }: RatingLog,
  row: number,
): void {
  const rating = ratings[row]!;
  if (isLiked(rating, scale)) history.push(items[row]!, rewardOf(rating, scale));
}
