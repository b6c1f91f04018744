import {
  backend_util,
  Concat,
  SplitV,
  util,
  type ConcatAttrs,
  type SplitVAttrs,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { FastKernels } from './fast-kernels.js';
import { register } from './register.js';

/** Matrices side by side, and a matrix cut into them again, which is the gradient of the former. */
export function registerColumns(fast: FastKernels): void {
  const copy = (from: TensorInfo, fromColumn: number, to: TensorInfo, toColumn: number, columns: number) =>
    fast.exports.copyColumns(
      ...([fast.addressOf(from) + 4 * fromColumn, 4 * from.shape[1]!] as const),
      ...([fast.addressOf(to) + 4 * toColumn, 4 * to.shape[1]!] as const),
      ...([from.shape[0]!, 4 * columns] as const),
    );

  register<readonly TensorInfo[], ConcatAttrs>(fast, Concat, (inputs, { axis }) => {
    const matrices = Object.values(inputs);
    if (!matrices.every(isMatrix) || !isLastAxis(axis)) return undefined;
    const columns = matrices.reduce((sum, { shape }) => sum + shape[1]!, 0);
    const out = fast.backend.makeOutput([matrices[0]!.shape[0]!, columns], 'float32');
    let column = 0;
    for (const matrix of matrices) {
      copy(matrix, 0, out, column, matrix.shape[1]!);
      column += matrix.shape[1]!;
    }
    return out;
  });

  register<{ x: TensorInfo }, SplitVAttrs>(fast, SplitV, ({ x }, { numOrSizeSplits, axis }) => {
    if (!isMatrix(x) || !isLastAxis(axis)) return undefined;
    let column = 0;
    return backend_util.prepareSplitSize(x as Tensor, numOrSizeSplits, 1).map((columns) => {
      const part = fast.backend.makeOutput([x.shape[0]!, columns], 'float32');
      copy(x, column, part, 0, columns);
      column += columns;
      return part;
    });
  });
}

function isMatrix({ shape, dtype }: TensorInfo): boolean {
  return shape.length === 2 && dtype === 'float32';
}

function isLastAxis(axis: number): boolean {
  return util.parseAxisParam(axis, [1, 1])[0] === 1;
}
