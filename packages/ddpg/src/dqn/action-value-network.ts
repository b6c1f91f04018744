import { restoreVariables, savedVariables, type Weights } from '@rl-recsys/agent';
import { standardize } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { DenseNetwork } from '../dense-network.js';
import type { PlainNetworkSizes } from '../networks.js';

/** Keeps a number that hardly varies from being blown up, in units of observations; our choice. */
const LEAST_DEVIATION = 0.01;

/**
 * Q(s, a) of every action: a dense network over states that are brought to mean 0 and deviation 1. Means and
 * deviations are fitted once and then stay: they are saved with the network, but do not learn.
 */
export class ActionValueNetwork {
  /** What learns; its inputs are of one scale already. */
  readonly dense: DenseNetwork;
  /** `[inputSize]` each: 0 and 1 until they are fitted. */
  readonly scale: { readonly mean: tf.Variable<tf.Rank.R1>; readonly deviation: tf.Variable<tf.Rank.R1> };

  /** @throws RangeError where a size is not a positive integer. */
  constructor(sizes: PlainNetworkSizes) {
    this.dense = new DenseNetwork(sizes);
    const filled = (value: number) =>
      tf.tidy(() => tf.variable(tf.fill<tf.Rank.R1>([sizes.inputSize], value), false));
    this.scale = { mean: filled(0), deviation: filled(1) };
  }

  /** The network's, and then the scale's. */
  get variables(): readonly tf.Variable[] {
    return [...this.dense.variables, this.scale.mean, this.scale.deviation] as tf.Variable[];
  }

  /** Brings states to one scale from now on, by how these are. @param states - `[any, inputSize]` */
  fit(states: tf.Tensor2D): void {
    tf.tidy(() => {
      const { mean, variance } = tf.moments(states, 0);
      this.scale.mean.assign(mean as tf.Tensor1D);
      this.scale.deviation.assign(tf.add(tf.sqrt(variance), LEAST_DEVIATION));
    });
  }

  /**
   * @param states - `[batch, inputSize]`
   * @returns Q(s, ·) `[batch, outputSize]`; the caller disposes it.
   */
  apply(states: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => this.dense.apply(standardize(states, { ...this.scale, limit: Infinity })));
  }

  /** Copies of its numbers, for {@link ActionValueNetwork.takeWeights}. */
  weights(): Weights {
    return savedVariables(this.variables);
  }

  /** @throws RangeError where the weights are of other shapes; nothing has changed then. */
  takeWeights(weights: Weights): void {
    restoreVariables(this.variables, weights, 'weights');
  }

  /** Frees its variables; safe to call twice. */
  dispose(): void {
    this.dense.dispose();
    for (const variable of Object.values(this.scale)) if (!variable.isDisposed) variable.dispose();
  }
}
