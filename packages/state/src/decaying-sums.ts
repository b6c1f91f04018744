import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, type LayerVariable, type Shape } from '@tensorflow/tfjs-layers';
import { decayingWeights } from './decaying-weights.js';
import { inputSizes } from './input-sizes.js';

/** d of each sum: memories of about two, five and twenty items; our choice. */
const DECAYS = [0.5, 0.8, 0.95];

/**
 * A state from a user and the items that they saw last, which also tells how much of what there was, and how lately:
 * `[u, u ⊗ g_1, …, u ⊗ g_3, g_1, …, g_3]` with sums g_h = Σ w_ha i_a over the items that there are. Unlike the average of
 * {@link DrrAve} they grow with each item, as boredom does.
 *
 * Inputs are those of {@link DrrAve}. What stands at padding never changes the result, as long as it is finite; without any
 * item all g_h are 0. Output: `[batch, 7k]`.
 *
 * It learns one weight a sum and position, w `[3, n]`, which begins at (1 − d) d^age with d = 0.5, 0.8 and 0.95.
 *
 * It is not one of DRR's own.
 */
export class DecayingSums extends layers.Layer {
  /** The name under which a saved model finds this layer again. */
  static className = 'DecayingSums';

  private positionWeights: LayerVariable | undefined;

  /** @throws RangeError where the inputs are not `[_, k]`, `[_, n, k]` and `[_, n]`. */
  override build(inputShape: Shape | Shape[]): void {
    const { n } = inputSizes(inputShape);
    const shape: [number, number] = [DECAYS.length, n];
    this.positionWeights = this.addWeight('position_weights', shape, 'float32', initializers.zeros());
    const first = DECAYS.flatMap((decay) => [...decayingWeights(n, decay)]);
    tf.tidy(() => void this.positionWeights!.write(tf.tensor2d(first, shape)));
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [user, items, mask] = inputs as [tf.Tensor2D, tf.Tensor3D, tf.Tensor2D];
    const [batch, , k] = items.shape;
    return tf.tidy(() => {
      const weights = tf.mul(tf.expandDims(mask, 1), this.positionWeights!.read());
      const sums = tf.matMul(weights, items); // [batch, 3, k]
      const products = tf.mul(sums, tf.expandDims(user, 1));
      const flat = [products, sums].map((each): tf.Tensor2D => tf.reshape(each, [batch, DECAYS.length * k]));
      return tf.concat([user, ...flat], 1);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const { batch, k } = inputSizes(inputShape);
    return [batch, (1 + 2 * DECAYS.length) * k];
  }
}

tf.serialization.registerClass(DecayingSums);
