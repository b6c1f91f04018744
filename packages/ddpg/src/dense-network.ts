import { restoreVariables, savedVariables, type Weights } from '@rl-recsys/agent';
import { denseStack, matchDenseStack, type DenseLayer, type WantedGradients } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { createNetwork, type PlainNetworkSizes } from './networks.js';

/** A network of dense layers, one after the other, that runs as one operation. */
export class DenseNetwork {
  /** The network itself, to be saved as `model.json`, say. */
  readonly model: LayersModel;
  readonly variables: readonly tf.Variable[];
  private readonly layers: readonly DenseLayer[];

  /** @throws RangeError where a size is not a positive integer. */
  constructor(sizes: PlainNetworkSizes) {
    this.model = createNetwork(sizes);
    this.layers = matchDenseStack(this.model.outputs[0]!)!.layers;
    this.variables = this.model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  }

  /**
   * The outputs of a batch.
   *
   * @param x - `[batch, inputSize]`, or two matrices that stand side by side.
   * @param wanted - whose gradients anybody is going to ask for (default: those of the variables alone).
   * @returns `[batch, outputSize]`; the caller disposes it.
   */
  apply(
    x: tf.Tensor2D | readonly [tf.Tensor2D, tf.Tensor2D],
    wanted: WantedGradients = { input: false, beside: false },
  ): tf.Tensor2D {
    return denseStack(x, this.layers, wanted);
  }

  /** Copies of its numbers, for {@link DenseNetwork.takeWeights}. */
  weights(): Weights {
    return savedVariables(this.variables);
  }

  /** @throws RangeError where the weights are of other shapes; nothing has changed then. */
  takeWeights(weights: Weights): void {
    restoreVariables(this.variables, weights, 'weights');
  }

  /** Frees its variables; safe to call twice. */
  dispose(): void {
    for (const variable of this.variables) if (!variable.isDisposed) variable.dispose();
  }
}
