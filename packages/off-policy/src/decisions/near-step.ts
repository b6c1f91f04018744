import { checkNumber, SHARE_WITHIN } from '../columns.js';
import type { Estimate } from '../estimate.js';
import { LEAST_EFFECTIVE_SAMPLE_SIZE, type Overlap } from '../overlap.js';
import { sessionDoublyRobust } from '../sessions/doubly-robust.js';
import type { LoggedSessions, SessionPredictions } from '../sessions/logged-sessions.js';
import type { SessionOptions } from '../sessions/session-options.js';

/**
 * A policy between two: (1 − share) · serving + share · new, of scores or, where items are scored by x · a, of actions.
 * Each is of its own temperature's scale: divide by it first.
 *
 * @returns `[as many]`
 * @throws RangeError where the two differ in length or `share` is not from 0 to 1.
 */
export function mixScores(serving: Float32Array, fresh: Float32Array, share: number): Float32Array {
  if (serving.length !== fresh.length) {
    throw new RangeError(`fresh: expected ${serving.length} scores, got ${fresh.length}`);
  }
  checkNumber('share', share, {
    expected: 'a number from 0 to 1',
    holds: (value) => value >= 0 && value <= 1,
  });
  return serving.map((score, place) => (1 - share) * score + share * fresh[place]!);
}

/** Halvings of the way from the serving policy to the new one: to a thousandth. */
const HALVINGS = 10;
/** Where the sessions of a log do what a policy does the mean of weights is near 1. */
const MEAN_WEIGHT_WITHIN = 0.15;

/**
 * How far one may go from the serving policy towards a new one and still be judged by the log: the largest share of the
 * way that keeps `effectiveShare` of the log as its effective sample, found by bisection. 0 where nothing can be kept.
 *
 * @param overlapAt - the overlap of the policy at a share of the way, such as `overlapOf` of its sessions' weights.
 * @param effectiveShare - the share of units (default 0.2).
 */
export function largestShare(overlapAt: (share: number) => Overlap, effectiveShare = 0.2): number {
  checkNumber('effectiveShare', effectiveShare, SHARE_WITHIN);
  const keeps = (share: number) => {
    const { effectiveSampleSize, units } = overlapAt(share);
    return effectiveSampleSize >= effectiveShare * units;
  };
  if (keeps(1)) return 1;
  let [low, high] = [0, 1];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (keeps(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Whether a near step may be published, and why not. */
export interface NearStepJudgement {
  readonly publish: boolean;
  /** How much more a session of the step earns than one of the log. */
  readonly gain: Estimate;
  /** What speaks against it, each in a sentence; none where it may be published. */
  readonly reasons: readonly string[];
}

/**
 * Judges a step close to the serving policy by sessions that learning has never seen. It may be published where the
 * effective sample is 100 at least, the mean weight within 0.15 of 1 and the lower bound of doubly robust's gain (bootstrap)
 * above 0. An effective sample alone is fooled by far policies: those whose sessions the log lacks have small weights, and many.
 *
 * For one candidate: of many that are judged by one log the best looks better than it is.
 *
 * @throws RangeError where the log, the predictions or an option break their contract.
 */
export function judgeNearStep(
  log: LoggedSessions,
  model: SessionPredictions,
  options: Omit<SessionOptions, 'gain'>,
): NearStepJudgement {
  const gain = sessionDoublyRobust(log, model, { ...options, gain: true });
  const { effectiveSampleSize, meanWeight } = gain.overlap;
  const reasons: string[] = [];
  if (effectiveSampleSize < LEAST_EFFECTIVE_SAMPLE_SIZE) reasons.push(gain.warning!);
  if (!(Math.abs(meanWeight - 1) <= MEAN_WEIGHT_WITHIN)) {
    reasons.push(`the mean weight is ${meanWeight.toFixed(2)}, further than ${MEAN_WEIGHT_WITHIN} from 1`);
  }
  if (!(gain.bootstrap.low > 0)) {
    reasons.push(`the gain's lower bound is ${gain.bootstrap.low.toFixed(3)}, not above 0`);
  }
  return { publish: reasons.length === 0, gain, reasons };
}
