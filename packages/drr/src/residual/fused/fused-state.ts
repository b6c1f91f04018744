import type { Random } from '@rl-recsys/random';
import type { Room } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import { LIMIT, type Standardizer } from '../standardizer.js';
import type { StateFeatures, SumFeatures } from '../state-features.js';
import { FusedDropout } from './fused-dropout.js';
import type { FusedHistories } from './fused-histories.js';

/** What the networks of an update by hand have in common. */
export interface FusedSizes {
  /** `[items, k]` */
  readonly items: tf.Tensor2D;
  /** n */
  readonly historySize: number;
  /** How many rows there is room for. */
  readonly capacity: number;
  /** Whether there will be backward passes. */
  readonly learns: boolean;
}

/** What a network's state is made of. */
export interface StateOf {
  readonly features: StateFeatures;
  readonly standardizer: Standardizer;
  /** The share of a state that is dropped in learning. */
  readonly dropout: number;
}

/** `StateFeatures` as sums, brought to one scale and partly dropped, on addresses. */
export class FusedState {
  /** Where `backward` writes the gradient of each variable. */
  readonly gradients: ReadonlyMap<tf.Variable, number>;
  private readonly sums: SumFeatures;
  /** `[capacity, size]`: standardized, before anything is dropped. */
  private readonly standard: number;
  /** The same after that. */
  private readonly dropped: number;
  private readonly dropout: FusedDropout;
  private histories: FusedHistories | undefined;
  /** Where in a state the sums, how full the history is and what it earned begin; the products with u begin at k. */
  private readonly places: { readonly sums: number; readonly fullness: number; readonly earned: number };

  /** @param of - its features are sums. */
  constructor(
    private readonly room: Room,
    private readonly of: StateOf,
    private readonly sizes: FusedSizes,
  ) {
    const { features, dropout } = of;
    const { items, historySize, capacity, learns } = sizes;
    const k = items.shape[1];
    this.sums = features.sums()!;
    const terms = this.terms;
    this.places = { sums: (1 + terms) * k, fullness: (1 + 2 * terms) * k, earned: (1 + 2 * terms) * k + 1 };
    this.standard = room.take(capacity * features.size);
    this.dropped = learns && dropout > 0 ? room.take(capacity * features.size) : this.standard;
    this.dropout = new FusedDropout(room.fast, dropout);
    const learned = [this.sums.weights, this.sums.rewardWeights].filter((each) => each !== undefined);
    this.gradients = new Map(
      learns
        ? learned.map((variable) => [variable, room.take(Math.max(historySize, variable.size))] as const)
        : [],
    );
  }

  /**
   * The address of the states `[rows, size]` of some histories, valid until the next call.
   *
   * @param masks - what dropout draws from; without it nothing is dropped.
   */
  forward(histories: FusedHistories, masks?: Random): number {
    const { fast } = this.room;
    const kernels = fast.exports;
    const { sums, standard, dropped, places, terms } = this;
    const { standardizer, features } = this.of;
    const { items, historySize: n } = this.sizes;
    const { rows, users, items: shown } = histories;
    const [k, stride] = [items.shape[1], 4 * features.size];
    this.histories = histories;

    const table = fast.addressOf(items);
    const shares = sums.areAveraged ? histories.shares : histories.mask;
    const weights = fast.addressOf(sums.weights);
    const ofSums = standard + 4 * places.sums;
    kernels.copyColumns(users, 4 * k, standard, stride, rows, 4 * k);
    kernels.itemSums(table, shown, shares, weights, ofSums, stride, rows, n, terms, k);
    kernels.vectorProducts(users, ofSums, stride, standard + 4 * k, stride, rows, terms, k, 0);
    kernels.copyColumns(histories.fullness, 4, standard + 4 * places.fullness, stride, rows, 4);
    if (sums.rewardWeights) {
      const earned = fast.addressOf(sums.rewardWeights);
      const ofEarned = standard + 4 * places.earned;
      kernels.itemSums(table, shown, histories.rewards, earned, ofEarned, stride, rows, n, 1, k);
    }
    const [mean, deviation] = [fast.addressOf(standardizer.mean), fast.addressOf(standardizer.deviation)];
    kernels.standardize(standard, mean, deviation, standard, rows, features.size, LIMIT);
    if (dropped !== standard) kernels.copyColumns(standard, stride, dropped, stride, rows, stride);
    this.dropout.forward(dropped, rows * features.size, masks);
    return dropped;
  }

  /**
   * Writes the gradients of its variables, for the histories that `forward` was given last.
   *
   * @param gradient - of the states `[rows, size]`; it is overwritten.
   */
  backward(gradient: number): void {
    const { fast } = this.room;
    const kernels = fast.exports;
    const { sums, places, terms, gradients } = this;
    const { size } = this.of.features;
    const { items, historySize: n } = this.sizes;
    const histories = this.histories!;
    const { rows, users, items: shown } = histories;
    const [k, stride] = [items.shape[1], 4 * size];

    this.dropout.backward(gradient, rows * size);
    const deviation = fast.addressOf(this.of.standardizer.deviation);
    kernels.standardizeGradient(gradient, this.standard, deviation, gradient, rows, size, LIMIT);
    // Through u ⊗ g to g, which has a gradient of its own.
    const ofSums = gradient + 4 * places.sums;
    kernels.vectorProducts(users, gradient + 4 * k, stride, ofSums, stride, rows, terms, k, 1);
    const table = fast.addressOf(items);
    const shares = sums.areAveraged ? histories.shares : histories.mask;
    const dWeights = gradients.get(sums.weights)!;
    kernels.itemSumsGradient(table, shown, shares, ofSums, stride, dWeights, rows, n, terms, k);
    if (!sums.rewardWeights) return;
    const [ofEarned, dEarned] = [gradient + 4 * places.earned, gradients.get(sums.rewardWeights)!];
    kernels.itemSumsGradient(table, shown, histories.rewards, ofEarned, stride, dEarned, rows, n, 1, k);
  }

  /** How many sums g there are. */
  private get terms(): number {
    return this.sums.weights.size / this.sizes.historySize;
  }
}
