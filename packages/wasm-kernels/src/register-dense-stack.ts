import type { TensorInfo } from '@tensorflow/tfjs-core';
import {
  activationBackward,
  denseForward,
  inputBackward,
  parametersBackward,
  type DensePass,
} from './dense-pass.js';
import type { FastKernels } from './fast-kernels.js';
import { register } from './register.js';

export const DENSE_STACK = 'DenseStack';
export const DENSE_STACK_GRADIENT = 'DenseStackGradient';

/** Inputs by name: `x`, `kernel0`, `bias0`, `kernel1` … and, for the gradient, `dy`, `y0`, `y1` … */
export type DenseStackInputs = Readonly<Record<string, TensorInfo>>;

export interface DenseStackAttributes {
  /** The activation of each layer, one of ACTIVATIONS. */
  readonly kinds: readonly number[];
}

export interface DenseStackGradientAttributes extends DenseStackAttributes {
  readonly input: boolean;
  readonly parameters: boolean;
}

/** A stack of dense layers as one kernel, and its gradient as another. */
export function registerDenseStack(fast: FastKernels): void {
  // All outputs: the gradient needs them.
  register<DenseStackInputs, DenseStackAttributes>(fast, DENSE_STACK, (inputs, { kinds }) => {
    const rows = inputs['x']!.shape[0]!;
    let x = fast.addressOf(inputs['x']!);
    return passes(fast, inputs, kinds).map((layer) => {
      const y = fast.backend.makeOutput([rows, layer.units], 'float32');
      denseForward(fast, rows, layer, x, fast.addressOf(y));
      x = fast.addressOf(y);
      return y;
    });
  });

  // The gradient of x, where it is wanted, then those of kernel 0, bias 0, kernel 1 …, where they are.
  register<DenseStackInputs, DenseStackGradientAttributes>(
    fast,
    DENSE_STACK_GRADIENT,
    (inputs, { kinds, input, parameters }) => {
      const rows = inputs['x']!.shape[0]!;
      const layers = passes(fast, inputs, kinds);
      const width = Math.max(...layers.map(({ units }) => units));
      let [delta, spare] = [fast.allocate(rows * width), fast.allocate(rows * width)];
      const make = (shape: number[]) => fast.backend.makeOutput(shape, 'float32');
      const gradients: TensorInfo[] = [];
      let dy = fast.addressOf(inputs['dy']!);
      for (const [index, layer] of [...layers.entries()].reverse()) {
        activationBackward(fast, rows, layer, fast.addressOf(inputs[`y${index}`]!), dy, delta);
        const x = fast.addressOf(inputs[index === 0 ? 'x' : `y${index - 1}`]!);
        if (parameters) {
          const [kernel, bias] = [make([layer.inputs, layer.units]), make([layer.units])];
          const places = { kernel: fast.addressOf(kernel), bias: fast.addressOf(bias) };
          parametersBackward(fast, rows, layer, x, delta, places);
          gradients.unshift(kernel, bias);
        }
        const everything = { first: 0, count: layer.inputs };
        if (index > 0) {
          inputBackward(fast, rows, layer, delta, spare, everything);
          dy = spare;
          [delta, spare] = [spare, delta];
        } else if (input) {
          const dx = make([rows, layer.inputs]);
          inputBackward(fast, rows, layer, delta, fast.addressOf(dx), everything);
          gradients.unshift(dx);
        }
      }
      fast.free(delta);
      fast.free(spare);
      return gradients;
    },
  );
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
