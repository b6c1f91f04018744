import * as tf from '@tensorflow/tfjs-core';
import { activeKernels } from '../fast-kernels.js';
import { MAT_MUL_PRODUCTS } from '../kernels/register-products.js';

/**
 * [x, v₁ ⊗ x, v₂ ⊗ x …] · W, where each row has vectors of its own and several x: what a dense layer makes of
 * items and of their products with a user's vectors. With fast kernels no product is ever written, which is
 * several times as fast where a row has many x.
 *
 * It has no gradient.
 *
 * @param x - `[batch, count, k]`
 * @param vectors - `[batch, m · k]`: v₁, v₂ … side by side.
 * @param weights - `[(1 + m) · k, units]`
 * @returns `[batch, count, units]`; the caller disposes it.
 * @throws RangeError where the shapes don't fit together.
 */
export function matMulProducts(x: tf.Tensor3D, vectors: tf.Tensor2D, weights: tf.Tensor2D): tf.Tensor3D {
  const [batch, count, k] = x.shape;
  const [rows, units] = weights.shape;
  const terms = rows / k - 1;
  if (!Number.isInteger(terms) || vectors.shape[0] !== batch || vectors.shape[1] !== terms * k) {
    const got = `[${vectors.shape.join()}] and [${weights.shape.join()}]`;
    throw new RangeError(
      `vectors and weights: expected [${batch}, m · ${k}] and [(1 + m) · ${k}, units], got ${got}`,
    );
  }
  if (activeKernels() && x.size * units > 0) {
    return tf.engine().runKernel(MAT_MUL_PRODUCTS, { x, vectors, weights });
  }
  return tf.tidy(() => {
    const products = Array.from({ length: terms }, (_, term): tf.Tensor3D =>
      tf.mul(x, tf.expandDims(tf.slice(vectors, [0, term * k], [batch, k]), 1)),
    );
    const inputs: tf.Tensor2D = tf.reshape(tf.concat([x, ...products], 2), [batch * count, rows]);
    return tf.reshape(tf.matMul(inputs, weights), [batch, count, units]);
  });
}
