import fc from 'fast-check';
import { createRatingLog, type RatingLog } from '../src/index.js';

/** One rating: user, item and time. */
export type Rated = readonly [user: number, item: number, time: number];

/** A log of ratings that are told apart by their value, 1 + row / 1000 in the order given. */
export function logOf(rows: readonly Rated[], userCount: number, itemCount: number): RatingLog {
  return createRatingLog({
    userCount,
    itemCount,
    users: rows.map(([user]) => user),
    items: rows.map(([, item]) => item),
    ratings: rows.map((_, row) => 1 + row / 1000),
    timestamps: rows.map(([, , time]) => time),
    scale: { min: 1, max: 5 },
  });
}

/** Logs of 6 users and 7 items, some without ratings, with few times so that many are equal. */
export const logs: fc.Arbitrary<RatingLog> = fc
  .array(fc.tuple(fc.nat(5), fc.nat(6), fc.nat(4)), { maxLength: 40 })
  .map((rows) => logOf(rows, 6, 7));

/** Each row as `user item rating time`, in the order of the log. */
export function rowsOf({ userCount, offsets, items, ratings, timestamps }: RatingLog): string[] {
  return Array.from({ length: userCount }, (_, user) => user).flatMap((user) =>
    Array.from(items.subarray(offsets[user], offsets[user + 1]), (item, place) => {
      const row = offsets[user]! + place;
      return `${user} ${item} ${ratings[row]} ${timestamps[row]}`;
    }),
  );
}
