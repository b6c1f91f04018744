import type { RatingLog } from '@rl-recsys/rating-log';
import type { LeakOptions } from './leak.js';

/** What a ranking protocol works on. */
export interface RankingProtocol extends LeakOptions {
  /** Where the histories come from. */
  readonly train: RatingLog;
  /** The held-out ratings, over the same users and items. */
  readonly test: RatingLog;
  /** n, how many liked items the policy sees (default 10, our choice). */
  readonly historySize?: number;
}

/** What a policy showed to one user, the best first. */
export interface RankedList {
  readonly user: number;
  /** int32 `[shown]` */
  readonly items: Int32Array;
  /** `[shown]`: whether each of `items` is one that the user held out and liked (`rankNextItem`: held out). */
  readonly liked: readonly boolean[];
  /** How many items there were to choose from, shown or not. */
  readonly candidateCount: number;
  /** How many of those the user liked, shown or not. */
  readonly likedCount: number;
}
