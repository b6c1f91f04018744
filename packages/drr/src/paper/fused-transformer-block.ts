import type { Random } from '@rl-recsys/random';
import type { TransformerState } from '@rl-recsys/state';
import { DenseStackBuffers, type Room } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import { FusedDropout } from '../residual/fused/fused-dropout.js';
import { FusedAttention } from './fused-attention.js';
import { FusedLayerNorm } from './fused-layer-norm.js';
import type { HistoryRows } from './history-rows.js';
import { NewestItems } from './newest-items.js';
import { transformerWeights } from './transformer-weights.js';

/** How much a {@link FusedTransformerBlock} has room for. */
export interface TransformerBlockSizes {
  readonly batchSize: number;
  /** n */
  readonly historySize: number;
  /** k */
  readonly size: number;
  /** Whether there will be backward passes. */
  readonly learns: boolean;
}

/** SASRec's block for the newest item of each user, as `TransformerState` has it, on addresses, and the way back. */
export class FusedTransformerBlock {
  /** Where `backward` writes the gradient of each of the layer's variables; none where nothing learns. */
  readonly gradients: ReadonlyMap<tf.Variable, number>;
  private readonly newestItems: NewestItems;
  private readonly positions: tf.Variable;
  private readonly beforeAttention: FusedLayerNorm;
  private readonly attention: FusedAttention;
  private readonly beforeFeedForward: FusedLayerNorm;
  private readonly feedForward: DenseStackBuffers;
  private readonly drops: Record<'x' | 'attended' | 'output', FusedDropout>;
  /** `[batch, n, k]`: x, and on the way back its gradient. */
  private readonly x: number;
  /** `[batch, k]`: x of the newest items, and on the way back the gradient of their z as queries. */
  private readonly newest: number;
  /** `[batch, k]`: z of the newest items. */
  private readonly query: number;
  /** `[batch, k]`: y, and on the way back its gradient. */
  private readonly y: number;
  /** `[batch, k]`: h, and on the way back the gradient of what was dropped from. */
  private readonly h: number;

  constructor(
    private readonly room: Room,
    layer: TransformerState,
    private readonly rows: HistoryRows,
    private readonly sizes: TransformerBlockSizes,
  ) {
    const { batchSize, historySize, size, learns } = sizes;
    const { fast } = room;
    const { positions, attention, beforeAttention, beforeFeedForward, feedForward } =
      transformerWeights(layer);
    const count = batchSize * historySize;
    this.newestItems = new NewestItems(room, rows, batchSize, historySize);
    const drop = () => new FusedDropout(fast, layer.dropout);
    this.drops = { x: drop(), attended: drop(), output: drop() };
    this.positions = positions;
    this.x = room.take(count * size);
    this.beforeAttention = new FusedLayerNorm(room, beforeAttention, count, { learns });
    this.attention = new FusedAttention(room, attention, { ...sizes, heads: layer.heads });
    this.beforeFeedForward = new FusedLayerNorm(room, beforeFeedForward, batchSize, { learns });
    this.feedForward = new DenseStackBuffers(fast, feedForward, batchSize, { learns });
    [this.newest, this.query, this.y, this.h] = [0, 0, 0, 0].map(() => room.take(batchSize * size)) as [
      ...[number, number, number, number],
    ];
    const dense = feedForward.flatMap(({ kernel, bias }) => [kernel, bias] as tf.Variable[]);
    this.gradients = new Map([
      ...(learns ? [[positions, room.take(positions.size)] as const] : []),
      ...[this.beforeAttention, this.attention, this.beforeFeedForward].flatMap((part) => [
        ...part.gradients,
      ]),
      ...this.feedForward.gradients.map((address, place) => [dense[place]!, address] as const),
    ]);
  }

  /**
   * The address of h `[batch, k]` of the histories that the rows hold, 0 without any item; valid until the next call.
   *
   * @param vectors - the items' `[batch, n, k]`, anything finite at padding.
   * @param masks - what dropout draws from; without it nothing is dropped.
   */
  forward(vectors: number, masks?: Random): number {
    const { fast } = this.room;
    const { rows, newestItems, drops, x, newest, query, y, h } = this;
    const { batchSize, historySize, size } = this.sizes;
    const ofUser = historySize * size;
    const positions = fast.addressOf(this.positions);
    fast.exports.copyColumns(positions, 0, x, 4 * ofUser, batchSize, 4 * ofUser); // the same for all
    fast.exports.addScaled(vectors, 1, x, 4 * batchSize * ofUser);
    drops.x.forward(x, batchSize * ofUser, masks);
    const z = this.beforeAttention.forward(x);
    newestItems.find();
    newestItems.gather(x, newest, size);
    newestItems.gather(z, query, size);
    this.copy(this.attention.forward(query, z, rows.mask), y);
    drops.attended.forward(y, batchSize * size, masks);
    this.add(newest, y);
    this.copy(this.feedForward.forward(this.beforeFeedForward.forward(y)), h);
    drops.output.forward(h, batchSize * size, masks);
    this.add(y, h);
    newestItems.clearEmpty(h, size);
    return h;
  }

  /** Writes the gradients of its variables from that of h `[batch, k]` which `forward` wrote last. */
  backward(gradient: number): void {
    const { fast } = this.room;
    const { newestItems, drops, x, newest, y, h } = this;
    const { batchSize, historySize, size } = this.sizes;
    const ofUser = historySize * size;
    this.copy(gradient, y);
    newestItems.clearEmpty(y, size);
    this.copy(y, h);
    drops.output.backward(h, batchSize * size);
    const inputs = { first: 0, count: size };
    const ofNormal = this.feedForward.backward(h, { parameters: true, inputs });
    this.beforeFeedForward.backward(ofNormal);
    this.add(ofNormal, y);
    this.copy(y, h);
    drops.attended.backward(h, batchSize * size);
    this.attention.backward(h, newest, x);
    newestItems.add(newest, x, size);
    this.beforeAttention.backward(x);
    newestItems.add(y, x, size);
    drops.x.backward(x, batchSize * ofUser);
    fast.exports.columnSum(x, this.gradients.get(this.positions)!, batchSize, ofUser);
  }

  /** Gives back what does not lie in the room. */
  free(): void {
    this.feedForward.free();
  }

  private copy(from: number, to: number): void {
    const { batchSize, size } = this.sizes;
    this.room.fast.exports.copyColumns(from, 4 * size, to, 4 * size, batchSize, 4 * size);
  }

  private add(from: number, sum: number): void {
    const { batchSize, size } = this.sizes;
    this.room.fast.exports.addScaled(from, 1, sum, 4 * batchSize * size);
  }
}
