import type { Random } from '@rl-recsys/random';
import { DenseStackBuffers, type Room } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import { variablesOfLayers } from '../dense-layers.js';
import type { ItemCritic } from '../item-critic.js';
import { LIMIT } from '../standardizer.js';
import type { FusedBlocks } from './fuse.js';
import { FusedDropout } from './fused-dropout.js';
import type { FusedHistories } from './fused-histories.js';
import type { FusedSizes } from './fused-features.js';
import { FusedState } from './fused-state.js';

/** What a critic makes of a history before it looks at an item: addresses that hold until it reads the next. */
export interface ReadHistories {
  /** `[rows, hidden]` */
  readonly hidden: number;
  /** u and g side by side, `[rows, 2k]`. */
  readonly vectors: number;
  /** The same brought to one scale. */
  readonly scaled: number;
}

/** `ItemCritic.value` on addresses. */
export class FusedCritic {
  /** Where `backward` writes the gradient of each variable. */
  readonly gradients: ReadonlyMap<tf.Variable, number>;
  private readonly state: FusedState;
  private readonly head: DenseStackBuffers;
  private readonly tail: DenseStackBuffers;
  /** u ⊗ x and g ⊗ x, each `[capacity, k]`. */
  private readonly matches: readonly [number, number];
  private readonly dropouts: readonly [FusedDropout, FusedDropout];
  private readonly vectors: number;
  private readonly scaled: number;
  /** `[2k]` each: 0, and the scales of u and g. */
  private readonly zeros: number;
  private readonly scale: number;
  /** x as it is and standardized, `[capacity, k]`. */
  private readonly x: number;
  private readonly standardX: number;
  /** What the tail sees, `[capacity, inputs]`. */
  private readonly inputs: number;
  private readonly hiddenGradient: number;
  private readonly pooledGradient: number;
  private readonly weightsGradient: number;
  private histories: FusedHistories | undefined;

  constructor(
    private readonly room: Room,
    private readonly network: ItemCritic,
    private readonly blocks: FusedBlocks,
    private readonly sizes: FusedSizes,
  ) {
    const { fast } = room;
    const { head, tail, options, standardizer, historyWeights } = network;
    const { capacity, learns } = sizes;
    const { k } = this;
    this.state = new FusedState(room, { ...options, standardizer }, sizes);
    this.head = new DenseStackBuffers(fast, head, capacity, { learns });
    this.tail = new DenseStackBuffers(fast, tail, capacity, { learns });
    this.matches = [room.take(capacity * k), room.take(capacity * k)];
    this.dropouts = [new FusedDropout(fast, options.dropout), new FusedDropout(fast, options.dropout)];
    this.vectors = room.take(capacity * 2 * k);
    this.scaled = room.take(capacity * 2 * k);
    this.zeros = room.hold(new Float32Array(2 * k));
    this.scale = room.take(2 * k);
    this.x = room.take(capacity * k);
    this.standardX = room.take(capacity * k);
    this.inputs = room.take(capacity * this.width);
    this.hiddenGradient = learns ? room.take(capacity * options.hiddenSize) : 0;
    this.pooledGradient = learns ? room.take(capacity * k) : 0;
    this.weightsGradient = learns ? room.take(historyWeights.size) : 0;
    const addresses = [...this.head.gradients, ...this.tail.gradients];
    const ofLayers = variablesOfLayers([...head, ...tail]).map(
      (variable, place) => [variable, addresses[place]!] as const,
    );
    this.gradients = new Map(
      learns ? [...this.state.gradients, [historyWeights, this.weightsGradient] as const, ...ofLayers] : [],
    );
  }

  /**
   * What it makes of histories alone.
   *
   * @param masks - what dropout draws from; without it nothing is dropped.
   */
  read(histories: FusedHistories, masks?: Random): ReadHistories {
    const { fast } = this.room;
    const { k, vectors, scaled } = this;
    const { historySize: n } = this.sizes;
    const { rows, items, mask } = histories;
    this.histories = histories;
    this.writeScale();
    const hidden = this.head.forward(this.state.forward(histories, masks), rows);
    fast.exports.copyColumns(histories.users, 4 * k, vectors, 8 * k, rows, 4 * k);
    const [table, weights] = [fast.addressOf(this.sizes.items), fast.addressOf(this.network.historyWeights)];
    fast.exports.itemSums(table, items, mask, weights, vectors + 4 * k, 8 * k, rows, n, 1, k);
    fast.exports.standardize(vectors, this.zeros, this.scale, scaled, rows, 2 * k, Infinity);
    return { hidden, vectors, scaled };
  }

  /**
   * The address of Q `[rows]` of one item for each history, valid until the next call.
   *
   * @param shown - int32 `[rows]`, rows of the items' table.
   */
  forward(histories: FusedHistories, shown: number, masks?: Random): number {
    const { fast } = this.room;
    const kernels = fast.exports;
    const { k, inputs, width, matches, x, standardX } = this;
    const { starts, count } = this.blocks;
    const { items } = this.sizes;
    const { hiddenSize } = this.network.options;
    const { rows } = histories;
    const { hidden, vectors, scaled } = this.read(histories, masks);
    kernels.gather(fast.addressOf(items), items.shape[0], shown, rows, 4 * k, x);
    this.standardizeItems(x, standardX, rows);
    kernels.copyColumns(hidden, 4 * hiddenSize, inputs, 4 * width, rows, 4 * hiddenSize);
    kernels.copyColumns(standardX, 4 * k, inputs + 4 * hiddenSize, 4 * width, rows, 4 * k);
    for (let term = 0; term < matches.length; term++) {
      const [match, vector] = [matches[term]!, 4 * term * k];
      kernels.vectorProducts(standardX, scaled + vector, 8 * k, match, 4 * k, rows, 1, k, 0);
      this.dropouts[term]!.forward(match, rows * k, masks);
      const product = inputs + 4 * (hiddenSize + (1 + term) * k);
      kernels.copyColumns(match, 4 * k, product, 4 * width, rows, 4 * k);
      const sums = inputs + 4 * (hiddenSize + 3 * k + term * count);
      kernels.blockSums(x, 4 * k, vectors + vector, 8 * k, starts, sums, 4 * width, rows, count);
    }
    return this.tail.forward(inputs, rows);
  }

  /** Writes the gradients of its variables from that of the values `[batch]` that `forward` wrote last. */
  backward(gradient: number): void {
    const { fast } = this.room;
    const kernels = fast.exports;
    const { k, x, standardX, width, hiddenGradient, pooledGradient: pooled, weightsGradient } = this;
    const { starts, count } = this.blocks;
    const { hiddenSize, features } = this.network.options;
    const { rows, items, mask } = this.histories!;
    const parameters = true;
    const all = (inputs: number) => ({ parameters, inputs: { first: 0, count: inputs } });
    const dInputs = this.tail.backward(gradient, all(width));

    // g is in the second products and in the second sums; u and x do not learn.
    const match = dInputs + 4 * (hiddenSize + 2 * k);
    const sums = dInputs + 4 * (hiddenSize + 3 * k + count);
    kernels.copyColumns(match, 4 * width, pooled, 4 * k, rows, 4 * k);
    this.dropouts[1].backward(pooled, rows * k);
    kernels.vectorProducts(standardX, pooled, 4 * k, pooled, 4 * k, rows, 1, k, 0);
    kernels.standardizeGradient(pooled, pooled, this.scale + 4 * k, pooled, rows, k, Infinity);
    kernels.addBlockProducts(x, 4 * k, sums, 4 * width, starts, pooled, 4 * k, rows, count);
    const [table, n] = [fast.addressOf(this.sizes.items), this.sizes.historySize];
    kernels.itemSumsGradient(table, items, mask, pooled, 4 * k, weightsGradient, rows, n, 1, k);

    kernels.copyColumns(dInputs, 4 * width, hiddenGradient, 4 * hiddenSize, rows, 4 * hiddenSize);
    this.state.backward(this.head.backward(hiddenGradient, all(features.size)));
  }

  /** Brings the vectors of items `[rows, k]` to one scale. */
  standardizeItems(x: number, out: number, rows: number): void {
    const { fast } = this.room;
    const { mean, deviation } = this.network.itemStandardizer;
    fast.exports.standardize(x, fast.addressOf(mean), fast.addressOf(deviation), out, rows, this.k, LIMIT);
  }

  free(): void {
    this.head.free();
    this.tail.free();
  }

  private get k(): number {
    return this.sizes.items.shape[1];
  }

  /** How many numbers the tail sees. */
  private get width(): number {
    return this.network.tail[0]!.kernel.shape[0];
  }

  private writeScale(): void {
    const { fast } = this.room;
    const { k, scale } = this;
    fast.exports.copyColumns(fast.addressOf(this.network.options.userScale), 0, scale, 0, 1, 4 * k);
    fast.exports.copyColumns(fast.addressOf(this.network.historyScale), 0, scale + 4 * k, 0, 1, 4 * k);
  }
}
