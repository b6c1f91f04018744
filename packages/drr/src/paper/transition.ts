import type { NStepTransition, Transition } from '@rl-recsys/replay-buffer';
import type { UserHistory } from './policy-network.js';
import type { TransitionFields } from './transition-fields.js';

/**
 * A transition as `DrrLearner` learns from it, for a replay buffer.
 *
 * @param transition - its action is the vector `[k]` that chose the item; arrays are handed on, not copied.
 */
export function drrTransition({
  observation,
  action,
  reward,
  nextObservation,
  discount,
}: NStepTransition<UserHistory, Float32Array>): Transition<TransitionFields> {
  const { user, history } = observation;
  return { user, history, action, reward, discount, nextHistory: nextObservation.history };
}
