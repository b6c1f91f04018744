import type { LeakReport } from './leak.js';

/**
 * What is measured of each ranking at a cutoff K: `precision` (`precisionAt`), `recall` (`recallAt`), `ndcg`
 * (`ndcgAt`), `averagePrecision` (`averagePrecisionAt`; its mean is MAP), `reciprocalRank`
 * (`reciprocalRankAt`; its mean is MRR) and `hitRate` (`hitRateAt`).
 */
export type RankingMeasure = (typeof rankingMeasures)[number];

/** The measures in the order of tables. */
export const rankingMeasures = [
  'precision',
  'recall',
  'ndcg',
  'averagePrecision',
  'reciprocalRank',
  'hitRate',
] as const;

/**
 * How well a policy ranked.
 *
 * All but `perUser` is plain JSON: `const { perUser, ...summary } = result`.
 */
export interface RankingResult extends LeakReport {
  /** How many users have at least one held-out item. */
  readonly users: number;
  /** The means, in the order of the cutoffs asked for. */
  readonly cutoffs: readonly CutoffSummary[];
  /** What the means are over, in the same order. */
  readonly perUser: readonly CutoffScores[];
}

/** The means of all users who count at one cutoff. A mean over nobody is NaN. */
export interface CutoffSummary extends Readonly<Record<RankingMeasure, number>> {
  /** K, how many items are looked at. */
  readonly cutoff: number;
  /**
   * How many users `precision` is over: those with K candidates or more. In full ranking only those of
   * them who liked a held-out item.
   */
  readonly precisionUsers: number;
  /** How many users `ndcg` and all others are over: those of `precisionUsers` who liked a held-out item. */
  readonly ndcgUsers: number;
  /** How many users were left out of all, for having fewer than K candidates. */
  readonly usersWithTooFewItems: number;
  /** How many more were left out of `ndcg` and all others, for having liked no held-out item. */
  readonly usersWithoutLike: number;
}

/**
 * Each user's scores at one cutoff, for paired comparisons of policies: float64 `[userCount]` by user
 * index; NaN where the user does not count.
 */
export interface CutoffScores extends Readonly<Record<RankingMeasure, Float64Array>> {
  readonly cutoff: number;
}

/** A record with what `of` makes of each measure. */
export function forEachMeasure<T>(of: (measure: RankingMeasure) => T): Record<RankingMeasure, T> {
  return Object.fromEntries(rankingMeasures.map((measure) => [measure, of(measure)])) as Record<
    RankingMeasure,
    T
  >;
}
