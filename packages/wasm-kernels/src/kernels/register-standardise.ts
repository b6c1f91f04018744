import * as tf from '@tensorflow/tfjs-core';
import type { FastKernels } from '../fast-kernels.js';
import { register } from './register.js';

export const STANDARDISE = 'Standardise';
const STANDARDISE_GRADIENT = 'StandardiseGradient';

/** Standardised inputs as one kernel, and their gradient as another. */
export function registerStandardise(fast: FastKernels): void {
  registerStandardiseGradient();
  const run = (
    kernel: 'standardise' | 'standardiseGradient',
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
    STANDARDISE,
    ({ x, mean, deviation }, { limit }) => run('standardise', x, mean, deviation, limit),
  );
  register<{ dy: tf.TensorInfo; y: tf.TensorInfo; deviation: tf.TensorInfo }, { limit: number }>(
    fast,
    STANDARDISE_GRADIENT,
    ({ dy, y, deviation }, { limit }) => run('standardiseGradient', dy, y, deviation, limit),
  );
}

/** Once is enough: it belongs to no backend. */
function registerStandardiseGradient(): void {
  if (tf.getGradient(STANDARDISE) !== undefined) return;
  tf.registerGradient({
    kernelName: STANDARDISE,
    inputsToSave: ['deviation'],
    outputsToSave: [true],
    gradFunc: (gradient, saved, attributes) => {
      const [deviation, y] = saved as [tf.Tensor, tf.Tensor];
      const inputs = { dy: gradient as tf.Tensor, y, deviation };
      return { x: () => tf.engine().runKernel(STANDARDISE_GRADIENT, inputs, attributes) };
    },
  });
}
