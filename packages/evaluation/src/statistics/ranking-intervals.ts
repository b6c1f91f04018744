import { checkCutoffsMatch } from '../average-of.js';
import {
  forEachMeasure,
  rankingMeasures,
  type RankingMeasure,
  type RankingResult,
} from '../ranking-result.js';
import { bootstrapMeans, type BootstrapOptions } from './bootstrap.js';
import type { Interval } from './interval.js';
import { checkSameUsers } from './mean-over-seeds.js';
import { studentInterval } from './student.js';

/** Intervals of all measures at one cutoff. */
export interface CutoffIntervals extends Readonly<Record<RankingMeasure, Interval>> {
  readonly cutoff: number;
}

/**
 * The means of a result with their bootstrap intervals over users. For several seeds of one policy pass their
 * `averageOf`: each user's mean over seeds, then over users.
 */
export function intervalsOf(result: RankingResult, options: BootstrapOptions): CutoffIntervals[] {
  const { perUser } = result;
  const columns = perUser.flatMap((scores) => rankingMeasures.map((measure) => scores[measure]));
  const intervals = bootstrapMeans(columns, options);
  return perUser.map(({ cutoff }, index) => {
    const first = index * rankingMeasures.length;
    return {
      cutoff,
      ...forEachMeasure((measure) => intervals[first + rankingMeasures.indexOf(measure)]!),
    };
  });
}

/**
 * How much a result is above a baseline's, user by user, with bootstrap intervals: one that holds 0 shows no
 * difference.
 *
 * @throws RangeError where the two differ in their cutoffs or in who counts.
 */
export function differencesTo(
  baseline: RankingResult,
  result: RankingResult,
  options: BootstrapOptions,
): CutoffIntervals[] {
  checkCutoffsMatch('result', result, baseline);
  const perUser = result.perUser.map(({ cutoff, ...scores }, index) => ({
    cutoff,
    ...forEachMeasure((measure) => {
      const theirs = baseline.perUser[index]![measure];
      checkSameUsers('result', scores[measure], theirs);
      return scores[measure].map((score, user) => score - theirs[user]!);
    }),
  }));
  return intervalsOf({ ...result, perUser }, options);
}

/**
 * The means of several seeds of one policy with their t-intervals over seeds.
 *
 * @throws RangeError where there are fewer than two results, they differ in their cutoffs, or a mean is NaN.
 */
export function seedIntervals(results: readonly RankingResult[]): CutoffIntervals[] {
  for (const [index, result] of results.entries())
    checkCutoffsMatch(`results[${index}]`, result, results[0]!);
  return (results[0]?.cutoffs ?? []).map(({ cutoff }, index) => ({
    cutoff,
    ...forEachMeasure((measure) => studentInterval(results.map(({ cutoffs }) => cutoffs[index]![measure]))),
  }));
}
