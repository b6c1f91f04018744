import type { Room } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import { FusedHistories, type FusedHistoriesOptions } from '../../residual/fused/fused-histories.js';
import { CANDIDATE_KINDS } from '../candidate-kind.js';
import type { MomentHistories } from '../pool-tensors.js';

/** What moments are looked up in, and how many there is room for. */
export interface FusedMomentsOptions extends FusedHistoriesOptions {
  /** `[moments, summary]` */
  readonly summaries: tf.Tensor2D;
}

/** Moments as networks by hand read them: on addresses, at most as many as there is room for. */
export class FusedMoments {
  readonly histories: FusedHistories;
  /** `[rows, summary]` */
  readonly summaries: number;
  /** int32 `[rows]` */
  readonly kinds: number;
  /** `[rows, kinds]`: 1 at the kind of what is offered. */
  readonly kindShares: number;
  private readonly moments: number;

  constructor(
    private readonly room: Room,
    private readonly options: FusedMomentsOptions,
  ) {
    const { summaries, capacity } = options;
    this.histories = new FusedHistories(room, options);
    this.summaries = room.take(capacity * summaries.shape[1]);
    this.kinds = room.take(capacity);
    this.kindShares = room.take(capacity * CANDIDATE_KINDS.length);
    this.moments = room.take(capacity);
  }

  /** How many there are now. */
  get rows(): number {
    return this.histories.rows;
  }

  /** Takes checked moments. */
  write(moments: MomentHistories): void {
    const { fast } = this.room;
    const { user, kind } = moments;
    this.histories.write(moments);
    const [table, size] = this.options.summaries.shape;
    fast.integers(this.moments, user.length).set(user);
    const from = fast.addressOf(this.options.summaries);
    fast.exports.gather(from, table, this.moments, user.length, 4 * size, this.summaries);
    fast.integers(this.kinds, kind.length).set(kind);
    const shares = fast.floats(this.kindShares, kind.length * CANDIDATE_KINDS.length).fill(0);
    for (let row = 0; row < kind.length; row++) shares[row * CANDIDATE_KINDS.length + kind[row]!] = 1;
  }
}
