import type { Environment, RecommendationObservation } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import type { RatingLog } from '@rl-recsys/rating-log';
import { assertPolicy } from '../check/assert-policy.js';
import { checkPositiveInteger } from '../check-positive-integer.js';
import { checkUnseen, type LeakOptions } from '../leak.js';
import { repeatRateOf } from '../metrics/repeat-rate.js';
import type { Policy } from '../policy.js';
import { isLearning } from './learning-policy.js';
import { playSession, type PlayedSession } from './play-session.js';
import { sessionResultOf, type SessionResult } from './session-result.js';

/** The sessions that a policy is measured in. */
export interface SessionProtocol extends LeakOptions {
  readonly environment: Environment<RecommendationObservation, number>;
  /** How many sessions to play. */
  readonly sessions: number;
  /** T, how many items a session shows at most (default 10, as in DRR). */
  readonly steps?: number;
  /** Names the sessions: every policy that is given it meets the same users at the same moments. */
  readonly random: Random;
  /** Whether a `LearningPolicy` learns within the sessions (default true). */
  readonly learn?: boolean;
  /** The held-out ratings, where the environment plays a log back: the policy must not have seen them. */
  readonly test?: RatingLog;
}

/**
 * Measures a policy in sessions with an environment, as in Algorithm 3 of DRR (Liu et al. 2018).
 *
 * A `LearningPolicy` is reset to its trained parameters before each session and after the last, and learns
 * from each step; all others, and all with `learn: false`, only act. Session i is the environment's after a
 * `reset` with the i-th seed of `random`, which itself stays where it is; the environment picks the user.
 *
 * @throws TypeError where `policy` is none; RangeError where a number is not a positive integer, the policy was fitted on some of `test` (unless
 * `allowSeen`), it leaves a candidate without a score, or the environment has no candidate.
 */
export async function evaluateSessions(
  policy: Policy,
  { environment, sessions, steps = 10, random, learn = true, test, ...leaks }: SessionProtocol,
): Promise<SessionResult> {
  assertPolicy(policy);
  checkPositiveInteger('sessions', sessions);
  checkPositiveInteger('steps', steps);
  const seen = test ? checkUnseen(policy, test, leaks) : 0;
  const learning = isLearning(policy) ? policy : undefined;
  const observe = (learn && learning?.observe.bind(learning)) || (() => {});
  const seeds = random.fork('sessions');
  const played: PlayedSession[] = [];
  try {
    for (let session = 0; session < sessions; session++) {
      await learning?.reset();
      const seed = seeds.integer(Number.MAX_SAFE_INTEGER);
      played.push(await playSession(policy, environment, { steps, seed, observe }));
    }
  } finally {
    await learning?.reset();
  }
  return sessionResultOf(
    { policy: policy.name, seen },
    {
      user: Int32Array.from(played, ({ user }) => user),
      reward: Float64Array.from(played, ({ rewards }) => rewards.reduce((sum, each) => sum + each, 0)),
      length: Float64Array.from(played, ({ items }) => items.length),
      repeatRate: Float64Array.from(played, ({ items }) => repeatRateOf(items)),
    },
    played.map(({ user, items, rewards }) => ({
      ...{ user, items: Int32Array.from(items), rewards: Float64Array.from(rewards) },
    })),
  );
}
