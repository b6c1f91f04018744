import type { Room } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import type { FusedBlockActor } from './fused-block-actor.js';
import type { FusedOffers } from './fused-offers.js';

/** What an actor's gates and residual give what is offered, brought to one spread, on addresses. */
export class FusedPreferences {
  private readonly preferences: number;
  /** `[capacity]` */
  private readonly deviations: number;
  /** `[count]` */
  private readonly ones: number;

  /** @param sizes - `standardItems`: `[items, k]`. */
  constructor(
    private readonly room: Room,
    private readonly sizes: {
      readonly standardItems: tf.Tensor2D;
      readonly capacity: number;
      readonly count: number;
    },
  ) {
    const { capacity, count } = sizes;
    this.preferences = room.take(capacity * count);
    this.deviations = room.take(capacity);
    this.ones = room.hold(new Float32Array(count).fill(1));
  }

  /** The address of the scores `[rows, count]` by what the actor decided last, far below all where there is none; valid until the next call. */
  scores({ gates, residual }: FusedBlockActor, offers: FusedOffers): number {
    const { fast } = this.room;
    const { preferences, sizes } = this;
    const { items, mask, scores, blockCount, rows, count } = offers;
    const [table, k] = [fast.addressOf(sizes.standardItems), sizes.standardItems.shape[1]];
    fast.exports.candidateScores(residual, table, items, mask, preferences, rows, count, k);
    fast.exports.addBlockScores(gates, 4 * blockCount, scores, preferences, rows, count, blockCount);
    return preferences;
  }

  /** The same with mean 0 and deviation 1 over what each row is offered. */
  spread(actor: FusedBlockActor, offers: FusedOffers): number {
    const preferences = this.scores(actor, offers);
    const { rows, count, mask } = offers;
    this.room.fast.exports.spreadScores(preferences, mask, this.deviations, rows, count);
    return preferences;
  }

  /** Writes the gradients of the actor's gates and residual from that `[rows, count]` of what `spread` wrote last; it is overwritten. */
  backward(actor: FusedBlockActor, offers: FusedOffers, gradient: number): void {
    const { fast } = this.room;
    const { preferences, deviations, ones, sizes } = this;
    const { items, mask, scores, blockCount, rows, count } = offers;
    const [table, k] = [fast.addressOf(sizes.standardItems), sizes.standardItems.shape[1]];
    const { gatesGradient, residualGradient } = actor;
    fast.exports.spreadScoresGradient(gradient, preferences, mask, deviations, rows, count);
    fast.exports.blockScoresGradient(
      ...([gradient, scores, gatesGradient, 4 * blockCount] as const),
      ...([rows, count, blockCount] as const),
    );
    fast.exports.itemSums(table, items, gradient, ones, residualGradient, 4 * k, rows, count, 1, k);
  }
}
