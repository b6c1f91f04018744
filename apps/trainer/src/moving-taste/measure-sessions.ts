import { recommend } from '@rl-recsys/drr';
import type { RecommendationObservation } from '@rl-recsys/environment';
import { isLearning, type LearningPolicy, type Policy } from '@rl-recsys/evaluation';
import type { Random } from '@rl-recsys/random';
import {
  observingPolicy,
  sessionValue,
  type MovingTasteEnvironmentOptions,
  type SessionValue,
} from '@rl-recsys/simulators';

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
 * What each user's sessions are worth under a policy that sees observations alone: the mean of some. A
 * `LearningPolicy` learns within each session and is reset before it.
 */
export function measureSessions(
  policy: Policy,
  { world, historySize, remembers = 'shown', users, sessions, random }: SessionMeasuring,
): SessionValue[] {
  return users.map((user) => {
    const played = Array.from({ length: sessions }, (_, session) => {
      const stream = random.fork(`${user} ${session}`);
      const act = isLearning(policy) ? learningActor(policy) : actor(policy);
      const acting = observingPolicy({ world, historySize, remembers, act, random: stream });
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

function actor(policy: Policy) {
  return (observation: RecommendationObservation) => recommend(policy, observation, 1)[0]!.item;
}

/** Tells the policy of each step once the next observation shows what it earned. */
function learningActor(policy: LearningPolicy) {
  const act = actor(policy);
  let before: { readonly observation: RecommendationObservation; readonly action: number } | undefined;
  void policy.reset();
  return (observation: RecommendationObservation) => {
    if (before) {
      const reward = observation.rewards.at(-1)!;
      const going = { terminated: false, truncated: false };
      void policy.observe({ ...before, reward, nextObservation: observation, ...going });
    }
    const action = act(observation);
    before = { observation, action };
    return action;
  };
}
