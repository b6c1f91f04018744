import { rowsOf, type RatingLog } from '@rl-recsys/rating-log';

/** The user of each of a log's rows: int32 `[rows]`. */
export function rowUsersOf(log: RatingLog): Int32Array {
  const users = new Int32Array(log.items.length);
  for (let user = 0; user < log.userCount; user++) {
    const { start, end } = rowsOf(log, user);
    users.fill(user, start, end);
  }
  return users;
}
