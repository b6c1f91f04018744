import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { FastKernels } from '../fast-kernels.js';
import { register } from './register.js';

export const MAT_MUL_PRODUCTS = 'MatMulProducts';

interface Inputs {
  readonly x: TensorInfo;
  readonly vectors: TensorInfo;
  readonly weights: TensorInfo;
}

/** For each row the weights of all products are mixed into one matrix, so that no product is written. */
export function registerProducts(fast: FastKernels): void {
  register<Inputs, object>(fast, MAT_MUL_PRODUCTS, ({ x, vectors, weights }) => {
    const [batch, count, size] = x.shape as [number, number, number];
    const units = weights.shape[1]!;
    const terms = vectors.shape[1]! / size;
    const out = fast.backend.makeOutput([batch, count, units], 'float32');
    const mixed = fast.allocate(size * units);
    const [from, scales, matrices, to] = [x, vectors, weights, out].map((tensor) => fast.addressOf(tensor));
    for (let row = 0; row < batch; row++) {
      const vector = scales! + 4 * row * terms * size;
      fast.exports.mixRows(matrices!, vector, terms, mixed, size, units);
      const [items, target] = [from! + 4 * row * count * size, to! + 4 * row * count * units];
      fast.matMul(false, false, count, units, size, items, mixed, target);
    }
    fast.free(mixed);
    return out;
  });
}
