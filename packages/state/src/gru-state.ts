import { gruStates } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, type LayerVariable, type Shape } from '@tensorflow/tfjs-layers';
import { inputSizes } from './input-sizes.js';
import { assertPositiveIntegers } from './positive-integers.js';
import type { SeededLayerOptions } from './seeded-layer-options.js';

/** So far below 0 that a sigmoid of it is exactly 0. */
const CLOSED = -1e9;

/**
 * A state from a user and the items that they liked last, in their order: `[u, h]`, where h is the last
 * state of a gated recurrent unit that reads the items, oldest first:
 *
 * - z = σ(W_z i_a + U_z h + b_z), r = σ(W_r i_a + U_r h + b_r),
 * - h̃ = tanh(W i_a + U (r ⊗ h) + b), h ← (1 − z) ⊗ h + z ⊗ h̃.
 *
 * Inputs are those of {@link DrrAve}. Padding is skipped and what stands there never changes the result,
 * as long as it is finite; h begins at 0 and stays there without any item. Output: `[batch, k + units]`.
 *
 * It learns a kernel `[k, 3 units]`, a recurrent kernel `[units, 3 units]` and a bias `[3 units]`, columns
 * in the order z, r, h̃. The kernels begin uniform within ±1/√units, the bias at 0.
 *
 * See "Empirical evaluation of gated recurrent neural networks on sequence modeling", Chung et al. 2014,
 * arXiv 1412.3555, section 3.2. It is not one of DRR's own.
 */
export class GruState extends layers.Layer {
  /** The name under which a saved model finds this layer again. */
  static className = 'GruState';

  private readonly seed: number;
  private readonly units: number;
  private kernel: LayerVariable | undefined;
  private recurrentKernel: LayerVariable | undefined;
  private bias: LayerVariable | undefined;

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
    const range = 1 / Math.sqrt(units);
    const uniform = (seed: number) => initializers.randomUniform({ minval: -range, maxval: range, seed });
    this.kernel = this.addWeight('kernel', [k, 3 * units], 'float32', uniform(seed));
    this.recurrentKernel = this.addWeight(
      'recurrent_kernel',
      [units, 3 * units],
      'float32',
      uniform(seed + 1),
    );
    this.bias = this.addWeight('bias', [3 * units], 'float32', initializers.zeros());
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [user, items, mask] = inputs as [tf.Tensor2D, tf.Tensor3D, tf.Tensor2D];
    const [batch, n, k] = items.shape;
    const { units } = this;
    return tf.tidy(() => {
      const existing = tf.reshape(tf.mul(items, tf.expandDims(mask, 2)), [batch * n, k]);
      const projected = tf.add(tf.matMul(existing, this.kernel!.read() as tf.Tensor2D), this.bias!.read());
      // At padding z is 0, so that h stays what it is.
      const closing = tf.expandDims(tf.mul(tf.sub(1, mask), CLOSED), 2);
      const open = tf.add(tf.reshape(projected, [batch, n, 3 * units]), closing);
      const steps = tf.transpose(open, [1, 0, 2]) as tf.Tensor3D;
      const states = gruStates(steps, this.recurrentKernel!.read() as tf.Tensor2D);
      const last = tf.reshape(tf.slice(states, [n - 1, 0, 0], [1, batch, units]), [batch, units]);
      return tf.concat([user, last], 1);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const { batch, k } = inputSizes(inputShape);
    return [batch, k + this.units];
  }

  /** What `loadLayersModel` makes this layer from. */
  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), seed: this.seed, units: this.units };
  }
}

tf.serialization.registerClass(GruState);
