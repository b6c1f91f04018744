import type { Room } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';

/** W_Q, W_K and W_V `[k, k]`. */
export interface AttentionKernels {
  readonly query: tf.Variable;
  readonly key: tf.Variable;
  readonly value: tf.Variable;
}

/** What attention is asked, and has room for. */
export interface AttentionSizes {
  readonly batchSize: number;
  /** n */
  readonly historySize: number;
  /** k */
  readonly size: number;
  readonly heads: number;
  /** Whether there will be backward passes. */
  readonly learns: boolean;
}

/** Attention of each user's newest item to all of the user's, with its projections, on addresses, and the way back. */
export class FusedAttention {
  /** Where `backward` writes the gradient of each variable; none where nothing learns. */
  readonly gradients: ReadonlyMap<tf.Variable, number>;
  /** `[batch, k]`, like `attended`. */
  private readonly queries: number;
  private readonly attended: number;
  /** `[batch, n, k]`, like `values`. */
  private readonly keys: number;
  private readonly values: number;
  /** `[batch, heads, n]` */
  private readonly shares: number;
  /** The gradients of queries, keys and values, and room like that of keys. */
  private readonly deltas: { queries: number; keys: number; values: number; spare: number } | undefined;
  /** Where z of the newest items and of all lies that `forward` was given last. */
  private given = { newest: 0, z: 0 };

  constructor(
    private readonly room: Room,
    private readonly kernels: AttentionKernels,
    private readonly sizes: AttentionSizes,
  ) {
    const { batchSize, historySize, heads, learns } = sizes;
    const [ofNewest, ofAll] = [batchSize * sizes.size, batchSize * historySize * sizes.size];
    this.queries = room.take(ofNewest);
    this.attended = room.take(ofNewest);
    this.keys = room.take(ofAll);
    this.values = room.take(ofAll);
    this.shares = room.take(batchSize * heads * historySize);
    const [queries, keys, values, spare] = (learns ? [ofNewest, ofAll, ofAll, ofAll] : []).map((length) =>
      room.take(length),
    ) as [number, number, number, number];
    this.deltas = learns ? { queries, keys, values, spare } : undefined;
    const variables = learns ? [kernels.query, kernels.key, kernels.value] : [];
    this.gradients = new Map(variables.map((variable) => [variable, room.take(variable.size)]));
  }

  /**
   * The address of what is found for each user `[batch, k]`, valid until the next call.
   *
   * @param newest - z of the newest items `[batch, k]`, which stays there until `backward`, like z.
   * @param z - of all items `[batch, n, k]`
   * @param mask - `[batch, n]`: 1 at an item.
   */
  forward(newest: number, z: number, mask: number): number {
    const { fast } = this.room;
    const { queries, keys, values, shares, attended, kernels } = this;
    const { batchSize, historySize, size, heads } = this.sizes;
    const count = batchSize * historySize;
    this.given = { newest, z };
    fast.matMul(false, false, batchSize, size, size, newest, fast.addressOf(kernels.query), queries);
    fast.matMul(false, false, count, size, size, z, fast.addressOf(kernels.key), keys);
    fast.matMul(false, false, count, size, size, z, fast.addressOf(kernels.value), values);
    const sizes = [batchSize, historySize, size, heads] as const;
    fast.exports.attention(queries, keys, values, mask, shares, attended, ...sizes);
    return attended;
  }

  /**
   * Writes the gradients of its variables and of z.
   *
   * @param gradient - of what `forward` wrote last `[batch, k]`.
   * @param newestGradient - `[batch, k]`: what the newest items' z has of it as queries.
   * @param zGradient - `[batch, n, k]`: what all items' has of it as keys and values.
   */
  backward(gradient: number, newestGradient: number, zGradient: number): void {
    const { fast } = this.room;
    const { queries, keys, values, shares, attended, kernels, given } = this;
    const { batchSize, historySize, size, heads } = this.sizes;
    const count = batchSize * historySize;
    const deltas = this.deltas!;
    fast.exports.attentionGradient(
      ...([gradient, attended, queries, keys, values, shares] as const),
      ...([deltas.queries, deltas.keys, deltas.values] as const),
      ...([batchSize, historySize, size, heads] as const),
    );
    this.project(kernels.query, given.newest, deltas.queries, newestGradient, batchSize);
    this.project(kernels.key, given.z, deltas.keys, zGradient, count);
    this.project(kernels.value, given.z, deltas.values, deltas.spare, count);
    fast.exports.addScaled(deltas.spare, 1, zGradient, 4 * count * size);
  }

  /** Goes back through x · kernel: writes the gradients of the kernel and of x. */
  private project(kernel: tf.Variable, x: number, delta: number, dx: number, rows: number): void {
    const { fast } = this.room;
    const { size } = this.sizes;
    fast.matMul(true, false, size, size, rows, x, delta, this.gradients.get(kernel)!);
    fast.matMul(false, true, rows, size, size, delta, fast.addressOf(kernel), dx);
  }
}
