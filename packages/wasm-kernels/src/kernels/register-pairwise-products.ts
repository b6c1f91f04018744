import * as tf from '@tensorflow/tfjs-core';
import type { FastKernels } from '../fast-kernels.js';
import { register } from './register.js';

export const PAIRWISE_PRODUCTS = 'PairwiseProducts';
const PAIRWISE_PRODUCTS_GRADIENT = 'PairwiseProductsGradient';

/** The products of all pairs of vectors as one kernel, and their gradient as another. */
export function registerPairwiseProducts(fast: FastKernels): void {
  registerPairwiseProductsGradient();
  register<{ vectors: tf.TensorInfo }, object>(fast, PAIRWISE_PRODUCTS, ({ vectors }) => {
    const [batch, n, k] = vectors.shape as [number, number, number];
    const out = fast.backend.makeOutput([batch, (n * (n - 1)) / 2, k], 'float32');
    fast.exports.pairwiseProducts(fast.addressOf(vectors), fast.addressOf(out), batch, n, k);
    return out;
  });
  register<{ vectors: tf.TensorInfo; dy: tf.TensorInfo }, object>(
    fast,
    PAIRWISE_PRODUCTS_GRADIENT,
    ({ vectors, dy }) => {
      const [batch, n, k] = vectors.shape as [number, number, number];
      const out = fast.backend.makeOutput([batch, n, k], 'float32');
      const [x, gradient, to] = [vectors, dy, out].map((tensor) => fast.addressOf(tensor));
      fast.exports.pairwiseProductsGradient(x!, gradient!, to!, batch, n, k);
      return out;
    },
  );
}

/** Once is enough: it belongs to no backend. */
function registerPairwiseProductsGradient(): void {
  if (tf.getGradient(PAIRWISE_PRODUCTS) !== undefined) return;
  tf.registerGradient({
    kernelName: PAIRWISE_PRODUCTS,
    inputsToSave: ['vectors'],
    gradFunc: (gradient, saved) => {
      const [vectors, dy] = [saved[0]!, gradient as tf.Tensor];
      return { vectors: () => tf.engine().runKernel(PAIRWISE_PRODUCTS_GRADIENT, { vectors, dy }) };
    },
  });
}
