import { Lifetime } from '@rl-recsys/agent';
import type { FusedEncoder } from '@rl-recsys/ddpg';
import type { FastKernels } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import { assertHistories, type EmbeddingTables, type Histories } from '../tables.js';
import { writeRows, type UploadedTables } from '../uploaded-tables.js';

/** The state module of an agent in training, on addresses. */
export interface FusedEncoderOptions {
  readonly fast: FastKernels;
  readonly tables: EmbeddingTables;
  /** The same tables; they stay their owner's. */
  readonly uploaded: UploadedTables;
  /** n */
  readonly historySize: number;
  readonly batchSize: number;
  /** w, one a position, as they learn and as the targets have them. */
  readonly weights: { readonly online: tf.Variable; readonly target: tf.Variable };
}

/**
 * DRR-ave from indices straight to states: no vector is moved before it is used.
 */
export function fusedEncoder({
  fast,
  tables,
  uploaded,
  historySize,
  batchSize,
  weights,
}: FusedEncoderOptions): FusedEncoder<Histories> {
  const { size } = tables.items;
  const count = batchSize * historySize;
  const userRows = fast.allocate(batchSize);
  const itemRows = fast.allocate(count);
  const mask = fast.allocate(count);
  const pooled = fast.allocate(size);
  const gradient = fast.allocate(historySize);

  const [users, items] = [fast.addressOf(uploaded.users), fast.addressOf(uploaded.items)];
  const lifetime = new Lifetime('an encoder by hand');
  const places = [users, userRows, items, itemRows, mask] as const;
  const sizes = [batchSize, historySize, size] as const;
  return {
    stateSize: 3 * size,
    learnsFrom: { first: size, count: 2 * size }, // u stays as it is
    gradients: new Map([[weights.online, gradient]]),
    forward(histories, which, out) {
      lifetime.assertOpen('forward');
      assertHistories(tables, histories, historySize);
      if (histories.user.length !== batchSize) {
        throw new RangeError(`user: expected ${batchSize} indices, got ${histories.user.length}`);
      }
      fast.integers(userRows, batchSize).set(histories.user);
      writeRows(histories, fast.integers(itemRows, count), fast.floats(mask, count));
      fast.exports.pooledState(...places, fast.addressOf(weights[which]), out, ...sizes);
    },
    // The rows are still those of the online weights' last states: the targets' come before them.
    backward(stateGradient) {
      fast.exports.pooledStateGradient(...places, stateGradient, 8 * size, pooled, gradient, ...sizes);
    },
    free() {
      if (!lifetime.end()) return;
      for (const address of [userRows, itemRows, mask, pooled, gradient]) fast.free(address);
    },
  };
}
