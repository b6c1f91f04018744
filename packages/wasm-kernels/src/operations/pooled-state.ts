import * as tf from '@tensorflow/tfjs-core';
import { activeKernels } from '../fast-kernels.js';
import { POOLED_STATE } from '../kernels/register-pooled-state.js';

/** What DRR-ave makes a state from. */
export interface PooledStateInputs {
  /** `[batch, k]` */
  readonly user: tf.Tensor2D;
  /** `[batch, n, k]` */
  readonly items: tf.Tensor3D;
  /** `[batch, n]`: 1 at an item, 0 at padding. */
  readonly mask: tf.Tensor2D;
  /** `[n]`: w, one a position. */
  readonly weights: tf.Tensor1D;
}

/**
 * The state of DRR-ave, [u, u ⊗ g, g] with g = (1 / m) Σ w_a i_a, as one operation with one gradient. The
 * mask has none.
 *
 * Without fast kernels it is the same made of TensorFlow.js's own operations.
 *
 * See Liu et al. 2018, arXiv 1810.12027, section 4.1.
 *
 * @returns `[batch, 3k]`; the caller disposes it.
 */
export function pooledState({ user, items, mask, weights }: PooledStateInputs): tf.Tensor2D {
  if (activeKernels() && items.size > 0) {
    return tf.engine().runKernel(POOLED_STATE, { user, items, mask, weights });
  }
  return tf.tidy(() => {
    const sum = tf.sum(tf.mul(items, tf.expandDims(tf.mul(mask, weights), 2)), 1);
    const count = tf.maximum(tf.sum(mask, 1, true), 1);
    const average: tf.Tensor2D = tf.div(sum, count);
    return tf.concat([user, tf.mul(user, average), average], 1);
  });
}
