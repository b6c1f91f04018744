import * as tf from '@tensorflow/tfjs-core';

/** Far enough below any score that its exponential is 0, near enough that nothing overflows. */
const NEVER = 1e9;

/** How many steps and windows stand side by side, and by how many heads they are looked at. */
export interface AttentionShape {
  readonly length: number;
  readonly size: number;
  readonly heads: number;
}

/**
 * Causal self-attention, head by head: Σ_b softmax_b(q_a · k_b / √(d / heads)) v_b over steps b ≤ a of the same window.
 * As windows begin at the first step, what fills the short ones up stands behind all that is asked about.
 *
 * @param projected - queries, keys and values side by side: float32 `[length · size, 3d]`.
 * @returns float32 `[length · size, d]`
 */
export function causalAttention(
  projected: tf.Tensor2D,
  { length, size, heads }: AttentionShape,
): tf.Tensor2D {
  const width = projected.shape[1] / 3;
  const perHead = width / heads;
  const [queries, keys, values] = tf
    .split(projected, 3, 1)
    .map((part) => tf.transpose(tf.reshape(part, [length, size * heads, perHead]), [1, 0, 2]));
  const scores = tf.mul(tf.matMul(queries!, keys!, false, true), 1 / Math.sqrt(perHead));
  const attention = tf.softmax(tf.add(scores, later(length)));
  const attended = tf.transpose(tf.matMul(attention, values!), [1, 0, 2]);
  return tf.reshape(attended, [length * size, width]);
}

/** What hides from each step those behind it: `[length, length]`. */
function later(length: number): tf.Tensor2D {
  const values = Float32Array.from({ length: length ** 2 }, (_, place) =>
    place % length > Math.floor(place / length) ? -NEVER : 0,
  );
  return tf.tensor2d(values, [length, length]);
}
