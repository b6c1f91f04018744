import * as tf from '@tensorflow/tfjs-core';
import { ACTIVATIONS, type DenseActivation } from './activation.js';
import { activeKernels } from './fast-kernels.js';
import {
  DENSE_STACK,
  DENSE_STACK_GRADIENT,
  type DenseStackAttributes,
  type DenseStackGradientAttributes,
} from './register-dense-stack.js';

/** One dense layer, f(x · kernel + bias). */
export interface DenseLayer {
  /** `[inputs, units]` */
  readonly kernel: tf.Tensor2D;
  /** `[units]` */
  readonly bias: tf.Tensor1D;
  readonly activation: DenseActivation;
}

/** Whose gradients anybody is going to ask for; computing the others would be waste. */
export interface WantedGradients {
  /** That of the stack's input (default true). */
  readonly input?: boolean;
  /** Those of kernels and biases (default true). */
  readonly parameters?: boolean;
}

/**
 * A stack of dense layers, one after the other, as one operation with one gradient.
 *
 * Without fast kernels it is the same made of TensorFlow.js's own operations.
 *
 * @param x - `[batch, inputs]`
 * @param layers - at least one, each with as many inputs as the one before has units.
 * @returns `[batch, units]` of the last layer; the caller disposes it.
 */
export function denseStack(
  x: tf.Tensor2D,
  layers: readonly DenseLayer[],
  { input = true, parameters = true }: WantedGradients = {},
): tf.Tensor2D {
  if (!activeKernels() || x.size === 0) return tf.tidy(() => layers.reduce(plainLayer, x));
  const kinds = layers.map(({ activation }) => ACTIVATIONS[activation]);
  const variables = layers.flatMap(({ kernel, bias }) => [kernel, bias]);
  const forward = (first: tf.Tensor, rest: readonly tf.Tensor[]): tf.Tensor[] => {
    const attributes: DenseStackAttributes = { kinds };
    return run(DENSE_STACK, { x: first, ...parametersByName(rest) }, attributes);
  };
  if (!input && !parameters) return tf.tidy(() => forward(x, variables).at(-1) as tf.Tensor2D);
  const operation = tf.customGrad((...given: unknown[]) => {
    const save = given.pop() as tf.GradSaveFunc;
    const tensors = given as tf.Tensor[];
    const first = input ? tensors[0]! : x;
    const rest = parameters ? tensors.slice(input ? 1 : 0) : variables;
    const outputs = forward(first, rest);
    save([first, ...rest, ...outputs]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
      const [savedInput, ...others] = saved;
      const savedOutputs = others.slice(rest.length);
      const attributes: DenseStackGradientAttributes = { kinds, input, parameters };
      const outputsByName = Object.fromEntries(savedOutputs.map((y, index) => [`y${index}`, y]));
      const inputs = { dy, x: savedInput!, ...parametersByName(others), ...outputsByName };
      return run(DENSE_STACK_GRADIENT, inputs, attributes);
    };
    return { value: outputs.at(-1)!, gradFunc };
  });
  return tf.tidy(() => operation(...(input ? [x] : []), ...(parameters ? variables : []))) as tf.Tensor2D;
}

function parametersByName(tensors: readonly tf.Tensor[]): Record<string, tf.Tensor> {
  const names = tensors.map((_, place) => `${place % 2 === 0 ? 'kernel' : 'bias'}${place >> 1}`);
  return Object.fromEntries(names.map((name, place) => [name, tensors[place]!]));
}

function run(name: string, inputs: Record<string, tf.Tensor>, attributes: object): tf.Tensor[] {
  const outputs: tf.Tensor | tf.Tensor[] = tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap);
  return Array.isArray(outputs) ? outputs : [outputs];
}

function plainLayer(x: tf.Tensor2D, { kernel, bias, activation }: DenseLayer): tf.Tensor2D {
  const sum: tf.Tensor2D = tf.add(tf.matMul(x, kernel), bias);
  if (activation === 'relu') return tf.relu(sum);
  if (activation === 'tanh') return tf.tanh(sum);
  return activation === 'sigmoid' ? tf.sigmoid(sum) : sum;
}
