import { createRatingLog, type RatingLog } from '@rl-recsys/rating-log';

/** An item and how many stars it got. */
export type Rated = readonly [item: number, stars: number];

/** A log of what each user has rated, oldest first: pairs of item and stars. */
export function logOfHistories(histories: readonly (readonly Rated[])[], itemCount: number): RatingLog {
  const rows = histories.flatMap((history, user) =>
    history.map(([item, stars], time) => ({ user, item, stars, time })),
  );
  return createRatingLog({
    userCount: histories.length,
    itemCount,
    users: rows.map(({ user }) => user),
    items: rows.map(({ item }) => item),
    ratings: rows.map(({ stars }) => stars),
    timestamps: rows.map(({ time }) => time),
    scale: { min: 1, max: 5 },
  });
}

/** What somebody has rated, for a scorer. */
export function historyOf(...rated: readonly Rated[]): {
  items: Int32Array;
  ratings: Float32Array;
} {
  return {
    items: Int32Array.from(rated, ([item]) => item),
    ratings: Float32Array.from(rated, ([, stars]) => stars),
  };
}
