import type { EmbeddingTable } from '@rl-recsys/embeddings/search';
import { NO_ITEM } from '@rl-recsys/environment';
import type { Transition } from '@rl-recsys/replay-buffer';
import * as tf from '@tensorflow/tfjs-core';
import type { RewardedHistories } from '../histories.js';
import { itemRows, maskOf, observe } from '../residual/observed.js';
import { assertRows, assertUserAndHistories } from '../tables.js';
import { Standardizer } from '../residual/standardizer.js';
import { CANDIDATE_KINDS } from './candidate-kind.js';
import type { CandidatePools } from './candidate-pools.js';
import type { GatedObserved } from './state.js';
import type { GatedFields } from './transition-fields.js';

/** Histories at moments of the pools, and which kind of candidates is offered. */
export interface MomentHistories extends RewardedHistories {
  /** int `[batch]`: an index of `CANDIDATE_KINDS`. */
  readonly kind: Int32Array;
}

/** Candidates of a batch as networks see them. */
export interface Candidates {
  /** `[batch, candidates, blocks]` */
  readonly scores: tf.Tensor3D;
  /** `[batch, candidates, k]`, standardized. */
  readonly vectors: tf.Tensor3D;
  /** `[batch, candidates]`: 1 at a candidate, 0 where there is none. */
  readonly there: tf.Tensor2D;
}

/** Pools and vectors as tensors: what all networks of an agent read and none owns. */
export class PoolTensors {
  /** `[items, k]` */
  readonly items: tf.Tensor2D;
  /** `[items, k]`, each dimension brought to mean 0 and deviation 1. */
  readonly standardItems: tf.Tensor2D;
  /** `[moments, k]` */
  readonly users: tf.Tensor2D;
  /** `[moments, summary]` */
  readonly summaries: tf.Tensor2D;
  /** `[rows, blocks]` of the pools. */
  readonly scores: tf.Tensor2D;
  /** int32 `[rows]`: the item of each. */
  readonly itemOfRow: tf.Tensor1D;

  constructor(
    readonly pools: CandidatePools,
    readonly tables: { readonly users: EmbeddingTable; readonly items: EmbeddingTable },
  ) {
    const upload = ({ vectors, rows, size }: EmbeddingTable) => tf.tensor2d(vectors, [rows, size]);
    this.users = upload(tables.users);
    this.items = upload(tables.items);
    const moments = pools.offsets.length - 1;
    this.summaries = tf.tensor2d(pools.summaries, [moments, pools.summaries.length / moments]);
    this.standardItems = standardized(this.items);
    this.scores = tf.tensor2d(pools.scores, [pools.items.length, pools.blockCount]);
    this.itemOfRow = tf.tensor1d(pools.items, 'int32');
  }

  /** @throws RangeError where an index is in no table, or a candidate is no row of the moment's pool; its field is named. */
  assertTransition(transition: Transition<GatedFields>): void {
    const { user, kind, candidates, shown } = transition;
    assertUserAndHistories(this.tables, transition);
    assertRows({ rows: CANDIDATE_KINDS.length }, 'kind', [kind]);
    const [from, end] = [this.pools.offsets[user]!, this.pools.offsets[user + 1]!];
    for (let place = 0; place < candidates.length; place++) {
      const row = candidates[place]!;
      if (row === NO_ITEM || (row >= from && row < end)) continue;
      throw new RangeError(`candidates: expected rows from ${from} to ${end - 1}, got ${row}`);
    }
    assertRows({ rows: candidates.length }, 'shown', [shown]);
    if (candidates[shown] === NO_ITEM)
      throw new RangeError(`shown: expected the place of a candidate, got ${shown}, where there is none`);
  }

  /**
   * @param n - how long a history is.
   * @returns tensors, which the caller disposes.
   * @throws RangeError where an index is in no table, or the histories don't have `n` places.
   */
  observe(histories: MomentHistories, n: number): GatedObserved {
    const moments = tf.tensor1d(Int32Array.from(histories.user), 'int32');
    return {
      ...observe(this.users, this.tables.items, n, histories),
      summary: tf.gather(this.summaries, moments),
      kind: tf.cast(
        tf.oneHot(tf.tensor1d(histories.kind, 'int32'), CANDIDATE_KINDS.length),
        'float32',
      ) as tf.Tensor2D,
    };
  }

  /**
   * @param rows - int32 `[batch · candidates]` of the pools, −1 where there is none.
   * @returns tensors, which the caller disposes; where there is no candidate they have the first row's numbers.
   * @throws RangeError where a row is in no pool.
   */
  candidates(rows: Int32Array, batch: number): Candidates {
    this.assertPoolRows(rows);
    const count = rows.length / batch;
    const chosen = itemRows(rows);
    const vectors = tf.gather(this.standardItems, tf.gather(this.itemOfRow, chosen));
    return {
      scores: tf.reshape(tf.gather(this.scores, chosen), [batch, count, this.pools.blockCount]),
      vectors: tf.reshape(vectors, [batch, count, -1]),
      there: maskOf(rows, batch),
    };
  }

  /** @throws RangeError where a row is in no pool. */
  assertPoolRows(rows: Int32Array): void {
    const { length } = this.pools.items;
    for (let place = 0; place < rows.length; place++) {
      const row = rows[place]!;
      if (row === NO_ITEM || (row >= 0 && row < length)) continue;
      throw new RangeError(`candidates: expected rows from 0 to ${length - 1}, got ${row}`);
    }
  }

  dispose(): void {
    const { users, items, summaries, standardItems, scores, itemOfRow } = this;
    tf.dispose([users, items, summaries, standardItems, scores, itemOfRow]);
  }
}

/** Each dimension brought to mean 0 and deviation 1 over the items. */
function standardized(items: tf.Tensor2D): tf.Tensor2D {
  const standardizer = new Standardizer(items.shape[1]);
  standardizer.fit(items);
  const result = standardizer.apply(items);
  tf.dispose([...standardizer.variables]);
  return result;
}
