import type { RecommendationObservation } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { assertPositiveIntegers } from '../positive-integers.js';
import type { MovingTasteEnvironmentOptions } from './environment.js';
import { observingPolicy, type ObservingPolicyOptions } from './observing-policy.js';
import { sessionValue, type SessionValue } from './session-value.js';

/**
 * A policy whose sessions are measured, such as a `Policy` of `@rl-recsys/evaluation`. One that has both `reset` and
 * `observe` learns within each session; it must do so at once, for promises are not waited for.
 */
export interface MeasuredPolicy {
  /** Writes to `scores[i]` (float32 `[items]`) how much `items[i]` (int32 `[items]`) should be shown. */
  score(observation: RecommendationObservation, items: Int32Array, scores: Float32Array): void;
  /** Forgets what it has learned in sessions; called before each. */
  reset?(): unknown;
  /** Learns from a step of the running session; called after each but the last. */
  observe?(step: MeasuredStep): unknown;
}

/** A step of a measured session, which goes on after it. */
export interface MeasuredStep {
  readonly observation: RecommendationObservation;
  /** The item that was shown. */
  readonly action: number;
  readonly reward: number;
  readonly nextObservation: RecommendationObservation;
  readonly terminated: boolean;
  readonly truncated: boolean;
}

/** Whose sessions are measured, and what is seen of them. */
export interface SessionMeasuring extends Pick<
  MovingTasteEnvironmentOptions,
  'world' | 'historySize' | 'remembers'
> {
  readonly users: readonly number[];
  /** How many sessions of each user, because the ratings that a policy sees are noisy. */
  readonly sessions: number;
  readonly random: Random;
}

/**
 * What each user's sessions are worth under a policy that sees observations alone: the mean of some. It shows the
 * candidate that scores highest, of equal ones that with the lower index.
 *
 * @returns `[users]`
 * @throws RangeError where `sessions` is not a positive integer, the policy scores no candidate above −∞, or learns where histories have no more than likes:
 * they do not tell what a step earned.
 */
export function measureSessions(
  policy: MeasuredPolicy,
  { world, historySize, remembers = 'shown', users, sessions, random }: SessionMeasuring,
): SessionValue[] {
  assertPositiveIntegers({ sessions });
  if (learns(policy) && remembers !== 'shown') {
    throw new RangeError(`remembers: expected shown for a policy that learns, got ${remembers}`);
  }
  return users.map((user) => {
    const played = Array.from({ length: sessions }, (_, session) => {
      const stream = random.fork(`${user} ${session}`);
      const acting = observingPolicy({ world, historySize, remembers, act: actorOf(policy), random: stream });
      return sessionValue(world, user, acting);
    });
    const average = (measure: keyof SessionValue) =>
      played.reduce((sum, value) => sum + value[measure], 0) / sessions;
    return {
      reward: average('reward'),
      length: average('length'),
      bait: average('bait'),
      mood: average('mood'),
    };
  });
}

function learns(policy: MeasuredPolicy): policy is Required<MeasuredPolicy> {
  return policy.reset !== undefined && policy.observe !== undefined;
}

/** Acts in one session; tells a policy that learns of each step once the next observation shows what it earned. */
function actorOf(policy: MeasuredPolicy): ObservingPolicyOptions['act'] {
  if (!learns(policy)) return (observation) => bestCandidate(policy, observation);
  let before: Pick<MeasuredStep, 'observation' | 'action'> | undefined;
  policy.reset();
  return (observation) => {
    if (before) {
      const reward = observation.rewards.at(-1)!;
      const going = { terminated: false, truncated: false };
      policy.observe({ ...before, reward, nextObservation: observation, ...going });
    }
    const action = bestCandidate(policy, observation);
    before = { observation, action };
    return action;
  };
}

/** A copy, sorted; they are already where the world offers them, and to look is faster than to sort. */
function ascending(items: Int32Array): Int32Array {
  for (let place = 1; place < items.length; place++)
    if (items[place]! < items[place - 1]!) return items.slice().sort();
  return items.slice();
}

function bestCandidate(policy: MeasuredPolicy, observation: RecommendationObservation): number {
  const candidates = ascending(observation.candidates); // so that of equal scores the lower index stands first
  const scores = new Float32Array(candidates.length);
  policy.score(observation, candidates, scores);
  let [best, highest] = [-1, -Infinity];
  for (let place = 0; place < scores.length; place++) {
    if (scores[place]! > highest) [best, highest] = [candidates[place]!, scores[place]!];
  }
  if (best < 0) throw new RangeError('scores: expected one above −∞ among the candidates, got none');
  return best;
}
