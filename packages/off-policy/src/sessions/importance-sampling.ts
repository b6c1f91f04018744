import { estimateOf, type Estimate } from '../estimate.js';
import { overlapOf } from '../overlap.js';
import type { Ratio } from '../statistics/sum-of-ratios.js';
import {
  checkLoggedSessions,
  cumulativeWeights,
  discountedSums,
  longestSession,
  sessionWeights,
  type LoggedSessions,
} from './logged-sessions.js';
import { discountOf, type SessionOptions } from './session-options.js';

/**
 * Trajectory-wise importance sampling (Precup, Sutton and Singh 2000): what sessions earned, each weighed by the ratios of
 * all its steps. Its variance grows with the length of sessions: of use for short ones and policies close by.
 *
 * @throws RangeError where the log or an option breaks its contract.
 */
export function trajectoryImportanceSampling(log: LoggedSessions, options: SessionOptions): Estimate {
  return estimateSessions(log, options, ({ whole, earned }) => [
    { numerators: whole.map((weight, session) => weight * earned[session]!) },
  ]);
}

/**
 * Self-normalized trajectory-wise importance sampling: Σ w g / Σ w over sessions.
 *
 * @throws RangeError where the log or an option breaks its contract.
 */
export function selfNormalizedTrajectoryImportanceSampling(
  log: LoggedSessions,
  options: SessionOptions,
): Estimate {
  return estimateSessions(log, options, ({ whole, earned }) => [
    { numerators: whole.map((weight, session) => weight * earned[session]!), denominators: whole },
  ]);
}

/**
 * Per-decision importance sampling (Precup, Sutton and Singh 2000): each reward weighed by the ratios of the steps up to
 * it alone, for what comes later can't have caused it.
 *
 * @throws RangeError where the log or an option breaks its contract.
 */
export function perDecisionImportanceSampling(log: LoggedSessions, options: SessionOptions): Estimate {
  return estimateSessions(log, options, ({ weights, discount }) => [
    { numerators: discountedSums(log.starts, discount, (row) => weights[row]! * log.rewards[row]!) },
  ]);
}

/**
 * Self-normalized per-decision importance sampling (Thomas 2015): Σₜ γᵗ (Σ wₜ rₜ / Σ wₜ). A session that is over earns 0
 * and keeps its last weight.
 *
 * @throws RangeError where the log or an option breaks its contract.
 */
export function selfNormalizedPerDecisionImportanceSampling(
  log: LoggedSessions,
  options: SessionOptions,
): Estimate {
  return estimateSessions(log, options, ({ weights, discount }) =>
    ratiosOfSteps(log, discount, weights, (row) => weights[row]! * log.rewards[row]!),
  );
}

/** What the ratios of a log's steps are made of. */
interface Weighted {
  readonly discount: number;
  /** `[rows]` */
  readonly weights: Float64Array;
  /** `[sessions]` */
  readonly whole: Float64Array;
  /** `[sessions]` */
  readonly earned: Float64Array;
}

/** Checks a log and its options, and makes an estimate of whatever ratios an estimator makes of it. */
export function estimateSessions(
  log: LoggedSessions,
  options: SessionOptions,
  ratios: (weighted: Weighted) => readonly Ratio[],
): Estimate {
  checkLoggedSessions(log);
  const discount = discountOf(options);
  const weights = cumulativeWeights(log);
  const whole = sessionWeights(log, weights);
  const earned = discountedSums(log.starts, discount, (row) => log.rewards[row]!);
  return estimateOf(ratios({ discount, weights, whole, earned }), overlapOf(whole), earned, options);
}

/** One ratio a step: γᵗ Σ x / Σ wₜ, x being 0 in sessions that are over. */
export function ratiosOfSteps(
  { starts }: LoggedSessions,
  discount: number,
  weights: Float64Array,
  value: (row: number) => number,
): Ratio[] {
  const sessions = starts.length - 1;
  return Array.from({ length: longestSession(starts) }, (_, step) => {
    const numerators = new Float64Array(sessions);
    const denominators = new Float64Array(sessions);
    for (let session = 0; session < sessions; session++) {
      const [row, end] = [starts[session]! + step, starts[session + 1]!];
      if (row < end) numerators[session] = discount ** step * value(row);
      denominators[session] = weights[Math.min(row, end - 1)]!;
    }
    return { numerators, denominators };
  });
}
