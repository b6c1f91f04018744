import type { EmbeddingTable } from '@rl-recsys/embeddings/search';
import { NO_ITEM } from '@rl-recsys/environment';
import type { Transition } from '@rl-recsys/replay-buffer';
import * as tf from '@tensorflow/tfjs-core';
import type { RewardedHistories } from '../histories.js';
import { maskOf, observe } from '../residual/observed.js';
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
  private readonly users: tf.Tensor2D;
  private readonly summaries: tf.Tensor2D;

  constructor(
    private readonly pools: CandidatePools,
    private readonly tables: { readonly users: EmbeddingTable; readonly items: EmbeddingTable },
  ) {
    const upload = ({ vectors, rows, size }: EmbeddingTable) => tf.tensor2d(vectors, [rows, size]);
    this.users = upload(tables.users);
    this.items = upload(tables.items);
    const moments = pools.offsets.length - 1;
    this.summaries = tf.tensor2d(pools.summaries, [moments, pools.summaries.length / moments]);
    this.standardItems = standardized(this.items);
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
   * @returns tensors, which the caller disposes.
   * @throws RangeError where a row is in no pool.
   */
  candidates(rows: Int32Array, batch: number): Candidates {
    const { blockCount, items, scores } = this.pools;
    const count = rows.length / batch;
    const gathered = new Float32Array(rows.length * blockCount);
    const chosen = new Int32Array(rows.length);
    for (const [place, row] of rows.entries()) {
      if (row === NO_ITEM) continue;
      if (!(row >= 0 && row < items.length)) {
        throw new RangeError(`candidates: expected rows from 0 to ${items.length - 1}, got ${row}`);
      }
      chosen[place] = items[row]!;
      for (let block = 0; block < blockCount; block++) {
        gathered[place * blockCount + block] = scores[row * blockCount + block]!;
      }
    }
    const vectors = tf.gather(this.standardItems, tf.tensor1d(chosen, 'int32'));
    return {
      scores: tf.tensor3d(gathered, [batch, count, blockCount]),
      vectors: tf.reshape(vectors, [batch, count, -1]),
      there: maskOf(rows, batch),
    };
  }

  dispose(): void {
    tf.dispose([this.users, this.items, this.summaries, this.standardItems]);
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
