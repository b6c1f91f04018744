import { ItemHistory, type RecommendationObservation } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { isLiked, rewardOf } from '@rl-recsys/rating-log';
import { drawRating, stars } from './dynamics.js';
import type { MovingTasteEnvironmentOptions } from './environment.js';
import type { TastePolicy } from './policies.js';

/** Who acts in {@link observingPolicy}, and what it sees. */
export interface ObservingPolicyOptions extends Pick<
  MovingTasteEnvironmentOptions,
  'world' | 'historySize' | 'remembers'
> {
  /** Chooses an item from what {@link movingTasteEnvironment} would show. */
  readonly act: (observation: RecommendationObservation) => number;
  /** Draws the ratings that the history holds. */
  readonly random: Random;
}

/**
 * An agent that sees observations, not the state, as a policy for {@link sessionValue}.
 *
 * So an agent is scored without the noise of who leaves when. It plays one session at a time, from its
 * start to its end.
 */
export function observingPolicy({
  world,
  historySize,
  remembers = 'shown',
  act,
  random,
}: ObservingPolicyOptions): TastePolicy {
  let history = new ItemHistory(historySize);
  return (state, candidates) => {
    if (state.shown === 0) history = new ItemHistory(historySize);
    const item = act({ user: state.user, ...history.observe(), candidates: candidates.slice() });
    const rating = drawRating(world.meanRating(state, item), world.dynamics, random);
    if (remembers === 'shown' || isLiked(rating, stars)) history.push(item, rewardOf(rating, stars));
    return item;
  };
}
