import * as tf from '@tensorflow/tfjs-core';
import { activeKernels } from '../fast-kernels.js';
import { PAIRWISE_PRODUCTS } from '../kernels/register-pairwise-products.js';

/**
 * The products v_a ⊗ v_b of all pairs `a < b`, element by element, in the order (1, 2), (1, 3), …, (2, 3), …, as
 * one operation with one gradient: what DRR-p and DRR-u make a state from.
 *
 * Without fast kernels positions are picked by a product with rows of zeros and a one, which has a gradient on
 * every backend. That of `tf.gather` is slow on most, and the WebAssembly backend has none.
 *
 * See Liu et al. 2018, arXiv 1810.12027, section 4.1.
 *
 * @param vectors - `[batch, n, k]`, n at least 2.
 * @returns `[batch, n (n − 1) / 2, k]`; the caller disposes it.
 */
export function pairwiseProducts(vectors: tf.Tensor3D): tf.Tensor3D {
  if (activeKernels() && vectors.size > 0) return tf.engine().runKernel(PAIRWISE_PRODUCTS, { vectors });
  const n = vectors.shape[1];
  const [firsts, seconds]: [number[], number[]] = [[], []];
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++) {
      firsts.push(a);
      seconds.push(b);
    }
  }
  return tf.tidy(() =>
    tf.mul(tf.matMul(picking(firsts, n), vectors), tf.matMul(picking(seconds, n), vectors)),
  );
}

/** `[positions.length, n]`, each row 1 at its position and 0 elsewhere. */
function picking(positions: readonly number[], n: number): tf.Tensor {
  const rows = new Float32Array(positions.length * n);
  for (const [row, position] of positions.entries()) rows[row * n + position] = 1;
  return tf.tensor2d(rows, [positions.length, n]);
}
