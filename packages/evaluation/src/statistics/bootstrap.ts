import type { Random } from '@rl-recsys/random';
import { checkPositiveInteger } from '../check-positive-integer.js';
import type { Interval } from './interval.js';
import { meanOf } from './mean.js';
import { checkSameUsers } from './mean-over-seeds.js';

/** How intervals are drawn. */
export interface BootstrapOptions {
  /** Draws the resamples; a fork of it is used, so that the same one gives the same intervals. */
  readonly random: Random;
  /** How often to resample (default 1000). */
  readonly resamples?: number;
}

/**
 * The mean over users with its 95 % percentile bootstrap interval (Efron 1979): users are drawn with
 * replacement, and the interval holds the middle 95 % of the means.
 *
 * Percentiles, not BCa: for means over some hundred users both are nearly the same.
 *
 * @param scores - float64 `[users]`; NaN where a user does not count.
 * @throws RangeError where `resamples` is not a positive integer.
 */
export function bootstrapMean(scores: Float64Array, options: BootstrapOptions): Interval {
  return bootstrapMeans([scores], options)[0]!;
}

/**
 * The mean of a policy's scores less a baseline's, user by user, with its interval: does one beat the other?
 * Most of what differs between users cancels out, so that it is far narrower than the two intervals suggest.
 *
 * @throws RangeError where not the same users count in both.
 */
export function bootstrapDifference(
  scores: Float64Array,
  baseline: Float64Array,
  options: BootstrapOptions,
): Interval {
  checkSameUsers('scores', scores, baseline);
  return bootstrapMean(
    scores.map((score, user) => score - baseline[user]!),
    options,
  );
}

/** {@link bootstrapMean} of several columns of the same users, who are drawn once for all. */
export function bootstrapMeans(
  columns: readonly Float64Array[],
  { random, resamples = 1000 }: BootstrapOptions,
): Interval[] {
  checkPositiveInteger('resamples', resamples);
  const stream = random.fork('bootstrap');
  const users = Int32Array.from(columns[0]?.keys() ?? []).filter((user) =>
    columns.some((scores) => !Number.isNaN(scores[user])),
  );
  const counting = columns.map((scores) => Float64Array.from(users, (user) => scores[user]!));
  const times = new Int32Array(users.length);
  const means = columns.map(() => new Float64Array(resamples));
  for (let resample = 0; resample < resamples; resample++) {
    times.fill(0);
    for (let draw = 0; draw < users.length; draw++) times[stream.integer(users.length)]! += 1;
    for (const [index, scores] of counting.entries()) means[index]![resample] = weightedMean(scores, times);
  }
  return columns.map((scores, index) => ({ mean: meanOf(scores), ...middleOf(means[index]!) }));
}

/** How often each user was drawn weighs their score: reading them in their order is what makes it fast. */
function weightedMean(scores: Float64Array, times: Int32Array): number {
  let sum = 0;
  let count = 0;
  for (let user = 0; user < scores.length; user++) {
    const score = scores[user]!;
    if (Number.isNaN(score)) continue;
    sum += times[user]! * score;
    count += times[user]!;
  }
  return sum / count;
}

/** The 2.5 % and 97.5 % quantiles; a resample in which nobody counts says nothing. */
function middleOf(means: Float64Array): Omit<Interval, 'mean'> {
  const sorted = means.filter((mean) => !Number.isNaN(mean)).sort();
  const quantile = (share: number) => {
    const place = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN];
    return below + (above - below) * (place - Math.floor(place));
  };
  return { low: quantile(0.025), high: quantile(0.975) };
}
