import type { Random } from '@rl-recsys/random';
import type { DenseLayer } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';

/** A dense layer that learns. */
export interface TrainableLayer extends DenseLayer {
  readonly kernel: tf.Variable<tf.Rank.R2>;
  readonly bias: tf.Variable<tf.Rank.R1>;
}

/**
 * Dense layers, one behind the other: ReLU, and the last with an activation of its own.
 *
 * Weights begin uniform within ±1/√inputs (LeCun et al. 1998, "Efficient backprop"), biases at 0.
 *
 * @param sizes - how many inputs there are, then the units of each layer.
 */
export function createDenseLayers(
  sizes: readonly number[],
  lastActivation: DenseLayer['activation'],
  random: Random,
): TrainableLayer[] {
  return sizes.slice(1).map((units, index) => {
    const inputs = sizes[index]!;
    const bound = 1 / Math.sqrt(inputs);
    const draws = Float32Array.from({ length: inputs * units }, () => bound * (2 * random.uniform() - 1));
    return {
      kernel: tf.tidy(() => tf.variable(tf.tensor2d(draws, [inputs, units]))),
      bias: tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([units]))),
      activation: index === sizes.length - 2 ? lastActivation : 'relu',
    };
  });
}

/** A last layer that begins at 0, so that what it corrects is at first left as it is. */
export function createZeroLayer(
  inputs: number,
  units: number,
  activation: DenseLayer['activation'],
): TrainableLayer {
  return {
    kernel: tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R2>([inputs, units]))),
    bias: tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([units]))),
    activation,
  };
}

/** The variables of some layers, in their order. */
export function variablesOfLayers(layers: readonly TrainableLayer[]): tf.Variable[] {
  return layers.flatMap(({ kernel, bias }) => [kernel as tf.Variable, bias as tf.Variable]);
}
