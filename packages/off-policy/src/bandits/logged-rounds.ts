import { checkColumn, checkUnits, FINITE, LOGGED_PROBABILITY, PROBABILITY, type Column } from '../columns.js';

/** A log of single recommendations, beside what the policy to be judged would have done. One row a round. */
export interface LoggedRounds {
  /** `[rounds]`: what the recommended item earned. */
  readonly rewards: Column;
  /** `[rounds]`: π₀(a | x), with which probability the logging policy chose it, in (0, 1]. */
  readonly propensities: Column;
  /** `[rounds]`: π(a | x), with which probability the policy to be judged would have, in [0, 1]. */
  readonly targetProbabilities: Column;
}

/** What a model of rewards, q̂, expects in the same rounds. It must not have been fitted on them. */
export interface RewardPredictions {
  /** `[rounds]`: q̂(x, a) of the logged item. */
  readonly logged: Column;
  /** `[rounds]`: Σₐ π(a | x) q̂(x, a), over all items that the policy to be judged may show. */
  readonly expected: Column;
}

/**
 * @throws RangeError where there are fewer than two rounds, columns differ in length, a reward is not finite or a
 * probability out of its range; column and row are named.
 */
export function checkLoggedRounds({ rewards, propensities, targetProbabilities }: LoggedRounds): void {
  checkColumn('rewards', rewards, rewards.length, FINITE);
  checkUnits('rounds', rewards.length);
  checkColumn('propensities', propensities, rewards.length, LOGGED_PROBABILITY);
  checkColumn('targetProbabilities', targetProbabilities, rewards.length, PROBABILITY);
}

/** @throws RangeError where there is not one finite prediction of each kind a round; column and row are named. */
export function checkRewardPredictions({ logged, expected }: RewardPredictions, rounds: number): void {
  checkColumn('logged', logged, rounds, FINITE);
  checkColumn('expected', expected, rounds, FINITE);
}

/** `[rounds]`: π(a | x) / π₀(a | x). */
export function importanceWeights({ propensities, targetProbabilities }: LoggedRounds): Float64Array {
  return Float64Array.from(propensities, (propensity, row) => targetProbabilities[row]! / propensity);
}
