import { Lifetime } from '@rl-recsys/agent';
import type { FusedEncoder } from '@rl-recsys/ddpg';
import type { DrrAve } from '@rl-recsys/state';
import { Room, type FastKernels } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import type { Histories } from '../tables.js';
import { HistoryRows, type FusedEncoderOptions } from './history-rows.js';

/** DRR-ave from indices straight to states: no vector is moved before it is used. */
export function fusedAverage(
  fast: FastKernels,
  options: FusedEncoderOptions,
  layers: { readonly online: DrrAve; readonly target: DrrAve },
): FusedEncoder<Histories> {
  const { uploaded, historySize, batchSize } = options;
  const size = options.tables.items.size;
  const room = new Room(fast);
  const rows = new HistoryRows(room, options);
  const [pooled, gradient] = [room.take(size), room.take(historySize)];
  const weightsOf = (layer: DrrAve) => layer.weights[0]!.read() as tf.Variable; // w, one a position
  const weights = { online: weightsOf(layers.online), target: weightsOf(layers.target) };

  const [users, items] = [fast.addressOf(uploaded.users), fast.addressOf(uploaded.items)];
  const lifetime = new Lifetime('an encoder by hand');
  const places = [users, rows.users, items, rows.items, rows.mask] as const;
  const sizes = [batchSize, historySize, size] as const;
  return {
    stateSize: 3 * size,
    learnsFrom: { first: size, count: 2 * size }, // u stays as it is
    isRandom: false,
    gradients: new Map([[weights.online, gradient]]),
    forward(histories, which, out) {
      lifetime.assertOpen('forward');
      rows.write(histories);
      fast.exports.pooledState(...places, fast.addressOf(weights[which]), out, ...sizes);
    },
    // The rows are still those of the online weights' last states: the targets' come before them.
    backward(stateGradient) {
      fast.exports.pooledStateGradient(...places, stateGradient, 8 * size, pooled, gradient, ...sizes);
    },
    free() {
      if (lifetime.end()) room.free();
    },
  };
}
