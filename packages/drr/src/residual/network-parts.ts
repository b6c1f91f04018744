import * as tf from '@tensorflow/tfjs-core';
import type { StateFeatures } from './state-features.js';

/** What an actor and a critic of one agent are both made from. */
export interface NetworkParts {
  readonly features: StateFeatures;
  /**
   * The items' vectors `[items, k]`: a variable where they learn, which the network then owns; else a tensor
   * that stays its owner's.
   */
  readonly items: tf.Tensor2D;
  /** `[blocks, k]`, of `blockMembership`; stays its owner's. */
  readonly membership: tf.Tensor2D;
  /** `[k]`: the usual size of each dimension of a user's vector; stays its owner's. */
  readonly userScale: tf.Tensor1D;
  readonly hiddenSize: number;
  /** The share of inputs that are dropped in learning. */
  readonly dropout: number;
}

/** The items' vectors, where they learn. */
export function learnedItems(items: tf.Tensor2D): tf.Variable[] {
  return items instanceof tf.Variable ? [items as tf.Variable] : [];
}
