import type * as tf from '@tensorflow/tfjs-core';
import type { Drop } from './dropping.js';
import type { SequenceBatch } from './sequence-windows.js';

/** A network that reads sequences of items, and says after each item what should come next. */
export interface SequenceModel {
  /** Vectors that items are read and scored by: float32 `[items, d]`. */
  readonly items: tf.Variable;
  /** What each item scores whatever was read: float32 `[items]`. */
  readonly itemBias: tf.Variable;
  /** All that is learned, these two too; who made the model disposes them. */
  readonly learned: readonly tf.Variable[];
  /** The vectors `[targets, d]` that the items are held against, after each step that has a next item. */
  heads(batch: SequenceBatch, drop: Drop): tf.Tensor2D;
}
