import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, type LayerVariable, type Shape } from '@tensorflow/tfjs-layers';
import { pooledState } from '@rl-recsys/wasm-kernels';
import { inputSizes } from './input-sizes.js';

/**
 * DRR-ave, a state from a user and the items that they liked last: `[u, u ⊗ g, g]`, where
 * g = (1 / m) Σ w_a i_a is the weighted average over the m items that there are and ⊗ multiplies
 * element by element.
 *
 * Inputs, in this order: the user's vector u `[batch, k]`, the items' vectors i_a `[batch, n, k]`
 * oldest first, and a mask `[batch, n]` that is 1 at an item and 0 at padding. What stands at padding
 * never changes the result, as long as it is finite; without any item g is 0. Output: `[batch, 3k]`.
 *
 * It learns one weight a position, w `[n]`, which begins at 1.
 *
 * See "Deep reinforcement learning based recommendation with explicit user-item interactions
 * modeling", Liu et al. 2018, arXiv 1810.12027, section 4.1 and figure 6.
 */
export class DrrAve extends layers.Layer {
  /** The name under which a saved model finds this layer again. */
  static className = 'DrrAve';

  private positionWeights: LayerVariable | undefined;

  /** @throws RangeError where the inputs are not `[_, k]`, `[_, n, k]` and `[_, n]`. */
  override build(inputShape: Shape | Shape[]): void {
    const { n } = inputSizes(inputShape);
    this.positionWeights = this.addWeight('position_weights', [n], 'float32', initializers.ones());
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [user, items, mask] = inputs as [tf.Tensor2D, tf.Tensor3D, tf.Tensor2D];
    return pooledState({ user, items, mask, weights: this.positionWeights!.read() as tf.Tensor1D });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const { batch, k } = inputSizes(inputShape);
    return [batch, 3 * k];
  }
}

tf.serialization.registerClass(DrrAve);
