import type { RatingLog } from '@rl-recsys/rating-log';
import type { Interactions } from './grouped-ratings.js';

/** The likes of a log, without their ratings. */
export function likesOf(log: RatingLog, likedFrom: number): Interactions {
  const { userCount, itemCount } = log;
  const before = countLikesBefore(log.ratings, likedFrom);
  const offsets = Int32Array.from(log.offsets, (row) => before[row]!);
  const items = takeLikes(log.items, before);
  return { userCount, itemCount, offsets, items, ratings: undefined };
}

/** int32 `[ratings + 1]`: how many of the ratings before each place are likes. */
export function countLikesBefore(ratings: ArrayLike<number>, likedFrom: number): Int32Array {
  const before = new Int32Array(ratings.length + 1);
  for (let row = 0; row < ratings.length; row++) {
    before[row + 1] = before[row]! + (ratings[row]! >= likedFrom ? 1 : 0);
  }
  return before;
}

/** The items that are liked, given how many likes are before each place. */
export function takeLikes(items: ArrayLike<number>, before: Int32Array): Int32Array {
  const liked = new Int32Array(before[items.length]!);
  for (let row = 0; row < items.length; row++) {
    if (before[row + 1]! > before[row]!) liked[before[row]!] = items[row]!;
  }
  return liked;
}
