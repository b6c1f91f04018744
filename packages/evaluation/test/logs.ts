import { createRatingLog, type RatingLog, type TimeSplit } from '@rl-recsys/rating-log';
import fc from 'fast-check';

/** One user's ratings, in the order in which they were given. */
export type Ratings = readonly { readonly item: number; readonly rating: number }[];

/** Five stars; user u has the ratings `byUser[u]`. */
export function logOf(itemCount: number, byUser: readonly Ratings[]): RatingLog {
  const rows = byUser.flatMap((ratings, user) => ratings.map((row, time) => ({ user, time, ...row })));
  return createRatingLog({
    userCount: byUser.length,
    itemCount,
    users: rows.map(({ user }) => user),
    items: rows.map(({ item }) => item),
    ratings: rows.map(({ rating }) => rating),
    timestamps: rows.map(({ time }) => time),
    scale: { min: 1, max: 5 },
  });
}

const ITEM_COUNT = 12;

const ratings = fc.uniqueArray(
  fc.record({ item: fc.nat({ max: ITEM_COUNT - 1 }), rating: fc.integer({ min: 1, max: 5 }) }),
  { selector: ({ item }) => item, maxLength: ITEM_COUNT },
);

/** Splits of up to four users and twelve items; some users have no training or no held-out rating. */
export const splits: fc.Arbitrary<TimeSplit> = fc
  .array(fc.record({ ratings, cut: fc.nat({ max: ITEM_COUNT }) }), { minLength: 1, maxLength: 4 })
  .map((users) => ({
    train: logOf(
      ITEM_COUNT,
      users.map(({ ratings, cut }) => ratings.slice(0, cut)),
    ),
    test: logOf(
      ITEM_COUNT,
      users.map(({ ratings, cut }) => ratings.slice(cut)),
    ),
  }));
