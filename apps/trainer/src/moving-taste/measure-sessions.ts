import { recommend } from '@rl-recsys/drr';
import type { RecommendationObservation } from '@rl-recsys/environment';
import type { Policy } from '@rl-recsys/evaluation';
import type { Random } from '@rl-recsys/random';
import {
  observingPolicy,
  sessionValue,
  type MovingTasteWorld,
  type SessionValue,
  type TastePolicy,
} from '@rl-recsys/simulators';
import { mean } from 'simple-statistics';
import { HISTORY_SIZE } from './train-in-world.js';

/** What each user's sessions are worth under a policy of the true state. */
export function valuesOf(
  world: MovingTasteWorld,
  users: readonly number[],
  policy: TastePolicy,
): SessionValue[] {
  return users.map((user) => sessionValue(world, user, policy));
}

/**
 * The same under a policy that sees observations alone: the mean of some sessions of each user, because the
 * ratings that it sees are noisy.
 */
export function observedValuesOf(
  world: MovingTasteWorld,
  users: readonly number[],
  policy: Pick<Policy, 'score'>,
  { sessions, random }: { readonly sessions: number; readonly random: Random },
): SessionValue[] {
  const act = (observation: RecommendationObservation) => recommend(policy, observation, 1)[0]!.item;
  return users.map((user) => {
    const played = Array.from({ length: sessions }, (_, session) => {
      const stream = random.fork(`${user} ${session}`);
      return sessionValue(
        world,
        user,
        observingPolicy({ world, historySize: HISTORY_SIZE, act, random: stream }),
      );
    });
    const average = (measure: keyof SessionValue) => mean(played.map((value) => value[measure]));
    return {
      reward: average('reward'),
      length: average('length'),
      bait: average('bait'),
      mood: average('mood'),
    };
  });
}
