import type { NStepTransition, Transition } from '@rl-recsys/replay-buffer';
import type { RewardedHistory } from '../histories.js';
import type { ResidualFields } from './transition-fields.js';

/** An item that was shown, and the candidates that are stored with it. */
export interface ShownItem {
  readonly item: number;
  /** int32 `[count]`, of `storedCandidates`, the item among them. */
  readonly candidates: Int32Array;
}

/**
 * A transition as `ResidualAgent` learns from it, for a replay buffer.
 *
 * @param transition - arrays are handed on, not copied.
 * @param nextCandidates - int32 `[count]`: what is stored of the candidates of `nextObservation`. They must be that
 * state's own: the best of those of an earlier one suited that one, and a target that looks among them is too low.
 */
export function residualTransition(
  {
    observation,
    action,
    reward,
    nextObservation: next,
    discount,
  }: NStepTransition<RewardedHistory, ShownItem>,
  nextCandidates: Int32Array,
): Transition<ResidualFields> {
  const { user, history, rewards } = observation;
  const { item, candidates } = action;
  // One literal: objects that are spread take longer than all the rest of a step's storing.
  return {
    user,
    history,
    rewards,
    candidates,
    item,
    reward,
    discount,
    nextHistory: next.history,
    nextRewards: next.rewards,
    nextCandidates,
  };
}
