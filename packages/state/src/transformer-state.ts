import type { Random } from '@rl-recsys/random';
import { dropout } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, type LayerVariable, type Shape } from '@tensorflow/tfjs-layers';
import type { StateCallArguments } from './call-arguments.js';
import { inputSizes } from './input-sizes.js';
import { assertPositiveIntegers } from './positive-integers.js';

/** Far enough below any score that its exponential is 0, near enough that nothing overflows. */
const NEVER = 1e9;
/** Keeps layer normalization from dividing by 0. */
const EPSILON = 1e-5;

/** The weights in their order, and where they begin. */
const starts = {
  position_vectors: 'glorotUniform',
  query_kernel: 'glorotUniform',
  key_kernel: 'glorotUniform',
  value_kernel: 'glorotUniform',
  attention_scale: 'ones',
  attention_offset: 'zeros',
  hidden_kernel: 'heUniform',
  hidden_bias: 'zeros',
  output_kernel: 'glorotUniform',
  output_bias: 'zeros',
  feed_forward_scale: 'ones',
  feed_forward_offset: 'zeros',
} as const;
type WeightName = keyof typeof starts;

/** What a {@link TransformerState} is made from. */
export interface TransformerStateOptions {
  /** Draws the starting weights; a positive integer, as `1 + random.integer(2 ** 31 - 1)` gives. */
  readonly seed: number;
  /** How many heads share k, which they divide (default 1, which section IV.F of the paper finds best). */
  readonly heads?: number;
  /** The share of numbers that are dropped in training, in [0, 1) (default 0.2, the paper's for MovieLens). */
  readonly dropout?: number;
  /** The layer's name (default: one that is not taken yet). */
  readonly name?: string;
}

/**
 * A state from a user and the items that they liked last, in their order: `[u, h]`, where h is what SASRec's block
 * makes of the newest item:
 *
 * - x_a = dropout(i_a + p_a), where p_a belongs to position a of n,
 * - z_a = LayerNorm(x_a), y_a = x_a + dropout(Σ_b softmax_b(z_a W_Q · z_b W_K / √d) z_b W_V) over items b ≤ a, head
 *   by head, each with d = k / heads columns of the products,
 * - h_a = y_a + dropout(relu(LayerNorm(y_a) W₁ + b₁) W₂ + b₂).
 *
 * It is causal: h_a does not see what came after a. As nobody reads h_a but that of the newest item, no other is
 * computed, and no item has to be hidden from it.
 *
 * Inputs are those of {@link DrrAve}. What stands at padding never changes the result, as long as it is finite:
 * no attention goes there. Without any item h is 0. Output: `[batch, 2k]`.
 *
 * It learns p `[n, k]`, W_Q, W_K, W_V, W₁ and W₂ `[k, k]`, b₁ and b₂ `[k]`, and of both normalizations, of mean 0
 * and variance 1 before, a scale and an offset `[k]`. Where they begin is our choice: W₁ uniform after He et al.
 * 2015, p and the other matrices after Glorot and Bengio 2010, the scales 1, all else 0.
 *
 * It drops numbers only where it is called with `{ training: true, random }`.
 *
 * See "Self-attentive sequential recommendation", Kang and McAuley 2018, arXiv 1808.09781, section III. It is not
 * one of DRR's own.
 */
export class TransformerState extends layers.Layer {
  /** The name under which a saved model finds this layer again. */
  static className = 'TransformerState';

  /** How many heads share k. */
  readonly heads: number;
  /** The share of numbers that are dropped in training, in [0, 1). */
  readonly dropout: number;
  private readonly seed: number;
  private readonly learned: Partial<Record<WeightName, LayerVariable>> = {};

  /** @throws RangeError where the seed or the heads are not a positive integer, or the dropout is not in [0, 1). */
  constructor(options: TransformerStateOptions) {
    super({ ...options });
    const { seed, heads = 1, dropout = 0.2 } = options;
    assertPositiveIntegers({ seed, heads });
    if (!(dropout >= 0 && dropout < 1)) {
      throw new RangeError(`dropout: expected a number in [0, 1), got ${dropout}`);
    }
    this.seed = seed;
    this.heads = heads;
    this.dropout = dropout;
  }

  /** @throws RangeError where the inputs are not `[_, k]`, `[_, n, k]` and `[_, n]`, or the heads do not divide k. */
  override build(inputShape: Shape | Shape[]): void {
    const { n, k } = inputSizes(inputShape);
    const { seed, heads } = this;
    if (k % heads !== 0) throw new RangeError(`heads: expected a divisor of k = ${k}, got ${heads}`);
    for (const [place, name] of (Object.keys(starts) as WeightName[]).entries()) {
      const shape = name === 'position_vectors' ? [n, k] : name.endsWith('_kernel') ? [k, k] : [k];
      const start = initializers[starts[name]]({ seed: seed + place });
      this.learned[name] = this.addWeight(name, shape, 'float32', start);
    }
    this.built = true;
  }

  /** @throws RangeError where it is to drop numbers and has nothing to draw them from. */
  override call(
    inputs: tf.Tensor | tf.Tensor[],
    { training = false, random }: StateCallArguments = {},
  ): tf.Tensor {
    const [user, items, mask] = inputs as [tf.Tensor2D, tf.Tensor3D, tf.Tensor2D];
    const [batch, n, k] = items.shape;
    const drop = this.dropping(training, random);
    return tf.tidy(() => {
      // 1 at the newest item, if there is any: where as many items as there are have been counted.
      const newest = tf.mul(mask, tf.equal(tf.cumsum(mask, 1), tf.sum(mask, 1, true)));
      const atNewest = (x: tf.Tensor): tf.Tensor2D =>
        tf.reshape(tf.matMul(tf.expandDims(newest, 1), x), [batch, k]);
      const existing = tf.mul(items, tf.expandDims(mask, 2));
      const x = drop(tf.add(existing, this.weight('position_vectors')));
      const z = this.normalize(x, 'attention');
      const attended = this.attend(atNewest(z), tf.reshape(z, [batch * n, k]), mask);
      const y: tf.Tensor2D = tf.add(atNewest(x), drop(attended));
      const hidden = tf.relu(this.dense(this.normalize(y, 'feed_forward'), 'hidden'));
      const h = tf.add(y, drop(this.dense(hidden, 'output')));
      return tf.concat([user, tf.mul(h, tf.max(mask, 1, true))], 1);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const { batch, k } = inputSizes(inputShape);
    return [batch, 2 * k];
  }

  /** What `loadLayersModel` makes this layer from. */
  override getConfig(): tf.serialization.ConfigDict {
    const { seed, heads, dropout } = this;
    return { ...super.getConfig(), seed, heads, dropout };
  }

  /** What each head's softmax finds for one row of a user `[batch, k]` among all of theirs `[batch · n, k]`. */
  private attend(query: tf.Tensor2D, rows: tf.Tensor2D, mask: tf.Tensor2D): tf.Tensor2D {
    const [batch, n] = mask.shape;
    const { heads } = this;
    const d = query.shape[1] / heads;
    const project = (x: tf.Tensor2D, name: WeightName) => tf.matMul(x, this.weight(name));
    const byHead = (x: tf.Tensor) => tf.transpose(tf.reshape(x, [batch, n, heads, d]), [0, 2, 1, 3]);
    const queries = tf.reshape(project(query, 'query_kernel'), [batch, heads, 1, d]);
    const scores = tf.matMul(queries, byHead(project(rows, 'key_kernel')), false, true);
    const never = tf.reshape(tf.mul(tf.sub(mask, 1), NEVER), [batch, 1, 1, n]);
    const attention = tf.softmax(tf.add(tf.div(scores, Math.sqrt(d)), never));
    return tf.reshape(tf.matMul(attention, byHead(project(rows, 'value_kernel'))), [batch, heads * d]);
  }

  private dense(x: tf.Tensor2D, layer: 'hidden' | 'output'): tf.Tensor2D {
    return tf.add(tf.matMul(x, this.weight(`${layer}_kernel`)), this.weight(`${layer}_bias`));
  }

  /** LayerNorm: each vector with mean 0 and variance 1, then scaled and moved. */
  private normalize<T extends tf.Tensor>(x: T, before: 'attention' | 'feed_forward'): T {
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const variance = tf.mean(tf.square(centred), -1, true);
    const normal: T = tf.mul(centred, tf.rsqrt(tf.add(variance, EPSILON)));
    return tf.add(tf.mul(normal, this.weight(`${before}_scale`)), this.weight(`${before}_offset`));
  }

  private weight(name: WeightName): tf.Tensor {
    return this.learned[name]!.read();
  }

  /** Dropout with a mask of its own at each call, where there is any. */
  private dropping(training: boolean, random: Random | undefined): <T extends tf.Tensor>(x: T) => T {
    const { dropout: rate } = this;
    if (!training || rate === 0) return (x) => x;
    if (!random) throw new RangeError('random: expected a Random where the layer is training, got undefined');
    const drawSeed = () => Uint32Array.from({ length: 16 }, () => random.bits());
    return (x) => dropout(x, rate, drawSeed());
  }
}

tf.serialization.registerClass(TransformerState);
