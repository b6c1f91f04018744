import { ItemHistory } from '@rl-recsys/environment';
import { isLiked, rewardOf, rowsOf, type RatingLog } from '@rl-recsys/rating-log';

/**
 * The last n items that `user` liked among their first `moment` ratings, oldest first, with what each earned.
 *
 * @throws RangeError where `n` is not a positive integer.
 */
export function likedBefore(log: RatingLog, user: number, moment: number, n: number): ItemHistory {
  const { start } = rowsOf(log, user);
  const history = new ItemHistory(n);
  for (let row = start; row < start + moment; row++) {
    rememberIfLiked(history, log, log.items[row]!, log.ratings[row]!);
  }
  return history;
}

/** DRR's H takes an item in where its rating counts as a like. */
export function rememberIfLiked(
  history: ItemHistory,
  { scale }: RatingLog,
  item: number,
  rating: number,
): void {
  if (isLiked(rating, scale)) history.push(item, rewardOf(rating, scale));
}
