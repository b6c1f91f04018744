import * as tf from '@tensorflow/tfjs-core';
import { NO_ITEM } from '@rl-recsys/environment';
import { assertHistories, type EmbeddingTables, type Histories } from './tables.js';

/**
 * Embedding tables that lie on the backend, so that looking up a vector moves only its index. Its owner disposes
 * it; later changes of the tables don't reach it.
 */
export class UploadedTables {
  /** `[users, k]` */
  readonly users: tf.Tensor2D;
  /** `[items, k]` */
  readonly items: tf.Tensor2D;

  constructor(private readonly tables: EmbeddingTables) {
    const [users, items] = [tables.users, tables.items].map(({ vectors, rows, size }) =>
      tf.keep(tf.tensor2d(vectors, [rows, size])),
    );
    this.users = users!;
    this.items = items!;
  }

  /**
   * What `lookUp` gives, by a gather on the backend; at padding stands the vector of item 0.
   *
   * @throws RangeError as `assertHistories` does.
   */
  lookUp(histories: Histories, n: number): [user: tf.Tensor2D, items: tf.Tensor3D, mask: tf.Tensor2D] {
    assertHistories(this.tables, histories, n);
    const [batch, k] = [histories.user.length, this.tables.items.size];
    const rows = new Int32Array(batch * n);
    const mask = new Float32Array(batch * n);
    writeRows(histories, rows, mask);
    return [
      tf.gather(this.users, tf.tensor1d(Int32Array.from(histories.user), 'int32')),
      tf.reshape(tf.gather(this.items, tf.tensor1d(rows, 'int32')), [batch, n, k]),
      tf.tensor2d(mask, [batch, n]),
    ];
  }

  dispose(): void {
    tf.dispose([this.users, this.items]);
  }
}

/** Splits histories into rows of the table, 0 at padding, and a mask that is 0 there and else 1. */
export function writeRows({ history }: Histories, rows: Int32Array, mask: Float32Array): void {
  for (let place = 0; place < history.length; place++) {
    const item = history[place]!;
    rows[place] = item === NO_ITEM ? 0 : item;
    mask[place] = item === NO_ITEM ? 0 : 1;
  }
}
