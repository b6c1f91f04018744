import type { SymbolicTensor, layers } from '@tensorflow/tfjs-layers';
import type * as tf from '@tensorflow/tfjs-core';
import { isDenseActivation } from '../activation.js';
import type { DenseLayer } from './dense-stack.js';

/** The dense layers that end in a symbolic tensor, and where they begin. */
export interface MatchedDenseStack {
  readonly input: SymbolicTensor;
  /** In the order in which they are applied; their tensors are the layers' variables. */
  readonly layers: readonly DenseLayer[];
}

/**
 * Finds the longest stack of dense layers that ends in `output` of an ordinary `tf.layers` model. A layer
 * counts that has a bias and a linear, ReLU, sigmoid or tanh activation.
 *
 * @param output - such as `model.outputs[0]`.
 * @returns undefined where there is none.
 */
export function matchDenseStack(output: SymbolicTensor): MatchedDenseStack | undefined {
  const found: DenseLayer[] = [];
  let input = output;
  for (;;) {
    const layer = asDense(input.sourceLayer);
    if (!layer) break;
    found.unshift(layer);
    input = input.inputs[0]!;
  }
  return found.length > 0 ? { input, layers: found } : undefined;
}

function asDense(layer: layers.Layer): DenseLayer | undefined {
  const { activation, useBias } = layer.getConfig();
  if (layer.getClassName() !== 'Dense' || useBias !== true || !isDenseActivation(activation)) {
    return undefined;
  }
  const [kernel, bias] = layer.weights.map((weight) => weight.read());
  return { kernel: kernel as tf.Tensor2D, bias: bias as tf.Tensor1D, activation };
}
