import type { EmbeddingTable } from '@rl-recsys/embeddings/search';
import { NO_ITEM } from '@rl-recsys/environment';
import { gatherRows } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { RewardedHistories } from '../histories.js';
import { assertHistories } from '../tables.js';

/** What networks see of a batch, as tensors: items are rows, because each network may have vectors of its own. */
export interface Observed {
  /** u `[batch, k]` */
  readonly user: tf.Tensor2D;
  /** int32 `[batch · n]`: the items' rows, 0 at padding. */
  readonly history: tf.Tensor1D;
  /** `[batch, n]`: 1 at an item, 0 at padding. */
  readonly mask: tf.Tensor2D;
  /** `[batch, n]` */
  readonly rewards: tf.Tensor2D;
}

/**
 * @param users - the users' vectors `[users, k]`.
 * @returns tensors, which the caller disposes.
 * @throws RangeError where an index is in no table, or the histories don't have `n` places.
 */
export function observe(
  users: tf.Tensor2D,
  items: EmbeddingTable,
  n: number,
  histories: RewardedHistories,
): Observed {
  const [rows] = users.shape;
  assertRewardedHistories({ users: { rows }, items }, histories, n);
  const { user, history, rewards } = histories;
  const batch = user.length;
  return {
    user: tf.gather(users, tf.tensor1d(Int32Array.from(user), 'int32')),
    history: itemRows(history),
    mask: maskOf(history, batch),
    rewards: tf.tensor2d(rewards, [batch, n]),
  };
}

/** @throws RangeError where an index is in no table, a history does not have n places, or rewards are not as many. */
export function assertRewardedHistories(
  tables: Parameters<typeof assertHistories>[0],
  histories: RewardedHistories,
  n: number,
): void {
  assertHistories(tables, histories, n);
  const { history, rewards } = histories;
  if (rewards.length !== history.length) {
    throw new RangeError(`rewards: expected ${history.length} like history, got ${rewards.length}`);
  }
}

/** `[batch, any]`: 1 at each of the items `[batch · any]`, 0 where there is none. */
export function maskOf(items: Int32Array, batch: number): tf.Tensor2D {
  const mask = new Float32Array(items.length);
  for (let place = 0; place < mask.length; place++) mask[place] = items[place] === NO_ITEM ? 0 : 1;
  return tf.tensor2d(mask, [batch, items.length / batch]);
}

/** Items as rows of a table; where there is none stands the first, which must then be masked. */
export function itemRows(items: Int32Array): tf.Tensor1D {
  return tf.tensor1d(
    items.map((item) => (item === NO_ITEM ? 0 : item)),
    'int32',
  );
}

/** The vectors `[batch, any, k]` of rows `[batch · any]`; the caller disposes them. */
export function vectorsOf(items: tf.Tensor2D, rows: tf.Tensor1D, batch: number): tf.Tensor3D {
  return tf.tidy(() => tf.reshape(gatherRows(items, rows), [batch, rows.size / batch, items.shape[1]]));
}
