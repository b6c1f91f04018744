import type { Estimate } from '../estimate.js';
import type { Ratio } from '../statistics/sum-of-ratios.js';
import { estimateSessions, ratiosOfSteps } from './importance-sampling.js';
import {
  checkSessionPredictions,
  discountedSums,
  type LoggedSessions,
  type SessionPredictions,
} from './logged-sessions.js';
import type { SessionOptions } from './session-options.js';

/**
 * The direct method of sessions: the mean of V̂ where they start. With the Q̂ of fitted Q evaluation this is its estimate.
 *
 * @throws RangeError where the log, the predictions or an option break their contract.
 */
export function sessionDirectMethod(
  log: LoggedSessions,
  model: SessionPredictions,
  options: SessionOptions,
): Estimate {
  return estimateSessions(log, options, () => {
    checkSessionPredictions(model, log.rewards.length);
    return [{ numerators: Float64Array.from(log.starts.subarray(0, -1), (row) => model.expected[row]!) }];
  });
}

/**
 * Doubly robust of sessions (Jiang and Li 2016): the mean of Σₜ γᵗ (wₜ₋₁ V̂(sₜ) + wₜ (rₜ − Q̂(sₜ, aₜ))).
 *
 * @throws RangeError where the log, the predictions or an option break their contract.
 */
export function sessionDoublyRobust(
  log: LoggedSessions,
  model: SessionPredictions,
  options: SessionOptions,
): Estimate {
  return estimateSessions(log, options, ({ weights, discount }) => {
    checkSessionPredictions(model, log.rewards.length);
    const before = weightsBefore(log, weights);
    const corrected = (row: number) =>
      before[row]! * model.expected[row]! + weights[row]! * (log.rewards[row]! - model.logged[row]!);
    return [{ numerators: discountedSums(log.starts, discount, corrected) }];
  });
}

/**
 * Weighted doubly robust of sessions (Thomas and Brunskill 2016): {@link sessionDoublyRobust} with weights that add up to
 * 1 at every step. A session that is over earns 0 and keeps its last weight.
 *
 * @throws RangeError where the log, the predictions or an option break their contract.
 */
export function selfNormalizedSessionDoublyRobust(
  log: LoggedSessions,
  model: SessionPredictions,
  options: SessionOptions,
): Estimate {
  return estimateSessions(log, options, ({ weights, discount }) => {
    checkSessionPredictions(model, log.rewards.length);
    const before = weightsBefore(log, weights);
    const corrections = ratiosOfSteps(
      log,
      discount,
      weights,
      (row) => weights[row]! * (log.rewards[row]! - model.logged[row]!),
    );
    const values: Ratio[] = ratiosOfSteps(
      log,
      discount,
      before,
      (row) => before[row]! * model.expected[row]!,
    );
    return [...corrections, ...values];
  });
}

/** `[rows]`: the weight of the steps before: 1 where a session starts. */
function weightsBefore({ starts }: LoggedSessions, weights: Float64Array): Float64Array {
  const before = new Float64Array(weights.length);
  before.set(weights.subarray(0, -1), 1);
  for (const start of starts.subarray(0, -1)) before[start] = 1;
  return before;
}
