import * as tf from '@tensorflow/tfjs-core';
import type { FastKernels } from '../fast-kernels.js';
import { register } from './register.js';

export const STANDARDIZE = 'Standardize';
const STANDARDIZE_GRADIENT = 'StandardizeGradient';

/** Standardized inputs as one kernel, and their gradient as another. */
export function registerStandardize(fast: FastKernels): void {
  registerStandardizeGradient();
  const run = (
    kernel: 'standardize' | 'standardizeGradient',
    first: tf.TensorInfo,
    second: tf.TensorInfo,
    deviation: tf.TensorInfo,
    limit: number,
  ) => {
    const { shape } = first;
    const columns = shape.at(-1)!;
    const out = fast.backend.makeOutput(shape, 'float32');
    const [a, b, d, to] = [first, second, deviation, out].map((tensor) => fast.addressOf(tensor));
    fast.exports[kernel](a!, b!, d!, to!, tf.util.sizeFromShape(shape) / columns, columns, limit);
    return out;
  };
  register<{ x: tf.TensorInfo; mean: tf.TensorInfo; deviation: tf.TensorInfo }, { limit: number }>(
    fast,
    STANDARDIZE,
    ({ x, mean, deviation }, { limit }) => run('standardize', x, mean, deviation, limit),
  );
  register<{ dy: tf.TensorInfo; y: tf.TensorInfo; deviation: tf.TensorInfo }, { limit: number }>(
    fast,
    STANDARDIZE_GRADIENT,
    ({ dy, y, deviation }, { limit }) => run('standardizeGradient', dy, y, deviation, limit),
  );
}

/** Once is enough: it belongs to no backend. */
function registerStandardizeGradient(): void {
  if (tf.getGradient(STANDARDIZE) !== undefined) return;
  tf.registerGradient({
    kernelName: STANDARDIZE,
    inputsToSave: ['deviation'],
    outputsToSave: [true],
    gradFunc: (gradient, saved, attributes) => {
      const [deviation, y] = saved as [tf.Tensor, tf.Tensor];
      const inputs = { dy: gradient as tf.Tensor, y, deviation };
      return { x: () => tf.engine().runKernel(STANDARDIZE_GRADIENT, inputs, attributes) };
    },
  });
}
