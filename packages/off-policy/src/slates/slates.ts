import { estimateOf, type Estimate, type EstimateOptions } from '../estimate.js';
import { overlapOf, type Overlap } from '../overlap.js';
import { sessionDoublyRobust } from '../sessions/doubly-robust.js';
import { perDecisionImportanceSampling } from '../sessions/importance-sampling.js';
import {
  checkLoggedSessions,
  discountedSums,
  longestSession,
  type LoggedSessions,
  type SessionPredictions,
} from '../sessions/logged-sessions.js';

/**
 * Independent slots (Li et al. 2018): each reward weighed by its own slot's ratio, as if no slot had a bearing on another.
 * Probabilities are those of the item at its place, whatever lies in the other slots. `overlap` is that of the place
 * which the log knows least.
 *
 * @param log - slates as sessions: slots are rows, from the top.
 * @throws RangeError where the log or an option breaks its contract.
 */
export function independentSlates(log: LoggedSessions, options: EstimateOptions): Estimate {
  checkLoggedSessions(log);
  const { starts, rewards, propensities, targetProbabilities } = log;
  const ratio = (row: number) => targetProbabilities[row]! / propensities[row]!;
  const numerators = discountedSums(starts, 1, (row) => ratio(row) * rewards[row]!);
  const earned = discountedSums(starts, 1, (row) => rewards[row]!);
  return estimateOf([{ numerators }], leastKnownPlace(starts, ratio), earned, options);
}

/**
 * Reward interaction (McInerney et al. 2020): each reward weighed by the ratios of its slot and of those above, as users
 * read from the top. The same sum as per-decision importance sampling.
 *
 * @param log - slates as sessions: slots are rows, from the top; probabilities are given the slots above.
 * @throws RangeError where the log or an option breaks its contract.
 */
export function rewardInteractionSlates(log: LoggedSessions, options: EstimateOptions): Estimate {
  return perDecisionImportanceSampling(log, options);
}

/**
 * Cascade doubly robust (Kiyohara et al. 2022): reward interaction, corrected by a model of what a slot and those below
 * it earn given those above. The same sum as doubly robust of sessions.
 *
 * @param log - slates as sessions: slots are rows, from the top; probabilities are given the slots above.
 * @throws RangeError where the log, the predictions or an option break their contract.
 */
export function cascadeDoublyRobust(
  log: LoggedSessions,
  model: SessionPredictions,
  options: EstimateOptions,
): Estimate {
  return sessionDoublyRobust(log, model, options);
}

function leastKnownPlace(starts: Int32Array, ratio: (row: number) => number): Overlap {
  const slates = starts.subarray(0, -1);
  const places = Array.from({ length: longestSession(starts) }, (_, place) => {
    const having = slates.filter((start, slate) => start + place < starts[slate + 1]!);
    return overlapOf(Float64Array.from(having, (start) => ratio(start + place)));
  });
  return places.reduce((least, place) =>
    place.effectiveSampleSize < least.effectiveSampleSize ? place : least,
  );
}
