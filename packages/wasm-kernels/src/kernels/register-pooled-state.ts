import * as tf from '@tensorflow/tfjs-core';
import type { FastKernels } from '../fast-kernels.js';
import { register } from './register.js';

export const POOLED_STATE = 'PooledState';
const POOLED_STATE_GRADIENT = 'PooledStateGradient';

interface Inputs {
  readonly user: tf.TensorInfo;
  readonly items: tf.TensorInfo;
  readonly mask: tf.TensorInfo;
}

/** DRR-ave's state as one kernel, and the gradient of its weights as another. */
export function registerPooledState(fast: FastKernels): void {
  const { exports } = fast;
  registerPooledStateGradient();
  register<Inputs & { weights: tf.TensorInfo }, object>(fast, POOLED_STATE, (inputs) => {
    const { users, items, mask, userRows, itemRows, batch, length, size } = places(fast, inputs);
    const out = fast.backend.makeOutput([batch, 3 * size], 'float32');
    const weights = fast.addressOf(inputs.weights);
    const to = fast.addressOf(out);
    exports.pooledState(users, userRows, items, itemRows, mask, weights, to, batch, length, size);
    return out;
  });
  register<Inputs & { dy: tf.TensorInfo }, object>(fast, POOLED_STATE_GRADIENT, (inputs) => {
    const { users, items, mask, userRows, itemRows, batch, length, size, pooled } = places(fast, inputs);
    const out = fast.backend.makeOutput([length], 'float32');
    const dy = fast.addressOf(inputs.dy) + 4 * size; // behind that of u
    const to = fast.addressOf(out);
    exports.pooledStateGradient(
      ...([users, userRows, items, itemRows, mask] as const),
      ...([dy, 12 * size, pooled, to, batch, length, size] as const),
    );
    return out;
  });
}

/** Addresses and sizes; the rows are numbered one after the other, since nothing has to be looked up. */
function places(fast: FastKernels, { user, items, mask }: Inputs) {
  const [batch, length, size] = items.shape as [number, number, number];
  const count = batch * length;
  const itemRows = fast.scratch(4 * (count + batch + size));
  const userRows = itemRows + 4 * count;
  const rows = fast.integers(itemRows, count + batch);
  for (let row = 0; row < count; row++) rows[row] = row;
  for (let row = 0; row < batch; row++) rows[count + row] = row;
  return {
    ...{ batch, length, size, userRows, itemRows, pooled: userRows + 4 * batch },
    ...{ users: fast.addressOf(user), items: fast.addressOf(items), mask: fast.addressOf(mask) },
  };
}

/** Each gradient is computed only where it is asked for. Once is enough: it belongs to no backend. */
function registerPooledStateGradient(): void {
  if (tf.getGradient(POOLED_STATE) !== undefined) return;
  tf.registerGradient({
    kernelName: POOLED_STATE,
    inputsToSave: ['user', 'items', 'mask', 'weights'],
    outputsToSave: [true],
    gradFunc: (gradient, saved) => {
      const [user, items, mask, weights, state] = saved as [
        tf.Tensor2D,
        tf.Tensor3D,
        tf.Tensor2D,
        tf.Tensor1D,
        tf.Tensor2D,
      ];
      const dy = gradient as tf.Tensor2D;
      const part = (of: tf.Tensor2D, index: number) =>
        tf.slice(of, [0, index * user.shape[1]], [-1, user.shape[1]]);
      return {
        user: () => tf.add(part(dy, 0), tf.mul(part(dy, 1), part(state, 2))),
        items: () => {
          const average = tf.add(tf.mul(part(dy, 1), user), part(dy, 2));
          const count = tf.maximum(tf.sum(mask, 1, true), 1);
          const share = tf.div(tf.mul(mask, weights), count);
          return tf.mul(tf.expandDims(share, 2), tf.expandDims(average, 1));
        },
        mask: () => {
          throw new Error('pooledState: expected no gradient for the mask to be asked for');
        },
        weights: () => tf.engine().runKernel(POOLED_STATE_GRADIENT, { user, items, mask, dy }),
      };
    },
  });
}
