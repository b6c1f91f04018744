import type { SavedLinear } from '@rl-recsys/embeddings';
import type { Random } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';

/** How often the subspace is turned: the first vectors stand still long before. */
const TURNS = 4;

/**
 * Vectors of items that span what a linear model says of them: an orthonormal basis of its k strongest right singular
 * vectors, found by subspace iteration from a random start.
 *
 * See "Finding structure with randomness", Halko et al. 2011, algorithm 4.4.
 *
 * @param model - B `[items, items]`.
 * @param size - k, at most the number of items.
 * @returns float32 `[items, k]`, whose columns have length 1.
 */
export function itemFactors({ weights, itemCount }: SavedLinear, size: number, random: Random): Float32Array {
  const basis = Float32Array.from({ length: itemCount * size }, () => random.normal());
  orthonormalize(basis, itemCount, size);
  const matrix = tf.tensor2d(weights, [itemCount, itemCount]);
  for (let turn = 0; turn < TURNS; turn++) {
    const turned = tf.tidy(() => {
      const q = tf.tensor2d(basis, [itemCount, size]);
      return tf.matMul(matrix, tf.matMul(matrix, q), true).dataSync();
    });
    basis.set(turned);
    orthonormalize(basis, itemCount, size);
  }
  matrix.dispose();
  return basis;
}

/** Gram and Schmidt's, on columns, in place, each twice for the sake of rounding. */
function orthonormalize(basis: Float32Array, rows: number, columns: number): void {
  const projection = new Float64Array(columns);
  for (let column = 0; column < columns; column++) {
    for (let pass = 0; pass < 2; pass++) {
      projection.fill(0);
      for (let at = 0; at < rows * columns; at += columns) {
        const own = basis[at + column]!;
        for (let k = 0; k < column; k++) projection[k]! += own * basis[at + k]!;
      }
      for (let at = 0; at < rows * columns; at += columns) {
        let own = basis[at + column]!;
        for (let k = 0; k < column; k++) own -= projection[k]! * basis[at + k]!;
        basis[at + column] = own;
      }
    }
    let squares = 0;
    for (let at = column; at < rows * columns; at += columns) squares += basis[at]! ** 2;
    const shrink = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let at = column; at < rows * columns; at += columns) basis[at]! *= shrink;
  }
}
