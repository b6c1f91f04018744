import type { RatingLog } from '@rl-recsys/rating-log';

/** The same log with the rows of its first users alone. */
export function ofFirstUsers({ items, ratings, timestamps, ...log }: RatingLog, count: number): RatingLog {
  const end = log.offsets[count]!;
  return {
    ...log,
    offsets: log.offsets.map((offset) => Math.min(offset, end)),
    items: items.slice(0, end),
    ratings: ratings.slice(0, end),
    timestamps: timestamps.slice(0, end),
  };
}
