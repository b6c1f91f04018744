import type { RatingLog } from '@rl-recsys/rating-log';

/** The user of each of a log's rows: int32 `[rows]`. */
export function rowUsersOf({ userCount, offsets, items }: RatingLog): Int32Array {
  const users = new Int32Array(items.length);
  for (let user = 0; user < userCount; user++) users.fill(user, offsets[user], offsets[user + 1]);
  return users;
}
