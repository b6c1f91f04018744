import {
  checkColumn,
  checkIndices,
  checkUnits,
  FINITE,
  LOGGED_PROBABILITY,
  PROBABILITY,
  type Column,
} from '../columns.js';

/**
 * A log of sessions, beside what the policy to be judged would have done. One row a step, sessions one after the other.
 * A slate is a session too: its slots are its steps, from the top.
 */
export interface LoggedSessions {
  /** int32 `[sessions + 1]`: the row where each session starts, and at last the number of rows. */
  readonly starts: Int32Array;
  /** `[rows]`: what each step earned. */
  readonly rewards: Column;
  /** `[rows]`: π₀(aₜ | sₜ), with which probability the logging policy did it, given all steps before, in (0, 1]. */
  readonly propensities: Column;
  /** `[rows]`: π(aₜ | sₜ), with which probability the policy to be judged would have, in [0, 1]. */
  readonly targetProbabilities: Column;
}

/** What a model of returns expects in the same sessions. It must not have been fitted on them. */
export interface SessionPredictions {
  /** `[rows]`: Q̂(sₜ, aₜ), what the rest of the session earns, this step included, after what was done. */
  readonly logged: Column;
  /** `[rows]`: V̂(sₜ) = Σₐ π(a | sₜ) Q̂(sₜ, a). */
  readonly expected: Column;
}

/**
 * @throws RangeError where there are fewer than two sessions, one has no step, columns differ in length, a reward is not
 * finite or a probability out of its range; column and row are named.
 */
export function checkLoggedSessions(log: LoggedSessions): void {
  const { starts, rewards, propensities, targetProbabilities } = log;
  checkIndices('starts', starts);
  checkUnits('sessions', starts.length - 1);
  if (starts[0] !== 0) throw new RangeError(`starts[0]: expected 0, got ${starts[0]}`);
  const empty = starts.findIndex((start, session) => session > 0 && start <= starts[session - 1]!);
  if (empty !== -1) {
    throw new RangeError(
      `starts[${empty}]: expected more than ${starts[empty - 1]}, where the session before starts, got ${starts[empty]}`,
    );
  }
  const rows = starts[starts.length - 1]!;
  checkColumn('rewards', rewards, rows, FINITE);
  checkColumn('propensities', propensities, rows, LOGGED_PROBABILITY);
  checkColumn('targetProbabilities', targetProbabilities, rows, PROBABILITY);
}

/** @throws RangeError where there is not one finite prediction of each kind a row; column and row are named. */
export function checkSessionPredictions({ logged, expected }: SessionPredictions, rows: number): void {
  checkColumn('logged', logged, rows, FINITE);
  checkColumn('expected', expected, rows, FINITE);
}

/** `[rows]`: π/π₀ of the step and of all before it in its session. */
export function cumulativeWeights({
  starts,
  propensities,
  targetProbabilities,
}: LoggedSessions): Float64Array {
  const weights = new Float64Array(propensities.length);
  for (let session = 0; session + 1 < starts.length; session++) {
    let weight = 1;
    for (let row = starts[session]!; row < starts[session + 1]!; row++) {
      weight *= targetProbabilities[row]! / propensities[row]!;
      weights[row] = weight;
    }
  }
  return weights;
}

/** `[sessions]`: π/π₀ of whole sessions. */
export function sessionWeights({ starts }: LoggedSessions, weights: Float64Array): Float64Array {
  return Float64Array.from({ length: starts.length - 1 }, (_, session) => weights[starts[session + 1]! - 1]!);
}

/** `[sessions]`: Σₜ γᵗ x of a session's rows. */
export function discountedSums(
  starts: Int32Array,
  discount: number,
  value: (row: number) => number,
): Float64Array {
  return Float64Array.from({ length: starts.length - 1 }, (_, session) => {
    let [sum, factor] = [0, 1];
    for (let row = starts[session]!; row < starts[session + 1]!; row++) {
      sum += factor * value(row);
      factor *= discount;
    }
    return sum;
  });
}

/** How many steps the longest session has. */
export function longestSession(starts: Int32Array): number {
  let longest = 0;
  for (let session = 0; session + 1 < starts.length; session++) {
    longest = Math.max(longest, starts[session + 1]! - starts[session]!);
  }
  return longest;
}
