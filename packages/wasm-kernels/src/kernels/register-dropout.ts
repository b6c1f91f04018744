import * as tf from '@tensorflow/tfjs-core';
import type { FastKernels } from '../fast-kernels.js';
import { register } from './register.js';

export const DROPOUT = 'SeededDropout';

interface Attributes {
  readonly rate: number;
  readonly seed: Uint32Array;
}

/** Dropout by a seed; its gradient is the same of the gradient. */
export function registerDropout(fast: FastKernels): void {
  registerDropoutGradient();
  register<{ x: tf.TensorInfo }, Attributes>(fast, DROPOUT, ({ x }, { rate, seed }) => {
    const out = fast.backend.makeOutput(x.shape, 'float32');
    const words = fast.scratch(seed.byteLength);
    fast.integers(words, seed.length).set(seed);
    const [from, to] = [fast.addressOf(x), fast.addressOf(out)];
    const length = tf.util.sizeFromShape(x.shape);
    fast.exports.dropout(from, to, length, 1 / (1 - rate), Math.floor(rate * 2 ** 32), words);
    return out;
  });
}

/** Once is enough: it belongs to no backend. */
function registerDropoutGradient(): void {
  if (tf.getGradient(DROPOUT) !== undefined) return;
  tf.registerGradient({
    kernelName: DROPOUT,
    gradFunc: (gradient, _saved, attributes) => ({
      x: () => tf.engine().runKernel(DROPOUT, { x: gradient as tf.Tensor }, attributes),
    }),
  });
}
