import { Mean, util, type MeanAttrs, type TensorInfo } from '@tensorflow/tfjs-core';
import type { FastKernels } from '../fast-kernels.js';
import { register } from './register.js';

/**
 * The mean of all elements, which losses end in, added up in double precision. A loop in JavaScript: the
 * stock kernel takes as long for a batch of numbers as a small matrix product.
 */
export function registerMean(fast: FastKernels): void {
  register<{ x: TensorInfo }, MeanAttrs>(fast, Mean, ({ x }, { axis, keepDims }) => {
    const isOfAll = util.parseAxisParam(axis, x.shape).length === x.shape.length;
    if (!isOfAll || keepDims || x.dtype !== 'float32') return undefined;
    const size = util.sizeFromShape(x.shape);
    const out = fast.backend.makeOutput([], 'float32');
    const values = fast.floats(fast.addressOf(x), size);
    let sum = 0;
    for (let place = 0; place < size; place++) sum += values[place]!;
    fast.floats(fast.addressOf(out), 1)[0] = sum / size;
    return out;
  });
}
