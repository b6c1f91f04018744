import type { KernelExports } from '../kernel-exports.js';

/** A matrix product on addresses, as KernelExports has it. */
export interface Product {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly bias: number;
  readonly kind: number;
  readonly slope: number;
  readonly slopes: number;
}

/** Computes the rows `first` to `end` of a product. */
export function multiplyRows(
  kernels: KernelExports,
  { transposeA, transposeB, rows, columns, depth, a, b, c, bias, kind, slope, slopes }: Product,
  first: number,
  end: number,
  scratch: number,
): void {
  kernels.matMul(
    +transposeA,
    +transposeB,
    end - first,
    columns,
    depth,
    a + 4 * first * (transposeA ? 1 : depth),
    transposeA ? rows : depth,
    b,
    c + 4 * first * columns,
    bias,
    kind,
    slope,
    slopes,
    scratch,
  );
}
