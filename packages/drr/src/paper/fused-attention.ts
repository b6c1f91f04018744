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

/**
 * Attention of each user's newest item to all of the user's, with its projections, on addresses, and the way back.
 *
 * No item is projected, which would be most of the work: q · (z W_K) is (q W_Kᵀ) · z, and Σ s (z W_V) is (Σ s z) W_V. So each head's query
 * is brought to where z is, and what it finds is brought from there. A head has its own columns of the matrices: its queries are 0 in
 * the others', and of what it finds the others' are left out.
 */
export class FusedAttention {
  /** Where `backward` writes the gradient of each variable; none where nothing learns. */
  readonly gradients: ReadonlyMap<tf.Variable, number>;
  /** `[batch, k]`: the queries side by side, and on the way back their gradient. */
  private readonly projected: number;
  /** `[batch, heads, k]`: the queries head by head, 0 but in a head's own columns. */
  private readonly queries: number;
  /** `[batch, heads, k]`: the same brought to where z is. */
  private readonly brought: number;
  /** `[batch, heads, n]` */
  private readonly shares: number;
  /** `[batch, heads, k]`: Σ s z. */
  private readonly found: number;
  /** `[batch, heads, k]`: the same times W_V. */
  private readonly values: number;
  /** `[batch, k]`: each head's own columns of that. */
  private readonly attended: number;
  /** `[batch, heads, k]` each: the gradients of `values`, 0 but in a head's own columns, of `found` and of `brought`. */
  private readonly deltas: { readonly values: number; readonly found: number; readonly brought: number };
  /** Where z of the newest items and of all lies that `forward` was given last. */
  private given = { newest: 0, z: 0 };

  constructor(
    private readonly room: Room,
    private readonly kernels: AttentionKernels,
    private readonly sizes: AttentionSizes,
  ) {
    const { batchSize, historySize, size, heads, learns } = sizes;
    const byHead = batchSize * heads * size;
    this.projected = room.take(batchSize * size);
    this.queries = room.hold(new Float32Array(byHead));
    this.brought = room.take(byHead);
    this.shares = room.take(batchSize * heads * historySize);
    this.found = room.take(byHead);
    this.values = room.take(byHead);
    this.attended = room.take(batchSize * size);
    this.deltas = learns
      ? { values: room.hold(new Float32Array(byHead)), found: room.take(byHead), brought: room.take(byHead) }
      : { values: 0, found: 0, brought: 0 };
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
    const { projected, queries, brought, shares, found, values, attended } = this;
    const { batchSize, historySize, size, heads } = this.sizes;
    const [query, key, value] = this.addresses();
    const rows = batchSize * heads;
    this.given = { newest, z };
    fast.matMul(false, false, batchSize, size, size, newest, query, projected);
    this.spread(projected, queries);
    fast.matMul(false, true, rows, size, size, queries, key, brought);
    const sizes = [batchSize, heads, historySize, size] as const;
    fast.exports.attention(brought, z, mask, Math.sqrt(heads / size), shares, found, ...sizes);
    fast.matMul(false, false, rows, size, size, found, value, values);
    this.collect(values, attended);
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
    const { projected, queries, brought, shares, found, values, deltas, kernels, gradients, given } = this;
    const { batchSize, historySize, size, heads } = this.sizes;
    const [query, key, value] = this.addresses();
    const rows = batchSize * heads;
    this.spread(gradient, deltas.values);
    fast.matMul(true, false, size, size, rows, found, deltas.values, gradients.get(kernels.value)!);
    fast.matMul(false, true, rows, size, size, deltas.values, value, deltas.found);
    fast.exports.attentionGradient(
      ...([deltas.found, found, brought, given.z, Math.sqrt(heads / size), shares] as const),
      ...([deltas.brought, zGradient, batchSize, heads, historySize, size] as const),
    );
    fast.matMul(true, false, size, size, rows, deltas.brought, queries, gradients.get(kernels.key)!);
    fast.matMul(false, false, rows, size, size, deltas.brought, key, values);
    this.collect(values, projected);
    fast.matMul(true, false, size, size, batchSize, given.newest, projected, gradients.get(kernels.query)!);
    fast.matMul(false, true, batchSize, size, size, projected, query, newestGradient);
  }

  /** Where W_Q, W_K and W_V are. */
  private addresses(): [query: number, key: number, value: number] {
    const { fast } = this.room;
    const { query, key, value } = this.kernels;
    return [fast.addressOf(query), fast.addressOf(key), fast.addressOf(value)];
  }

  /** Copies each head's columns of x `[batch, k]` to the head's own row of `out` `[batch, heads, k]`. */
  private spread(x: number, out: number): void {
    const { batchSize, size, heads } = this.sizes;
    const [row, part] = [4 * size, (4 * size) / heads];
    for (let head = 0; head < heads; head++) {
      const [from, to] = [x + head * part, out + head * (row + part)];
      this.room.fast.exports.copyColumns(from, row, to, heads * row, batchSize, part);
    }
  }

  /** Copies each head's columns of its own row of x `[batch, heads, k]` to `out` `[batch, k]`. */
  private collect(x: number, out: number): void {
    const { batchSize, size, heads } = this.sizes;
    const [row, part] = [4 * size, (4 * size) / heads];
    for (let head = 0; head < heads; head++) {
      const [from, to] = [x + head * (row + part), out + head * part];
      this.room.fast.exports.copyColumns(from, heads * row, to, row, batchSize, part);
    }
  }
}
