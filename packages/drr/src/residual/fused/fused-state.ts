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
    const { sums, standard, dropped, places, terms } = this;
    const { mean, deviation } = this.of.standardizer;
    const { size } = this.of.features;
    const { items, historySize: n } = this.sizes;
    const k = items.shape[1];
    const { rows } = histories;
    const stride = 4 * size;
    const at = (place: number) => standard + 4 * place;
    this.histories = histories;

    const table = fast.addressOf(items);
    const coefficients = sums.areAveraged ? histories.shares : histories.mask;
    const weights = fast.addressOf(sums.weights);
    fast.exports.copyColumns(histories.users, 4 * k, standard, stride, rows, 4 * k);
    fast.exports.itemSums(
      ...([table, histories.items, coefficients, weights, at(places.sums), stride] as const),
      ...([rows, n, terms, k] as const),
    );
    fast.exports.vectorProducts(
      ...([histories.users, at(places.sums), stride, at(k), stride, rows, terms, k, 0] as const),
    );
    fast.exports.copyColumns(histories.fullness, 4, at(places.fullness), stride, rows, 4);
    if (sums.rewardWeights) {
      const earned = fast.addressOf(sums.rewardWeights);
      fast.exports.itemSums(
        ...([table, histories.items, histories.rewards, earned, at(places.earned), stride] as const),
        ...([rows, n, 1, k] as const),
      );
    }
    fast.exports.standardize(
      ...([standard, fast.addressOf(mean), fast.addressOf(deviation), standard, rows, size, LIMIT] as const),
    );
    if (dropped !== standard) fast.exports.copyColumns(standard, stride, dropped, stride, rows, stride);
    this.dropout.forward(dropped, rows * size, masks);
    return dropped;
  }

  /**
   * Writes the gradients of its variables, for the histories that `forward` was given last.
   *
   * @param gradient - of the states `[rows, size]`; it is overwritten.
   */
  backward(gradient: number): void {
    const { fast } = this.room;
    const { sums, places, terms } = this;
    const { size } = this.of.features;
    const { items, historySize: n } = this.sizes;
    const k = items.shape[1];
    const histories = this.histories!;
    const { rows } = histories;
    const stride = 4 * size;
    const at = (place: number) => gradient + 4 * place;

    this.dropout.backward(gradient, rows * size);
    const deviation = fast.addressOf(this.of.standardizer.deviation);
    fast.exports.standardizeGradient(gradient, this.standard, deviation, gradient, rows, size, LIMIT);
    // Through u ⊗ g to g, which has a gradient of its own.
    fast.exports.vectorProducts(
      ...([histories.users, at(k), stride, at(places.sums), stride, rows, terms, k, 1] as const),
    );
    const table = fast.addressOf(items);
    const coefficients = sums.areAveraged ? histories.shares : histories.mask;
    fast.exports.itemSumsGradient(
      ...([table, histories.items, coefficients, at(places.sums), stride] as const),
      ...([this.gradients.get(sums.weights)!, rows, n, terms, k] as const),
    );
    if (!sums.rewardWeights) return;
    fast.exports.itemSumsGradient(
      ...([table, histories.items, histories.rewards, at(places.earned), stride] as const),
      ...([this.gradients.get(sums.rewardWeights)!, rows, n, 1, k] as const),
    );
  }

  /** How many sums g there are. */
  private get terms(): number {
    return this.sums.weights.size / this.sizes.historySize;
  }
}
