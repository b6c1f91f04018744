import * as tf from '@tensorflow/tfjs-core';
import { activeKernels } from '../fast-kernels.js';
import { SOFTMAX_LOSS } from '../kernels/register-softmax-loss.js';

/** Scores of what was right and of what stood beside it. */
export interface SoftmaxLossInputs {
  /** The score of each row's right answer: float32 `[rows]`. */
  readonly own: tf.Tensor1D;
  /** The scores of the others: float32 `[rows, columns]`. */
  readonly others: tf.Tensor2D;
  /** Which column is the right answer again, and does not count; −1 where none is: int32 `[rows]`. */
  readonly hidden: tf.Tensor1D;
  /** What each row counts: float32 `[rows]`. */
  readonly weights: tf.Tensor1D;
}

/** So far below all scores that its exponential is 0. */
const NEVER = 1e30;

/**
 * The cross-entropy Σ w (ln Σ eˣ − own), summed over the rows, where x are a row's own score and the others that count.
 *
 * It has gradients for `own` and `others`. With fast kernels one pass gives the loss and both.
 *
 * @returns a scalar; the caller disposes it.
 * @throws RangeError where the shapes do not fit together.
 */
export function softmaxLoss({ own, others, hidden, weights }: SoftmaxLossInputs): tf.Scalar {
  const [rows] = others.shape;
  for (const [name, { shape }] of Object.entries({ own, hidden, weights })) {
    if (shape.length !== 1 || shape[0] !== rows) {
      throw new RangeError(`${name}: expected [${rows}], one for each row of others, got [${shape.join()}]`);
    }
  }
  if (!activeKernels() || others.size === 0) return tf.tidy(() => plain({ own, others, hidden, weights }));
  const fused = tf.customGrad((...given: unknown[]) => {
    const [ownScores, otherScores, save] = given as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const inputs = { own: ownScores, others: otherScores, hidden, weights };
    const answers = tf.engine().runKernel(SOFTMAX_LOSS, inputs) as unknown as tf.Tensor[];
    const [ownGradient, gradient, maxima, sums] = answers;
    save([ownGradient!, gradient!]);
    const value = tf.sum(tf.mul(weights, tf.sub(tf.add(tf.log(sums!), maxima!), ownScores)));
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => saved.map((each) => tf.mul(dy, each));
    return { value, gradFunc };
  });
  return tf.tidy(() => fused(own, others) as tf.Scalar);
}

function plain({ own, others, hidden, weights }: SoftmaxLossInputs): tf.Scalar {
  const [, columns] = others.shape;
  const isHidden = tf.equal(tf.range(0, columns, 1, 'int32'), tf.expandDims(hidden, 1));
  const counting = tf.where(isHidden, tf.fill(others.shape, -NEVER), others);
  const all = tf.concat([tf.expandDims(own, 1), counting], 1);
  return tf.sum(tf.mul(weights, tf.sub(tf.logSumExp(all, 1), own)));
}
