import type { Random } from '@rl-recsys/random';
import type { Room } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import { FusedFeatures, type FusedSizes } from '../../residual/fused/fused-features.js';
import { FusedScale } from '../../residual/fused/fused-scale.js';
import { CANDIDATE_KINDS } from '../candidate-kind.js';
import type { GatedState } from '../state.js';
import type { FusedMoments } from './fused-moments.js';

/** `GatedState` on addresses. */
export class FusedBlockState {
  private readonly features: FusedFeatures;
  private readonly scale: FusedScale;
  /** `[capacity, size]` */
  private readonly states: number;
  /** `[capacity, size − kinds]` */
  private readonly gradient: number;
  private rows = 0;

  /** @param state - its features are sums. */
  constructor(
    private readonly room: Room,
    private readonly state: GatedState,
    sizes: FusedSizes,
  ) {
    const { features, standardizer, rate, size } = state;
    this.features = new FusedFeatures(room, features, sizes);
    this.scale = new FusedScale(room, standardizer, rate, sizes);
    this.states = room.take(sizes.capacity * size);
    this.gradient = sizes.learns ? room.take(sizes.capacity * this.scale.size) : 0;
  }

  /** Where `backward` writes the gradient of each variable. */
  get gradients(): ReadonlyMap<tf.Variable, number> {
    return this.features.gradients;
  }

  /**
   * The address of the states `[rows, size]`, valid until the next call.
   *
   * @param masks - what dropout draws from; without it nothing is dropped.
   */
  forward({ histories, summaries, kindShares }: FusedMoments, masks?: Random): number {
    const { fast } = this.room;
    const { states, scale } = this;
    const [stride, measured] = [4 * this.state.size, 4 * scale.size];
    const ofFeatures = 4 * this.state.features.size;
    const { rows } = histories;
    this.rows = rows;
    this.features.forward(histories, scale.x, measured);
    const ofSummary = measured - ofFeatures;
    fast.exports.copyColumns(summaries, ofSummary, scale.x + ofFeatures, measured, rows, ofSummary);
    fast.exports.copyColumns(scale.forward(rows, masks), measured, states, stride, rows, measured);
    const ofKinds = 4 * CANDIDATE_KINDS.length;
    fast.exports.copyColumns(kindShares, ofKinds, states + measured, stride, rows, ofKinds);
    return states;
  }

  /** Writes the gradients of its variables, from that of the states `[rows, size]` that `forward` wrote last. */
  backward(gradient: number): void {
    const { scale, rows, gradient: own } = this;
    const measured = 4 * scale.size;
    this.room.fast.exports.copyColumns(gradient, 4 * this.state.size, own, measured, rows, measured);
    scale.backward(own, rows);
    this.features.backward(own, measured);
  }
}
