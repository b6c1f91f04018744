import {
  BatchMatMul,
  broadcast_util,
  _FusedMatMul,
  util,
  type BatchMatMulAttrs,
  type TensorInfo,
  type _FusedMatMulAttrs,
} from '@tensorflow/tfjs-core';
import { ACTIVATIONS } from '../activation.js';
import type { Epilogue, FastKernels } from '../fast-kernels.js';
import { register } from './register.js';

interface Factors {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
}

interface FusedFactors extends Factors {
  readonly bias?: TensorInfo;
  readonly preluActivationWeights?: TensorInfo;
}

/** Matrix products of any rank and transposition, alone and with bias and activation. */
export function registerMatMul(fast: FastKernels): void {
  register<Factors, BatchMatMulAttrs>(fast, BatchMatMul, (factors, { transposeA, transposeB }) =>
    product(fast, factors, transposeA, transposeB),
  );
  register<FusedFactors, _FusedMatMulAttrs>(fast, _FusedMatMul, (factors, attributes) => {
    const { bias, preluActivationWeights: slopes } = factors;
    const { transposeA, transposeB, activation, leakyreluAlpha } = attributes;
    const kind = ACTIVATIONS[activation];
    const columns = factors.b.shape.at(transposeB ? -2 : -1)!;
    const isRow = (tensor?: TensorInfo) =>
      !tensor || (util.sizeFromShape(tensor.shape) === columns && columns > 0);
    if (kind === undefined || !isRow(bias) || !isRow(slopes)) return undefined;
    const address = (tensor?: TensorInfo) => (tensor ? fast.addressOf(tensor) : 0);
    const slope = leakyreluAlpha ?? 0;
    const epilogue = { bias: address(bias), kind, slope, slopes: address(slopes) };
    return product(fast, factors, transposeA, transposeB, epilogue);
  });
}

/** f(op(A) · op(B) + bias); undefined where a batch is broadcast over several dimensions, or nothing is float32. */
function product(
  fast: FastKernels,
  { a, b }: Factors,
  transposeA: boolean,
  transposeB: boolean,
  epilogue?: Epilogue,
): TensorInfo | undefined {
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return undefined;
  const rows = a.shape.at(transposeA ? -1 : -2)!;
  const depth = a.shape.at(transposeA ? -2 : -1)!;
  const columns = b.shape.at(transposeB ? -2 : -1)!;
  const outer = broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const batch = util.sizeFromShape(outer);
  const [aSize, bSize, cSize] = [rows * depth, depth * columns, rows * columns];
  if (batch * cSize === 0) return undefined;
  const [aBatch, bBatch] = [a, b].map(({ shape }) => util.sizeFromShape(shape.slice(0, -2)));
  if ((aBatch !== batch && aBatch !== 1) || (bBatch !== batch && bBatch !== 1)) return undefined;
  const out = fast.backend.makeOutput([...outer, rows, columns], 'float32');
  for (let place = 0; place < batch; place++) {
    fast.matMul(
      transposeA,
      transposeB,
      rows,
      columns,
      depth,
      fast.addressOf(a) + (aBatch === 1 ? 0 : 4 * aSize * place),
      fast.addressOf(b) + (bBatch === 1 ? 0 : 4 * bSize * place),
      fast.addressOf(out) + 4 * cSize * place,
      epilogue,
    );
  }
  return out;
}
