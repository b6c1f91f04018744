import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, type LayerVariable, type Shape } from '@tensorflow/tfjs-layers';
import { inputSizes } from './input-sizes.js';
import { assertPositiveIntegers } from './positive-integers.js';
import type { SeededLayerOptions } from './seeded-layer-options.js';

/** Far enough below any score that its exponential is 0, near enough that nothing overflows. */
const NEVER = 1e9;

/**
 * DRR-att, a state from a user and the items that they liked last: `[u, u ⊗ g, g]` as {@link DrrAve}'s,
 * where the user pays attention to items rather than to positions: g = Σ α_a i_a,
 * α = softmax(w₂ · relu(W₁ [u, i_a] + b)) over the items that there are.
 *
 * Inputs are those of {@link DrrAve}. What stands at padding never changes the result, as long as it is
 * finite: no attention goes there. Without any item g is 0. Output: `[batch, 3k]`.
 *
 * It learns W₁ `[2k, units]`, b `[units]` and w₂ `[units, 1]`. A second bias would shift all scores
 * alike, which the softmax does not see. How many units there are and where they begin is our choice:
 * W₁ uniform after He et al. 2015, w₂ after Glorot and Bengio 2010, b = 0.
 *
 * See "State representation modeling for deep reinforcement learning based recommendation", Liu et al.
 * 2020, Knowledge-Based Systems 205, doi 10.1016/j.knosys.2020.106170.
 */
export class DrrAtt extends layers.Layer {
  /** The name under which a saved model finds this layer again. */
  static className = 'DrrAtt';

  private readonly seed: number;
  private readonly units: number;
  private hiddenKernel: LayerVariable | undefined;
  private hiddenBias: LayerVariable | undefined;
  private scoreKernel: LayerVariable | undefined;

  /** @throws RangeError where the seed or the units are not a positive integer. */
  constructor(options: SeededLayerOptions) {
    super({ ...options });
    const { seed, units = 64 } = options;
    assertPositiveIntegers({ seed, units });
    this.seed = seed;
    this.units = units;
  }

  /** @throws RangeError where the inputs are not `[_, k]`, `[_, n, k]` and `[_, n]`. */
  override build(inputShape: Shape | Shape[]): void {
    const { k } = inputSizes(inputShape);
    const { seed, units } = this;
    const [he, glorot] = [initializers.heUniform({ seed }), initializers.glorotUniform({ seed: seed + 1 })];
    this.hiddenKernel = this.addWeight('hidden_kernel', [2 * k, units], 'float32', he);
    this.hiddenBias = this.addWeight('hidden_bias', [units], 'float32', initializers.zeros());
    this.scoreKernel = this.addWeight('score_kernel', [units, 1], 'float32', glorot);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [user, items, mask] = inputs as [tf.Tensor2D, tf.Tensor3D, tf.Tensor2D];
    const [batch, n, k] = items.shape;
    return tf.tidy(() => {
      const existing = tf.mul(items, tf.expandDims(mask, 2));
      // W₁ [u, i] = W₁ᵘ u + W₁ⁱ i, whose first part is the same for all items.
      const [ofUser, ofItem] = tf.split(this.hiddenKernel!.read(), 2) as [tf.Tensor2D, tf.Tensor2D];
      const userPart = tf.add(tf.matMul(user, ofUser), this.hiddenBias!.read());
      const itemPart = tf.reshape(tf.matMul(tf.reshape(existing, [batch * n, k]), ofItem), [batch, n, -1]);
      const hidden = tf.relu(tf.add(itemPart, tf.expandDims(userPart, 1)));
      const rows: tf.Tensor2D = tf.reshape(hidden, [batch * n, -1]);
      const scores = tf.reshape(tf.matMul(rows, this.scoreKernel!.read() as tf.Tensor2D), [batch, n]);
      const attention = tf.softmax(tf.add(scores, tf.mul(tf.sub(mask, 1), NEVER)));
      const pooled = tf.reshape(tf.matMul(tf.expandDims(attention, 1), existing), [batch, k]);
      return tf.concat([user, tf.mul(user, pooled), pooled], 1);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const { batch, k } = inputSizes(inputShape);
    return [batch, 3 * k];
  }

  /** What `loadLayersModel` makes this layer from. */
  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), seed: this.seed, units: this.units };
  }
}

tf.serialization.registerClass(DrrAtt);
