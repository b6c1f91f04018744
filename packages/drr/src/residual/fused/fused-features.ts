import type { Room } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import type { StateFeatures, SumFeatures } from '../state-features.js';
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

/** `StateFeatures` as sums, on addresses. */
export class FusedFeatures {
  /** Where `backward` writes the gradient of each variable. */
  readonly gradients: ReadonlyMap<tf.Variable, number>;
  private readonly sums: SumFeatures;
  private histories: FusedHistories | undefined;
  /** Where in a row the sums, how full the history is and what it earned begin; the products with u begin at k. */
  private readonly places: { readonly sums: number; readonly fullness: number; readonly earned: number };

  /** @param features - are sums. */
  constructor(
    private readonly room: Room,
    features: StateFeatures,
    private readonly sizes: FusedSizes,
  ) {
    const { items, historySize, learns } = sizes;
    const k = items.shape[1];
    this.sums = features.sums()!;
    const terms = this.terms;
    this.places = { sums: (1 + terms) * k, fullness: (1 + 2 * terms) * k, earned: (1 + 2 * terms) * k + 1 };
    const learned = [this.sums.weights, this.sums.rewardWeights].filter((each) => each !== undefined);
    this.gradients = new Map(
      learns
        ? learned.map((variable) => [variable, room.take(Math.max(historySize, variable.size))] as const)
        : [],
    );
  }

  /**
   * Writes what some histories make.
   *
   * @param out - a row each, which lie `stride` bytes apart.
   */
  forward(histories: FusedHistories, out: number, stride: number): void {
    const { fast } = this.room;
    const kernels = fast.exports;
    const { sums, places, terms } = this;
    const { items, historySize: n } = this.sizes;
    const { rows, users, items: shown } = histories;
    const k = items.shape[1];
    this.histories = histories;

    const table = fast.addressOf(items);
    const shares = sums.areAveraged ? histories.shares : histories.mask;
    const weights = fast.addressOf(sums.weights);
    const ofSums = out + 4 * places.sums;
    kernels.copyColumns(users, 4 * k, out, stride, rows, 4 * k);
    kernels.itemSums(table, shown, shares, weights, ofSums, stride, rows, n, terms, k);
    kernels.vectorProducts(users, ofSums, stride, out + 4 * k, stride, rows, terms, k, 0);
    kernels.copyColumns(histories.fullness, 4, out + 4 * places.fullness, stride, rows, 4);
    if (!sums.rewardWeights) return;
    const earned = fast.addressOf(sums.rewardWeights);
    const ofEarned = out + 4 * places.earned;
    kernels.itemSums(table, shown, histories.rewards, earned, ofEarned, stride, rows, n, 1, k);
  }

  /**
   * Writes the gradients of its variables, for the histories that `forward` was given last.
   *
   * @param gradient - of the rows, which lie `stride` bytes apart; it is overwritten.
   */
  backward(gradient: number, stride: number): void {
    const { fast } = this.room;
    const kernels = fast.exports;
    const { sums, places, terms, gradients } = this;
    const { items, historySize: n } = this.sizes;
    const histories = this.histories!;
    const { rows, users, items: shown } = histories;
    const k = items.shape[1];

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
