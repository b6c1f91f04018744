import type { RecommendationSpace } from '@rl-recsys/environment';
import type { RatingLog } from '@rl-recsys/rating-log';

/** An environment's users have rated nothing before they are met. */
export function emptyLog({ userCount, itemCount }: RecommendationSpace): RatingLog {
  return {
    ...{ userCount, itemCount, scale: { min: -1, max: 1 } },
    offsets: new Int32Array(userCount + 1),
    items: new Int32Array(0),
    ratings: new Float32Array(0),
    timestamps: new Float64Array(0),
  };
}

/** An environment knows its users and items by indices: these are their ids. */
export function indices(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index));
}
