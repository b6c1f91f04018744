import type * as tf from '@tensorflow/tfjs-core';
import type { FastKernels } from '../fast-kernels.js';
import { register } from './register.js';

export const SOFTMAX_LOSS = 'SoftmaxLoss';

/** Each row's softmax, and the gradient of its loss in the same pass. */
export function registerSoftmaxLoss(fast: FastKernels): void {
  register<Record<'own' | 'others' | 'hidden' | 'weights', tf.TensorInfo>, object>(
    fast,
    SOFTMAX_LOSS,
    ({ own, others, hidden, weights }) => {
      const [rows, columns] = others.shape as [number, number];
      const make = (shape: number[]) => fast.backend.makeOutput(shape, 'float32');
      const outputs = [make([rows]), make([rows, columns]), make([rows]), make([rows])];
      const inputs = [own, others, hidden, weights];
      const [o, x, i, w, ...to] = [...inputs, ...outputs].map((tensor) => fast.addressOf(tensor));
      fast.exports.softmaxLoss(o!, x!, i!, w!, to[0]!, to[1]!, to[2]!, to[3]!, rows, columns);
      return outputs;
    },
  );
}
