import { float32, int32, type Batch } from '@rl-recsys/replay-buffer';
import type { ResidualFields } from '../residual/transition-fields.js';

/** What a reward model learns from: the fields of a `ResidualAgent`'s transitions that say nothing of later steps. */
export type RewardFields = Pick<ResidualFields, 'user' | 'history' | 'rewards' | 'item' | 'reward'>;

/** A batch as a replay buffer with {@link RewardFields} fills it; one of a `ResidualAgent`'s fits too. */
export type RewardBatch = Pick<Batch<RewardFields>, 'columns' | 'weights'>;

/**
 * The schema of a `RewardModel`'s transitions, for a replay buffer.
 *
 * @param historySize - n, the length of a history.
 * @throws RangeError where it is not a positive integer.
 */
export function rewardFields(historySize: number): RewardFields {
  return {
    user: int32(),
    history: int32(historySize),
    rewards: float32(historySize),
    item: int32(),
    reward: float32(),
  };
}
