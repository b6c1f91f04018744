import type { FastKernels } from '../fast-kernels.js';

/** One dense layer on addresses: y = f(x · kernel + bias). */
export interface DensePass {
  readonly inputs: number;
  readonly units: number;
  /** f, one of ACTIVATIONS. */
  readonly kind: number;
  /** `[inputs, units]` */
  readonly kernel: number;
  /** `[units]` */
  readonly bias: number;
}

/** Some of a layer's inputs, side by side. */
export interface InputRange {
  readonly first: number;
  readonly count: number;
}

/** Writes y `[rows, units]` from x `[rows, inputs]`. */
export function denseForward(fast: FastKernels, rows: number, layer: DensePass, x: number, y: number): void {
  const { inputs, units, kernel } = layer;
  fast.matMul(false, false, rows, units, inputs, x, kernel, y, layer);
}

/** Writes the gradient of x · kernel + bias `[rows, units]` to `delta`, which may be `dy`. */
export function activationBackward(
  fast: FastKernels,
  rows: number,
  { units, kind }: DensePass,
  y: number,
  dy: number,
  delta: number,
): void {
  fast.exports.activationGradient(dy, y, delta, rows * units, kind);
}

/** Writes the gradient of those rows of the kernel that `count` inputs meet, x `[rows, count]`. */
export function kernelBackward(
  fast: FastKernels,
  rows: number,
  { units }: DensePass,
  x: number,
  delta: number,
  gradient: number,
  { first, count }: InputRange,
): void {
  fast.matMul(true, false, count, units, rows, x, delta, gradient + 4 * first * units);
}

/** Writes the gradient of the bias. */
export function biasBackward(
  fast: FastKernels,
  rows: number,
  { units }: DensePass,
  delta: number,
  gradient: number,
): void {
  fast.exports.columnSum(delta, gradient, rows, units);
}

/** Writes the gradient of `count` inputs, from the one numbered `first` on, to `dx` `[rows, count]`. */
export function inputBackward(
  fast: FastKernels,
  rows: number,
  { units, kernel }: DensePass,
  delta: number,
  dx: number,
  { first, count }: InputRange,
): void {
  fast.matMul(false, true, rows, count, units, delta, kernel + 4 * first * units, dx);
}
