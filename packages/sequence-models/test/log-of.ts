import { createRatingLog, type RatingLog } from '@rl-recsys/rating-log';

/** A log of 10 items from what each user met, oldest first; of each user's ratings the first, third … are likes. */
export function logOf(histories: readonly (readonly number[])[], itemCount = 10): RatingLog {
  const rows = histories.flatMap((items, user) => items.map((item, time) => ({ user, item, time })));
  return createRatingLog({
    ...{ userCount: histories.length, itemCount, scale: { min: 1, max: 5 } },
    users: rows.map(({ user }) => user),
    items: rows.map(({ item }) => item),
    ratings: rows.map(({ time }) => (time % 2 === 0 ? 5 : 2)),
    timestamps: rows.map(({ time }) => time),
  });
}
