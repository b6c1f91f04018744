import type { Savable } from '@rl-recsys/random';
import type { Batch, Fields, Transition } from '@rl-recsys/replay-buffer';
import type { Figures } from './agent.js';

/** The numbers of the variables that an actor acts by, in the order of the learner's networks. */
export type Weights = readonly Float32Array[];

/** What one update tells. */
export interface LearnResult {
  /** Losses, say. */
  readonly figures: Figures;
  /** `[batch]`: how wrong each transition was predicted, for prioritized replay. */
  readonly tdErrors: Float32Array;
}

/** The half of an agent that learns: batches in, figures and TD errors out, and weights for actors. */
export interface Learner<F extends Fields> extends Savable {
  /** The schema of the transitions that it learns from. */
  readonly fields: F;
  /**
   * Looks at a transition that comes from elsewhere, where its schema does not say all that it must be, before it is stored.
   *
   * @throws RangeError where it can't be learned from, as where an index is in no table; its field is named.
   */
  assertTransition?(transition: Transition<F>): void;
  /** One update; it leaves no tensor behind. */
  learn(batch: Batch<F>): LearnResult;
  /** What a batch shows of the networks as they are, beside what `learn` tells, such as `maxQ`; it learns and draws nothing. */
  inspect?(batch: Batch<F>): Figures;
  /** Copies of what an actor acts by, for `Actor.takeWeights`. */
  weights(): Weights;
  /** Looks at transitions that were made before any learning, once: to bring inputs to one scale, say. */
  prepare?(batch: Batch<F>): void;
  /** Multiplies all learning rates from now on, for schedules. */
  scaleLearningRates(share: number): void;
  /** Frees all variables; safe to call twice. */
  dispose(): void;
}
