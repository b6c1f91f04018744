import { checkNumber, POSITIVE } from '../columns.js';
import { estimateOf, type Estimate, type EstimateOptions } from '../estimate.js';
import { overlapOf } from '../overlap.js';
import {
  checkLoggedRounds,
  checkRewardPredictions,
  importanceWeights,
  type LoggedRounds,
  type RewardPredictions,
} from './logged-rounds.js';

/**
 * The direct method: the mean of what a model of rewards expects. As good as the model; how far the log knows the policy,
 * and so whether the model was ever asked about such items, is in `overlap`.
 *
 * @throws RangeError where the log, the predictions or an option break their contract.
 */
export function directMethod(
  log: LoggedRounds,
  model: RewardPredictions,
  options: EstimateOptions,
): Estimate {
  return corrected(log, model, options, () => 0);
}

/**
 * Doubly robust (Dudík, Langford and Li 2011): the mean of q̂(x, π) + w (r − q̂(x, a)). Without bias where either
 * propensities or the model are right.
 *
 * @throws RangeError where the log, the predictions or an option break their contract.
 */
export function doublyRobust(
  log: LoggedRounds,
  model: RewardPredictions,
  options: EstimateOptions,
): Estimate {
  return corrected(log, model, options, (weight) => weight);
}

/** Switch-DR. */
export interface SwitchOptions extends EstimateOptions {
  /** Where a weight is above it the model is believed. */
  readonly threshold: number;
}

/**
 * Switch-DR (Wang, Agarwal and Dudík 2017): doubly robust where w is at most `threshold`, the model alone where not.
 *
 * @throws RangeError where the log, the predictions or an option break their contract.
 */
export function switchDoublyRobust(
  log: LoggedRounds,
  model: RewardPredictions,
  options: SwitchOptions,
): Estimate {
  const { threshold } = options;
  checkNumber('threshold', threshold, POSITIVE);
  return corrected(log, model, options, (weight) => (weight <= threshold ? weight : 0));
}

/** Doubly robust with shrinkage. */
export interface ShrinkageOptions extends EstimateOptions {
  /** λ: the larger, the nearer to doubly robust; the smaller, the nearer to the model. */
  readonly shrinkage: number;
}

/**
 * Doubly robust with optimistic shrinkage (Su, Dimakopoulou, Krishnamurthy and Dudík 2020): doubly robust with weights
 * λ w / (w² + λ), which never exceed √λ / 2.
 *
 * @throws RangeError where the log, the predictions or an option break their contract.
 */
export function shrunkDoublyRobust(
  log: LoggedRounds,
  model: RewardPredictions,
  options: ShrinkageOptions,
): Estimate {
  const { shrinkage } = options;
  checkNumber('shrinkage', shrinkage, POSITIVE);
  return corrected(log, model, options, (weight) => (shrinkage * weight) / (weight * weight + shrinkage));
}

/**
 * Self-normalized doubly robust: the mean of q̂(x, π), and Σ w (r − q̂(x, a)) / Σ w.
 *
 * @throws RangeError where the log, the predictions or an option break their contract.
 */
export function selfNormalizedDoublyRobust(
  log: LoggedRounds,
  model: RewardPredictions,
  options: EstimateOptions,
): Estimate {
  checkLoggedRounds(log);
  checkRewardPredictions(model, log.rewards.length);
  const denominators = importanceWeights(log);
  const numerators = denominators.map((weight, row) => weight * (log.rewards[row]! - model.logged[row]!));
  const expected = { numerators: Float64Array.from(model.expected) };
  return estimateOf([expected, { numerators, denominators }], overlapOf(denominators), log.rewards, options);
}

/** The mean of q̂(x, π) + used(w) (r − q̂(x, a)). */
function corrected(
  log: LoggedRounds,
  model: RewardPredictions,
  options: EstimateOptions,
  used: (weight: number) => number,
): Estimate {
  checkLoggedRounds(log);
  checkRewardPredictions(model, log.rewards.length);
  const weights = importanceWeights(log);
  const numerators = weights.map(
    (weight, row) => model.expected[row]! + used(weight) * (log.rewards[row]! - model.logged[row]!),
  );
  return estimateOf([{ numerators }], overlapOf(weights), log.rewards, options);
}
