import * as tf from '@tensorflow/tfjs-core';

/** Bars a candidate from every softmax and maximum: far below any score, and finite, so that no NaN arises. */
const BARRED = -1e9;

/**
 * A row in the place of a column, or one value for all candidates, would broadcast in silence.
 *
 * @throws TypeError where a tensor has another rank, RangeError where it has other lengths.
 */
function assertShape(name: string, { rank, shape }: tf.Tensor, expected: readonly number[]): void {
  if (rank === expected.length && expected.every((length, axis) => shape[axis] === length)) return;
  const message = `${name}: expected shape [${expected.join(', ')}], got [${shape.join(', ')}]`;
  throw rank === expected.length ? new RangeError(message) : new TypeError(message);
}

/** @throws TypeError where a tensor has another rank. */
function assertRank(name: string, { rank, shape }: tf.Tensor, axes: readonly string[]): void {
  if (rank === axes.length) return;
  throw new TypeError(`${name}: expected shape [${axes.join(', ')}], got [${shape.join(', ')}]`);
}

/**
 * Scores x · a of each row's candidates, far below all others where there is none.
 *
 * @param action - `[batch, k]`
 * @param vectors - `[batch, candidates, k]`
 * @param there - `[batch, candidates]`: 1 at a candidate, 0 where there is none.
 * @returns `[batch, candidates]`; the caller disposes it.
 * @throws TypeError where a tensor has another rank, RangeError where they differ in length.
 */
export function candidateScores(action: tf.Tensor2D, vectors: tf.Tensor3D, there: tf.Tensor2D): tf.Tensor2D {
  assertRank('vectors', vectors, ['batch', 'candidates', 'k']);
  const [batch, candidates, k] = vectors.shape;
  assertShape('action', action, [batch, k]);
  assertShape('there', there, [batch, candidates]);
  return tf.tidy(() => {
    const scores = tf.squeeze<tf.Tensor2D>(tf.matMul(vectors, tf.expandDims<tf.Tensor3D>(action, 2)), [2]);
    return tf.add(tf.mul(scores, there), tf.mul(tf.sub(1, there), BARRED));
  });
}

/**
 * The actor's loss, −(1 / batch) Σ_x π(x | s) Q(s, x), where π is the softmax of the candidates' scores
 * divided by a temperature: its gradient reaches the action through the scores of all candidates, so that it
 * says which item should be shown, not in which direction Q rises between items.
 *
 * It is the expected (all-action) policy gradient, see "Mean actor critic", Asadi et al. 2017, arXiv
 * 1709.00503, equation 3, of a softmax over the items that there are.
 *
 * @param scores - `[batch, candidates]`
 * @param values - `[batch, candidates]`, taken as constants.
 * @returns a scalar; the caller disposes it.
 * @throws TypeError where a tensor has another rank, RangeError where they differ in length.
 */
export function softmaxPolicyLoss(scores: tf.Tensor2D, values: tf.Tensor2D, temperature: number): tf.Scalar {
  assertRank('scores', scores, ['batch', 'candidates']);
  assertShape('values', values, scores.shape);
  return tf.tidy(() => {
    const shares = tf.softmax(tf.div<tf.Tensor2D>(scores, temperature));
    return tf.neg(tf.mean<tf.Scalar>(tf.sum(tf.mul(shares, values), 1)));
  });
}
