import * as tf from '@tensorflow/tfjs-core';

/**
 * The products v_a ⊗ v_b of all pairs a < b, element by element, in the order (1, 2), (1, 3), …, (2, 3), …
 *
 * Positions are picked by a product with rows of zeros and a one, which has a fast gradient on every
 * backend. That of `tf.gather` is slow on most, and the WebAssembly backend has none.
 *
 * @param vectors - `[batch, n, k]`, n at least 2.
 * @returns `[batch, n (n − 1) / 2, k]`; the caller disposes it.
 */
export function pairwiseProducts(vectors: tf.Tensor3D): tf.Tensor3D {
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
