import { float32, int32, type Field } from '@rl-recsys/replay-buffer';

/** What replay stores of one step: indices, not state vectors, which would go stale as DRR learns. */
export type TransitionFields = {
  /** The user's index; the same before and after the step. */
  readonly user: Field<'int32', 1>;
  /** `[n]`: H before the step, oldest first, −1 at padding. */
  readonly history: Field<'int32'>;
  /** `[k]`: the vector by which the agent ranked. */
  readonly action: Field<'float32'>;
  /** r: what showing the item earned. */
  readonly reward: Field<'float32', 1>;
  /** 0 where the session terminated, γ elsewhere. */
  readonly discount: Field<'float32', 1>;
  /** `[n]`: H after the step. */
  readonly nextHistory: Field<'int32'>;
};

/**
 * The schema of DRR's transitions, for a replay buffer.
 *
 * @param sizes - `historySize`: n, the length of a history; `embeddingSize`: k, the length of a vector.
 * @throws RangeError where one of them is not a positive integer.
 */
export function transitionFields(sizes: { historySize: number; embeddingSize: number }): TransitionFields {
  return {
    user: int32(),
    history: int32(sizes.historySize),
    action: float32(sizes.embeddingSize),
    reward: float32(),
    discount: float32(),
    nextHistory: int32(sizes.historySize),
  };
}
