import type * as tf from '@tensorflow/tfjs-core';

/** Transitions as tensors; the caller disposes them. */
export interface DdpgBatch {
  /** What the encoder takes, or `[batch, stateSize]` alone where there is none. */
  readonly observation: readonly tf.Tensor[];
  /** `[batch, actionSize]` */
  readonly action: tf.Tensor2D;
  /** `[batch]` */
  readonly reward: tf.Tensor1D;
  /** `[batch]`: 0 where the task terminated, γ (or γᵐ over m steps) elsewhere. */
  readonly discount: tf.Tensor1D;
  readonly nextObservation: readonly tf.Tensor[];
  /** `[batch]`: importance weights; 1 for uniform replay. */
  readonly weight: tf.Tensor1D;
}

/** What one update tells; a type and not an interface, so that `tf.tidy` may return it. */
export type DdpgLearnResult = {
  /** Importance-weighted mean squared TD error, before the update. */
  readonly criticLoss: number;
  /** −mean Q(s, π(s)), after the critics' update and before the actor's; undefined where it was not its turn. */
  readonly actorLoss: number | undefined;
  /** float32 `[batch]`: y − Q(s, a) of each transition by the first critic, for prioritized replay. */
  readonly tdErrors: Float32Array;
};
