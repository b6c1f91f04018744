import { checkNumber, POSITIVE } from '../columns.js';
import { estimateOf, type Estimate, type EstimateOptions } from '../estimate.js';
import { overlapOf } from '../overlap.js';
import { checkLoggedRounds, importanceWeights, type LoggedRounds } from './logged-rounds.js';

/**
 * Inverse propensity scoring (Horvitz and Thompson 1952): the mean of w r. Without bias where the logging policy
 * can do all that the other does; its variance grows with the weights.
 *
 * @throws RangeError where the log or an option breaks its contract.
 */
export function inversePropensityScore(log: LoggedRounds, options: EstimateOptions): Estimate {
  checkLoggedRounds(log);
  const weights = importanceWeights(log);
  const numerators = weights.map((weight, row) => weight * log.rewards[row]!);
  return estimateOf([{ numerators }], overlapOf(weights), log.rewards, options);
}

/** Inverse propensity scoring with a bound for weights. */
export interface ClippedOptions extends EstimateOptions {
  /** Weights above it count as it. */
  readonly clip: number;
}

/**
 * Inverse propensity scoring of weights of at most `clip` (Ionides 2008): less variance, and a bias towards 0.
 *
 * @throws RangeError where the log or an option breaks its contract.
 */
export function clippedInversePropensityScore(log: LoggedRounds, options: ClippedOptions): Estimate {
  checkLoggedRounds(log);
  checkNumber('clip', options.clip, POSITIVE);
  const weights = importanceWeights(log);
  const numerators = weights.map((weight, row) => Math.min(weight, options.clip) * log.rewards[row]!);
  return estimateOf([{ numerators }], overlapOf(weights), log.rewards, options);
}

/**
 * Self-normalized inverse propensity scoring (Swaminathan and Joachims 2015): Σ w r / Σ w. It stays between the least
 * and the largest reward, for a bias that vanishes with the number of rounds.
 *
 * @throws RangeError where the log or an option breaks its contract.
 */
export function selfNormalizedInversePropensityScore(log: LoggedRounds, options: EstimateOptions): Estimate {
  checkLoggedRounds(log);
  const denominators = importanceWeights(log);
  const numerators = denominators.map((weight, row) => weight * log.rewards[row]!);
  return estimateOf([{ numerators, denominators }], overlapOf(denominators), log.rewards, options);
}
