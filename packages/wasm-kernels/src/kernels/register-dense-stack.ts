import type { TensorInfo } from '@tensorflow/tfjs-core';
import {
  activationBackward,
  biasBackward,
  denseForward,
  inputBackward,
  kernelBackward,
  type DensePass,
  type InputRange,
} from '../fused/dense-pass.js';
import type { FastKernels } from '../fast-kernels.js';
import { register } from './register.js';

export const DENSE_STACK = 'DenseStack';
export const DENSE_STACK_GRADIENT = 'DenseStackGradient';

/**
 * By name: `x` and perhaps `beside`, `kernel0`, `bias0`, `kernel1` …; for the gradient `dy`, `y0` … too, and
 * `x` and `beside` only where that of `kernel0` is wanted.
 */
export type DenseStackInputs = Readonly<Record<string, TensorInfo>>;

export interface DenseStackAttributes {
  /** The activation of each layer, one of ACTIVATIONS. */
  readonly kinds: readonly number[];
}

export interface DenseStackGradientAttributes extends DenseStackAttributes {
  /** The inputs whose gradients are wanted, in the order in which they are given back. */
  readonly names: readonly string[];
  /** How many columns `x` and, where there is one, `beside` have. */
  readonly widths: readonly number[];
}

/** A stack of dense layers as one kernel, and its gradient as another. */
export function registerDenseStack(fast: FastKernels): void {
  // All outputs: the gradient needs them.
  register<DenseStackInputs, DenseStackAttributes>(fast, DENSE_STACK, (inputs, { kinds }) => {
    const rows = inputs['x']!.shape[0]!;
    const joined = join(fast, inputs);
    let x = joined.address;
    const outputs = passes(fast, inputs, kinds).map((layer) => {
      const y = fast.backend.makeOutput([rows, layer.units], 'float32');
      denseForward(fast, rows, layer, x, fast.addressOf(y));
      x = fast.addressOf(y);
      return y;
    });
    joined.free();
    return outputs;
  });

  register<DenseStackInputs, DenseStackGradientAttributes>(
    fast,
    DENSE_STACK_GRADIENT,
    (inputs, { kinds, names, widths }) => {
      const rows = inputs['dy']!.shape[0]!;
      const layers = passes(fast, inputs, kinds);
      const width = Math.max(...layers.map(({ units }) => units));
      const ranges = rangesOf(widths);
      const gradients = Object.fromEntries(
        names.map((name) => {
          const shape = ranges[name] ? [rows, ranges[name].count] : inputs[name]!.shape;
          return [name, fast.backend.makeOutput(shape, 'float32')];
        }),
      );
      const placeOf = (name: string) => fast.addressOf(gradients[name]!);
      let [delta, spare] = [fast.allocate(rows * width), fast.allocate(rows * width)];
      let dy = fast.addressOf(inputs['dy']!);
      for (let index = layers.length - 1; index >= 0; index--) {
        const layer = layers[index]!;
        activationBackward(fast, rows, layer, fast.addressOf(inputs[`y${index}`]!), dy, delta);
        if (gradients[`kernel${index}`]) {
          const parts = index === 0 ? ranges : { [`y${index - 1}`]: { first: 0, count: layer.inputs } };
          for (const [name, range] of Object.entries(parts)) {
            const [x, kernel] = [fast.addressOf(inputs[name]!), placeOf(`kernel${index}`)];
            kernelBackward(fast, rows, layer, x, delta, kernel, range);
          }
          biasBackward(fast, rows, layer, delta, placeOf(`bias${index}`));
        }
        if (index === 0) break;
        inputBackward(fast, rows, layer, delta, spare, { first: 0, count: layer.inputs });
        dy = spare;
        [delta, spare] = [spare, delta];
      }
      for (const [name, range] of Object.entries(ranges)) {
        if (gradients[name]) inputBackward(fast, rows, layers[0]!, delta, placeOf(name), range);
      }
      fast.free(delta);
      fast.free(spare);
      return names.map((name) => gradients[name]!);
    },
  );
}

/** Which columns of the first layer's input are whose. */
function rangesOf([x, beside]: readonly number[]): Record<string, InputRange> {
  const ranges: Record<string, InputRange> = { x: { first: 0, count: x! } };
  if (beside !== undefined) ranges['beside'] = { first: x!, count: beside };
  return ranges;
}

/** The input, side by side with what stands beside it. */
function join(fast: FastKernels, { x, beside }: DenseStackInputs) {
  if (!beside) return { address: fast.addressOf(x!), free() {} };
  const [rows, columns] = x!.shape as [number, number];
  const more = beside.shape[1]!;
  const stride = 4 * (columns + more);
  const address = fast.allocate(rows * (columns + more));
  fast.exports.copyColumns(fast.addressOf(x!), 4 * columns, address, stride, rows, 4 * columns);
  fast.exports.copyColumns(fast.addressOf(beside), 4 * more, address + 4 * columns, stride, rows, 4 * more);
  return { address, free: () => fast.free(address) };
}

function passes(fast: FastKernels, inputs: DenseStackInputs, kinds: readonly number[]): DensePass[] {
  return kinds.map((kind, index) => {
    const [kernel, bias] = [inputs[`kernel${index}`]!, inputs[`bias${index}`]!];
    const [rowCount, units] = kernel.shape;
    return {
      ...{ inputs: rowCount!, units: units!, kind },
      ...{ kernel: fast.addressOf(kernel), bias: fast.addressOf(bias) },
    };
  });
}
