import * as tf from '@tensorflow/tfjs-core';
import { ACTIVATIONS, type DenseActivation } from '../activation.js';
import { activeKernels } from '../fast-kernels.js';
import {
  DENSE_STACK,
  DENSE_STACK_GRADIENT,
  type DenseStackAttributes,
  type DenseStackGradientAttributes,
} from '../kernels/register-dense-stack.js';

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
  /** That of what stands beside the input (default true). */
  readonly beside?: boolean;
  /** Those of kernels and biases (default true). */
  readonly parameters?: boolean;
}

/**
 * A stack of dense layers, one after the other, as one operation with one gradient.
 *
 * Without fast kernels it is the same made of TensorFlow.js's own operations.
 *
 * @param x - `[batch, inputs]`, or two matrices that stand side by side: `[batch, a]` and `[batch, b]`.
 * @param layers - at least one, each with as many inputs as the one before has units.
 * @returns `[batch, units]` of the last layer; the caller disposes it.
 */
export function denseStack(
  x: tf.Tensor2D | readonly [input: tf.Tensor2D, beside: tf.Tensor2D],
  layers: readonly DenseLayer[],
  { input = true, beside = true, parameters = true }: WantedGradients = {},
): tf.Tensor2D {
  const [first, second] = x instanceof tf.Tensor ? [x] : x;
  if (!activeKernels() || first.size === 0) {
    return tf.tidy(() => layers.reduce(plainLayer, second ? tf.concat([first, second], 1) : first));
  }
  const kinds = layers.map(({ activation }) => ACTIVATIONS[activation]);
  // What no gradient is wanted for is no argument of the operation, and so no reason to go back.
  const wanted: string[] = [];
  const taped: tf.Tensor[] = [];
  const constant: string[] = [];
  const constants: tf.Tensor[] = [];
  const give = (name: string, tensor: tf.Tensor, isWanted: boolean) => {
    (isWanted ? wanted : constant).push(name);
    (isWanted ? taped : constants).push(tensor);
  };
  give('x', first, input);
  if (second) give('beside', second, beside);
  for (let index = 0; index < layers.length; index++) {
    give(`kernel${index}`, layers[index]!.kernel, parameters);
    give(`bias${index}`, layers[index]!.bias, parameters);
  }
  const names = [...wanted, ...constant];
  const widths = second ? [first.shape[1], second.shape[1]] : [first.shape[1]];
  // The input of the first layer is needed for its parameters' gradients alone, and variables outlive the
  // tape; each tensor that is saved costs a clone.
  const isSaved = (tensor: tf.Tensor) =>
    !isVariable(tensor) && (parameters || (tensor !== first && tensor !== second));
  if (wanted.length === 0) {
    return tf.tidy(() => run(DENSE_STACK, byName(names, constants), { kinds }).at(-1) as tf.Tensor2D);
  }
  const operation = tf.customGrad((...given: unknown[]) => {
    const save = given.pop() as tf.GradSaveFunc;
    const inputs = [...(given as tf.Tensor[]), ...constants];
    const outputs = run(DENSE_STACK, byName(names, inputs), { kinds });
    const tensors = [...inputs, ...outputs];
    save(tensors.filter(isSaved));
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
      let next = 0;
      const all: Record<string, tf.Tensor> = { dy };
      for (const [place, tensor] of tensors.entries()) {
        const name = names[place] ?? `y${place - names.length}`;
        if (isSaved(tensor)) all[name] = saved[next++]!;
        else if (isVariable(tensor)) all[name] = tensor;
      }
      return run(DENSE_STACK_GRADIENT, all, { kinds, names: wanted, widths });
    };
    return { value: outputs.at(-1)!, gradFunc };
  });
  return tf.tidy(() => operation(...taped)) as tf.Tensor2D;
}

function isVariable(tensor: tf.Tensor): boolean {
  return tensor instanceof tf.Variable;
}

function byName(names: readonly string[], tensors: readonly tf.Tensor[]): Record<string, tf.Tensor> {
  const record: Record<string, tf.Tensor> = {};
  for (let place = 0; place < names.length; place++) record[names[place]!] = tensors[place]!;
  return record;
}

function run(
  name: string,
  inputs: Record<string, tf.Tensor>,
  attributes: DenseStackAttributes | DenseStackGradientAttributes,
): tf.Tensor[] {
  const given = attributes as unknown as tf.NamedAttrMap;
  const outputs: tf.Tensor | tf.Tensor[] = tf.engine().runKernel(name, inputs, given);
  return Array.isArray(outputs) ? outputs : [outputs];
}

function plainLayer(x: tf.Tensor2D, { kernel, bias, activation }: DenseLayer): tf.Tensor2D {
  const sum: tf.Tensor2D = tf.add(tf.matMul(x, kernel), bias);
  if (activation === 'relu') return tf.relu(sum);
  if (activation === 'tanh') return tf.tanh(sum);
  return activation === 'sigmoid' ? tf.sigmoid(sum) : sum;
}
