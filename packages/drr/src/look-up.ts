import * as tf from '@tensorflow/tfjs-core';
import { NO_ITEM } from '@rl-recsys/environment';
import type { EmbeddingTable } from '@rl-recsys/embeddings';

/** The vectors of all users and of all items, of one length k. */
export interface EmbeddingTables {
  /** `[users, k]` */
  readonly users: EmbeddingTable;
  /** `[items, k]` */
  readonly items: EmbeddingTable;
}

/** @throws RangeError where the vectors of users and of items differ in length. */
export function assertSameSize({ users, items }: EmbeddingTables): void {
  if (users.size !== items.size) {
    throw new RangeError(`users: expected vectors of ${items.size} numbers like items, got ${users.size}`);
  }
}

/**
 * Looks indices up in the tables: what a state module takes.
 *
 * The rows are copied in JavaScript and uploaded as one tensor each, which is faster than a gather on
 * the backend.
 *
 * @param users - int `[batch]`
 * @param histories - int32 `[batch, n]`, oldest first, −1 at padding.
 * @param historySize - n.
 * @returns user `[batch, k]`, items `[batch, n, k]` and mask `[batch, n]`; the caller disposes them.
 * @throws RangeError where an index is in no table, or a history does not have n places.
 */
export function lookUp(
  tables: EmbeddingTables,
  users: ArrayLike<number>,
  histories: Int32Array,
  historySize: number,
): [user: tf.Tensor2D, items: tf.Tensor3D, mask: tf.Tensor2D] {
  const k = tables.items.size;
  const batch = users.length;
  // Else a history of one item would pass: it broadcasts over all n places.
  if (histories.length !== batch * historySize) {
    throw new RangeError(
      `history: expected ${historySize} indices for each user, got ${histories.length} for ${batch}`,
    );
  }
  const userVectors = new Float32Array(batch * k);
  const itemVectors = new Float32Array(histories.length * k);
  const mask = new Float32Array(histories.length);
  for (let row = 0; row < batch; row++) copyRow(tables.users, users[row]!, userVectors, row, 'user');
  for (let place = 0; place < histories.length; place++) {
    if (histories[place] === NO_ITEM) continue;
    copyRow(tables.items, histories[place]!, itemVectors, place, 'history');
    mask[place] = 1;
  }
  return [
    tf.tensor2d(userVectors, [batch, k]),
    tf.tensor3d(itemVectors, [batch, historySize, k]),
    tf.tensor2d(mask, [batch, historySize]),
  ];
}

function copyRow(
  table: EmbeddingTable,
  row: number,
  target: Float32Array,
  place: number,
  name: string,
): void {
  if (!(Number.isInteger(row) && row >= 0 && row < table.rows)) {
    throw new RangeError(`${name}: expected an index from 0 to ${table.rows - 1}, got ${row}`);
  }
  const { size, vectors } = table;
  // An element loop is faster than set(subarray()) for rows this short, and allocates nothing.
  for (let k = 0; k < size; k++) target[place * size + k] = vectors[row * size + k]!;
}
