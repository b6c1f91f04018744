import type { Random } from '@rl-recsys/random';
import type { Room } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import type { Standardizer } from '../standardizer.js';
import type { StateFeatures } from '../state-features.js';
import { FusedFeatures, type FusedSizes } from './fused-features.js';
import type { FusedHistories } from './fused-histories.js';
import { FusedScale } from './fused-scale.js';

/** What a network's state is made of. */
export interface StateOf {
  /** Sums over the history. */
  readonly features: StateFeatures;
  readonly standardizer: Standardizer;
  /** The share of a state that is dropped in learning. */
  readonly dropout: number;
}

/** `StateFeatures` as sums, brought to one scale and partly dropped, on addresses. */
export class FusedState {
  private readonly features: FusedFeatures;
  private readonly scale: FusedScale;
  private rows = 0;

  constructor(room: Room, { features, standardizer, dropout }: StateOf, sizes: FusedSizes) {
    this.features = new FusedFeatures(room, features, sizes);
    this.scale = new FusedScale(room, standardizer, dropout, sizes);
  }

  /** Where `backward` writes the gradient of each variable. */
  get gradients(): ReadonlyMap<tf.Variable, number> {
    return this.features.gradients;
  }

  /**
   * The address of the states `[rows, size]` of some histories, valid until the next call.
   *
   * @param masks - what dropout draws from; without it nothing is dropped.
   */
  forward(histories: FusedHistories, masks?: Random): number {
    const { x, size } = this.scale;
    this.rows = histories.rows;
    this.features.forward(histories, x, 4 * size);
    return this.scale.forward(this.rows, masks);
  }

  /**
   * Writes the gradients of its variables, for the histories that `forward` was given last.
   *
   * @param gradient - of the states `[rows, size]`; it is overwritten.
   */
  backward(gradient: number): void {
    this.scale.backward(gradient, this.rows);
    this.features.backward(gradient, 4 * this.scale.size);
  }
}
