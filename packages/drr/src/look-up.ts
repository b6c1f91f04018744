import * as tf from '@tensorflow/tfjs-core';
import { assertHistories, copyUsers, copyVectors, type EmbeddingTables, type Histories } from './tables.js';

/**
 * Looks indices up in the tables: what a state module takes.
 *
 * The rows are copied in JavaScript and uploaded as one tensor each, which is faster than a gather on
 * most backends.
 *
 * @param n - how long a history is.
 * @returns user `[batch, k]`, items `[batch, n, k]` and mask `[batch, n]`; the caller disposes them.
 * @throws RangeError as {@link assertHistories} does.
 */
export function lookUp(
  tables: EmbeddingTables,
  histories: Histories,
  n: number,
): [user: tf.Tensor2D, items: tf.Tensor3D, mask: tf.Tensor2D] {
  assertHistories(tables, histories, n);
  const [batch, k] = [histories.user.length, tables.items.size];
  const userVectors = new Float32Array(batch * k);
  const itemVectors = new Float32Array(batch * n * k);
  const mask = new Float32Array(batch * n);
  copyUsers(tables.users, histories.user, userVectors);
  copyVectors(tables.items, histories.history, itemVectors, mask);
  return [
    tf.tensor2d(userVectors, [batch, k]),
    tf.tensor3d(itemVectors, [batch, n, k]),
    tf.tensor2d(mask, [batch, n]),
  ];
}
