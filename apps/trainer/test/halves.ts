import { randomPolicy, type Policy } from '@rl-recsys/evaluation';
import { Random } from '@rl-recsys/random';
import { createRatingLog, type RatingLog } from '@rl-recsys/rating-log';

/** Users who like the items of their own half; `ratingOf` says how much. */
export function halves(itemCount: number, ratingOf: (user: number) => number): RatingLog {
  const rows = Array.from({ length: 12 }, (_, user) =>
    Array.from({ length: 4 }, (_, place) => ({ user, item: (user % 2) * 5 + ((user + place) % 5) })),
  ).flat();
  return createRatingLog({
    ...{ userCount: 12, itemCount, scale: { min: 1, max: 5 } },
    users: rows.map(({ user }) => user),
    items: rows.map(({ item }) => item),
    ratings: rows.map(({ user }) => ratingOf(user)),
    timestamps: rows.map((_, time) => time),
  });
}

const named = (name: string): Policy => ({ ...randomPolicy(Random.fromSeed(1)), name });

/** A policy with its blocks, as `strongBaselines` is told of them. */
export const compared = (...blocks: readonly [string, ...string[]]) => {
  const [first, ...more] = blocks;
  return { policy: named('mine'), blocks: [named(first), ...more.map(named)] as const };
};

export const namesOf = (policies: readonly Policy[]): string[] => policies.map(({ name }) => name);
