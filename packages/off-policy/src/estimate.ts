import type { Random } from '@rl-recsys/random';
import { checkNumber, POSITIVE_INTEGER, SHARE_WITHIN, type Column } from './columns.js';
import { overlapWarning, type Overlap } from './overlap.js';
import { bernsteinInterval } from './statistics/bernstein.js';
import { bootstrapInterval } from './statistics/bootstrap.js';
import type { Interval } from './statistics/interval.js';
import { meanOf, rangeOf, varianceOf } from './statistics/moments.js';
import { contributionsOf, type Ratio } from './statistics/sum-of-ratios.js';

/** What a log says of a policy: never a number without how much of the log it stands on. */
export interface Estimate {
  /** What a round, a slate or a session of the policy earns. NaN where no weight is above 0 and it divides by them. */
  readonly value: number;
  /** The standard deviation of `value`, from how much units differ (for ratios by the delta method). */
  readonly standardError: number;
  /** Percentile bootstrap over units. */
  readonly bootstrap: Interval;
  /** Empirical Bernstein: wider, and true for any number of units where `range` was given. */
  readonly bernstein: Interval;
  readonly overlap: Overlap;
  /** "not enough overlap: …" where the effective sample is below 100, so that `value` is not to be believed; else null. */
  readonly warning: string | null;
}

/** What every estimator takes. */
export interface EstimateOptions {
  /** Draws the resamples; a fork of it is used, so that the same one gives the same intervals. */
  readonly random: Random;
  /** How often to resample (default 1000). */
  readonly resamples?: number;
  /** Of both intervals (default 0.95). */
  readonly confidence?: number;
  /**
   * Estimates how much more than in the log is earned, unit by unit: much of what differs between units cancels out, so
   * that the interval is narrower than that of `value` less the log's mean (default false).
   */
  readonly gain?: boolean;
  /**
   * What one unit can contribute at least and at most, such as 0 and `clip` where clipped weights meet rewards from 0 to 1.
   * Left out it is what was seen, and `bernstein` too narrow where that is rare. Estimates that divide by weights have none.
   */
  readonly range?: Interval;
}

/**
 * Makes an estimate of a sum of ratios.
 *
 * @param earned - `[units]`: what each unit of the log earned, for {@link EstimateOptions.gain}.
 * @throws RangeError where an option is out of its range, or a unit contributed more than `range` allows.
 */
export function estimateOf(
  ratios: readonly Ratio[],
  overlap: Overlap,
  earned: Column,
  { random, resamples = 1000, confidence = 0.95, gain = false, range }: EstimateOptions,
): Estimate {
  checkNumber('resamples', resamples, POSITIVE_INTEGER);
  checkNumber('confidence', confidence, SHARE_WITHIN);
  const all = gain ? [...ratios, { numerators: Float64Array.from(earned, (reward) => -reward) }] : ratios;
  const contributions = contributionsOf(all);
  return {
    value: meanOf(contributions),
    standardError: Math.sqrt(varianceOf(contributions) / contributions.length),
    bootstrap: bootstrapInterval(all, { random, resamples, confidence }),
    bernstein: bernsteinInterval(contributions, confidence, usedRange(all, contributions, range)),
    overlap,
    warning: overlapWarning(overlap),
  };
}

function usedRange(ratios: readonly Ratio[], contributions: Float64Array, range?: Interval): Interval {
  const seen = rangeOf(contributions);
  if (range === undefined) return seen;
  if (ratios.some(({ denominators }) => denominators !== undefined)) {
    throw new RangeError('range: expected none for an estimate that divides by weights');
  }
  if (!(range.low <= seen.low && seen.high <= range.high)) {
    throw new RangeError(
      `range: expected what holds all contributions, ${seen.low} to ${seen.high}, got ${range.low} to ${range.high}`,
    );
  }
  return range;
}

/** One line: the value, its interval and what it stands on; the warning where there is one. */
export function describeEstimate({ value, bootstrap, overlap, warning }: Estimate): string {
  const short = (number: number) => number.toPrecision(4);
  const { effectiveSampleSize, units, largestWeight, meanWeight } = overlap;
  const line =
    `${short(value)} (${short(bootstrap.low)} to ${short(bootstrap.high)}), effective sample ` +
    `${effectiveSampleSize.toFixed(0)} of ${units}, largest weight ${short(largestWeight)}, mean weight ${short(meanWeight)}`;
  return warning === null ? line : `${line}; ${warning}`;
}
