import type { SymbolicTensor, layers } from '@tensorflow/tfjs-layers';
import type * as tf from '@tensorflow/tfjs-core';
import { isDenseActivation } from '../activation.js';
import type { DenseLayer } from './dense-stack.js';

/** The dense layers that end in a symbolic tensor, and where they begin. */
export interface MatchedDenseStack {
  readonly input: SymbolicTensor;
  /** In the order in which they are applied. */
  readonly layers: readonly MatchedDenseLayer[];
}

/** A dense layer of a model, whose tensors are the model's own variables. */
export interface MatchedDenseLayer extends DenseLayer {
  readonly kernel: tf.Variable<tf.Rank.R2>;
  readonly bias: tf.Variable<tf.Rank.R1>;
}

/**
 * Finds the longest stack of dense layers that ends in `output` of an ordinary `tf.layers` model. A layer
 * counts that has a bias and a linear, ReLU, sigmoid or tanh activation.
 *
 * @param output - such as `model.outputs[0]`.
 * @returns undefined where there is none.
 */
export function matchDenseStack(output: SymbolicTensor): MatchedDenseStack | undefined {
  const found: MatchedDenseLayer[] = [];
  let input = output;
  for (;;) {
    const layer = asDense(input.sourceLayer);
    if (!layer) break;
    found.unshift(layer);
    input = input.inputs[0]!;
  }
  return found.length > 0 ? { input, layers: found } : undefined;
}

function asDense(layer: layers.Layer): MatchedDenseLayer | undefined {
  const { activation, useBias } = layer.getConfig();
  if (layer.getClassName() !== 'Dense' || useBias !== true || !isDenseActivation(activation)) {
    return undefined;
  }
  const [kernel, bias] = layer.weights.map((weight) => weight.read());
  return {
    kernel: kernel as tf.Variable<tf.Rank.R2>,
    bias: bias as tf.Variable<tf.Rank.R1>,
    activation,
  };
}
