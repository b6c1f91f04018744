import * as tf from '@tensorflow/tfjs-core';

/**
 * A column in the place of a row would broadcast to a matrix in silence.
 *
 * @throws TypeError where one is not of rank 1, RangeError where they differ in length.
 */
function assertVectors(vectors: Record<string, tf.Tensor>): void {
  const [[first, { size }]] = Object.entries(vectors) as [[string, tf.Tensor]];
  for (const [name, { rank, shape }] of Object.entries(vectors)) {
    if (rank !== 1) throw new TypeError(`${name}: expected shape [batch], got [${shape.join(', ')}]`);
    if (shape[0] !== size)
      throw new RangeError(`${name}: expected ${size} numbers like ${first}, got ${shape[0]}`);
  }
}

/**
 * The TD target, y = r + discount · Q'(s', π'(s')).
 *
 * `discount` already is 0 where the task terminated and γᵐ after m steps elsewhere, also where an
 * episode was merely cut off, so that no mask is needed here.
 *
 * See "Continuous control with deep reinforcement learning", Lillicrap et al. 2015, Algorithm 1.
 *
 * @param reward - `[batch]`
 * @param discount - `[batch]`
 * @param nextValue - `[batch]`
 * @returns `[batch]`; the caller disposes it.
 * @throws TypeError where one is not of rank 1, RangeError where they differ in length.
 */
export function tdTarget(reward: tf.Tensor1D, discount: tf.Tensor1D, nextValue: tf.Tensor1D): tf.Tensor1D {
  assertVectors({ reward, discount, nextValue });
  return tf.tidy(() => tf.add(reward, tf.mul(discount, nextValue)));
}

/**
 * The critic's loss, (1 / batch) Σ w δ², over the TD errors δ = y − Q.
 *
 * See "Prioritized experience replay", Schaul et al. 2016, section 3.4, for the importance weights w.
 *
 * @param tdError - `[batch]`
 * @param weight - `[batch]`, 1 everywhere for uniform replay.
 * @returns a scalar; the caller disposes it.
 * @throws TypeError where one is not of rank 1, RangeError where they differ in length.
 */
export function weightedSquaredError(tdError: tf.Tensor1D, weight: tf.Tensor1D): tf.Scalar {
  assertVectors({ tdError, weight });
  // Its own gradient, 2 w δ / batch, takes a third of the operations that TensorFlow.js would chain.
  const loss = tf.customGrad((...given: unknown[]) => {
    const [error, save] = given as [tf.Tensor1D, tf.GradSaveFunc];
    const weighted = tf.mul(weight, error);
    save([weighted]);
    const gradFunc = (dy: tf.Tensor, [saved]: tf.Tensor[]) => tf.mul(saved!, tf.mul(dy, 2 / error.size));
    return { value: tf.mean(tf.mul(weighted, error)), gradFunc };
  });
  return tf.tidy(() => loss(tdError)) as tf.Scalar;
}

/**
 * The actor's loss, −(1 / batch) Σ Q(s, π(s)): its gradient is the deterministic policy gradient, as
 * long as the value was taken at the policy's own actions, not at replayed ones.
 *
 * See "Deterministic policy gradient algorithms", Silver et al. 2014, equation 9.
 *
 * @param value - `[batch]`
 * @returns a scalar; the caller disposes it.
 * @throws TypeError where it is not of rank 1.
 */
export function policyLoss(value: tf.Tensor1D): tf.Scalar {
  assertVectors({ value });
  const loss = tf.customGrad((...given: unknown[]) => {
    const [values] = given as [tf.Tensor1D];
    const gradFunc = (dy: tf.Tensor) => tf.mul(dy, tf.fill(values.shape, -1 / values.size));
    return { value: tf.neg(tf.mean(values)), gradFunc };
  });
  return tf.tidy(() => loss(value)) as tf.Scalar;
}

/**
 * A penalty on large actions, λ · mean(a²): it keeps a tanh actor where its gradient has not vanished.
 *
 * See "Hindsight experience replay", Andrychowicz et al. 2017, arXiv 1707.01495, appendix A.
 *
 * @param action - `[batch, actionSize]`
 * @returns a scalar; the caller disposes it.
 * @throws TypeError where it is not of rank 2.
 */
export function actionPenalty(action: tf.Tensor2D, weight: number): tf.Scalar {
  if (action.rank !== 2) {
    throw new TypeError(`action: expected shape [batch, actionSize], got [${action.shape.join(', ')}]`);
  }
  return tf.tidy(() => tf.mul(tf.mean<tf.Scalar>(tf.square(action)), weight));
}
