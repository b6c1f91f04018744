import type { Random } from '@rl-recsys/random';
import { createRatingLog, type RatingLog } from '@rl-recsys/rating-log';
import { predictRating, type MatrixFactorization } from '../../src/index.js';

export interface Rating {
  readonly user: number;
  readonly item: number;
  readonly rating: number;
}

/** A log of these ratings, in their order, over as many users and items as they name unless told. */
export function logOf(
  ratings: readonly Rating[],
  counts: { userCount?: number; itemCount?: number } = {},
): RatingLog {
  return createRatingLog({
    userCount: 1 + Math.max(...ratings.map(({ user }) => user)),
    itemCount: 1 + Math.max(...ratings.map(({ item }) => item)),
    ...counts,
    users: ratings.map(({ user }) => user),
    items: ratings.map(({ item }) => item),
    ratings: ratings.map(({ rating }) => rating),
    timestamps: ratings.map((_, row) => row),
    scale: { min: -100, max: 100 },
  });
}

export function ratingsOf(log: RatingLog): Rating[] {
  return Array.from({ length: log.userCount }, (_, user) =>
    Array.from(log.items.subarray(log.offsets[user], log.offsets[user + 1]), (item, place) => ({
      user,
      item,
      rating: log.ratings[log.offsets[user]! + place]!,
    })),
  ).flat();
}

/** Each pair with probability 0.6: 3 + biases + the inner product of two dimensions, without noise. */
export function drawPlantedRatings(random: Random, users: number, items: number): Rating[] {
  const draw = (count: number) =>
    Array.from({ length: count }, () => ({ bias: random.normal(), x: random.normal(), y: random.normal() }));
  const itemFactors = draw(items);
  return draw(users)
    .flatMap((p, user) =>
      itemFactors.map((q, item) => ({ user, item, rating: 3 + p.bias + q.bias + p.x * q.x + p.y * q.y })),
    )
    .filter(() => random.uniform() < 0.6);
}

export function rootMeanSquaredError(model: MatrixFactorization, ratings: readonly Rating[]): number {
  const squares = ratings.map(({ user, item, rating }) => (rating - predictRating(model, user, item)) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}
