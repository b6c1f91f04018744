import * as tf from '@tensorflow/tfjs-core';

/**
 * `tf.gather` of a table's rows, with a gradient on every backend: that of `tf.gather` adds rows up by a kernel which
 * TensorFlow.js's own WASM backend lacks.
 *
 * @param table - `[any, …]`
 * @param rows - int32 `[any]`
 * @returns `[rows, …]`; the caller disposes them.
 */
export function gatherRows<T extends tf.Tensor>(table: T, rows: tf.Tensor1D): T {
  if (tf.getKernel('UnsortedSegmentSum', tf.getBackend())) return tf.gather(table, rows);
  const gathered = tf.customGrad((x, save) => {
    (save as tf.GradSaveFunc)([rows]);
    return {
      value: tf.gather(x as tf.Tensor, rows),
      gradFunc: (dy, [saved]) => addedUp(dy, saved!, table.shape),
    };
  });
  return gathered(table) as T;
}

/** Rows that are each added to one row of zeros of a shape. */
function addedUp(added: tf.Tensor, rows: tf.Tensor, shape: number[]): tf.Tensor {
  const sums = new Float32Array(tf.util.sizeFromShape(shape));
  const width = sums.length / shape[0]!;
  const [from, to] = [added.dataSync<'float32'>(), rows.dataSync<'int32'>()];
  for (let row = 0; row < to.length; row++) {
    const [sum, start] = [to[row]! * width, row * width];
    for (let d = 0; d < width; d++) sums[sum + d]! += from[start + d]!;
  }
  return tf.tensor(sums, shape);
}
