import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, type LayerVariable, type Shape } from '@tensorflow/tfjs-layers';
import { inputSizes } from './input-sizes.js';
import { withPairs } from './with-pairs.js';

/**
 * DRR-p, a state from the items that a user liked last: `[i_1, …, i_n, {w_a i_a ⊗ w_b i_b, a < b}]`, the
 * items and the products of each pair of them, element by element. It does not look at the user's vector.
 *
 * Inputs are those of {@link DrrAve}. What stands at padding never changes the result, as long as it is
 * finite: it and its products are 0. Output: `[batch, (n + n (n − 1) / 2) k]`, pairs in the order (1, 2),
 * (1, 3), …, (2, 3), …
 *
 * It learns one weight a position, w `[n]`, which begins at 1.
 *
 * See Liu et al. 2018, arXiv 1810.12027, section 4.1 and figure 4.
 */
export class DrrP extends layers.Layer {
  /** The name under which a saved model finds this layer again. */
  static className = 'DrrP';

  private positionWeights: LayerVariable | undefined;

  /** @throws RangeError where the inputs are not `[_, k]`, `[_, n, k]` and `[_, n]`. */
  override build(inputShape: Shape | Shape[]): void {
    const { n } = inputSizes(inputShape);
    this.positionWeights = this.addWeight('position_weights', [n], 'float32', initializers.ones());
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [, items, mask] = inputs as [tf.Tensor2D, tf.Tensor3D, tf.Tensor2D];
    return tf.tidy(() => {
      const existing: tf.Tensor3D = tf.mul(items, tf.expandDims(mask, 2));
      const weighted: tf.Tensor3D = tf.mul(existing, tf.expandDims(this.positionWeights!.read(), 1));
      return withPairs(existing, weighted);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const { batch, n, k } = inputSizes(inputShape);
    return [batch, (n + (n * (n - 1)) / 2) * k];
  }
}

tf.serialization.registerClass(DrrP);
