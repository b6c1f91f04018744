import { CandidateItems } from '../candidate-items.js';
import type { TastePolicy } from './policies.js';
import type { MovingTasteWorld } from './world.js';

/** What a session is worth on average; see {@link sessionValue}. */
export interface SessionValue {
  /** The expected sum of its rewards. */
  readonly reward: number;
  /** How many items are shown before the user leaves. */
  readonly length: number;
  /** The mean bait of what is shown, from 0 to 1. */
  readonly bait: number;
  /** The mean mood after what is shown, from −1 to 1. */
  readonly mood: number;
}

/**
 * What a session of `user` is worth under `policy`, without sampling ratings or leaving.
 *
 * Satiation and mood follow from the items alone. So the value is the sum of each item's expected
 * reward, weighted by how likely the user is still there: exact for a deterministic policy, and for a
 * policy that draws (at random, or after noisy ratings) the mean over leaving given its draws.
 *
 * @throws RangeError where there is no such user, or the policy chooses an item that is no candidate.
 */
export function sessionValue(world: MovingTasteWorld, user: number, policy: TastePolicy): SessionValue {
  const state = world.initialState(user);
  const candidates = new CandidateItems(world.itemCount);
  let [survival, reward, length, bait, mood] = [1, 0, 0, 0, 0];
  while (state.shown < world.dynamics.sessionLength && candidates.size > 0) {
    const item = policy(state, candidates.view());
    if (!candidates.has(item)) {
      throw new RangeError(
        `policy: expected one of the ${candidates.size} candidates of user ${user}, got ${item}`,
      );
    }
    reward += survival * world.expectedReward(state, item);
    length += survival;
    bait += survival * world.bait[item]!;
    world.transition(state, item, state);
    mood += survival * state.mood;
    survival *= 1 - world.leavingProbability(state);
    if (!world.repeats) candidates.remove(item);
  }
  return { reward, length, bait: bait / length, mood: mood / length };
}
