import type { VectorTable } from '../vector-table.js';

/**
 * Ridge regression of one user's feedback on item vectors, around a prior w₀: the w that minimizes
 * Σ (r − x·w)² + λ ‖w − w₀‖².
 *
 * With X `[m, d]` of the m items seen and K = λI + XXᵀ it is w = w₀ + Xᵀ K⁻¹ (r − X w₀), and the width is
 * xᵀ (λI + XᵀX)⁻¹ x = (‖x‖² − ‖L⁻¹ X x‖²) / λ with K = L Lᵀ. A session's m is far below d, so that this is
 * less work than to invert the d × d matrix.
 */
export class RidgeRegression {
  /** float64 `[d]`: w. */
  private readonly weights: Float64Array;
  /** float64 `[m, d]`: L⁻¹ X. */
  private readonly whitened: Float64Array;
  private readonly count: number;

  /**
   * @param items - the vectors; those of `seen` are X.
   * @param seen - int `[m]`: what was shown.
   * @param targets - `[m]`: r.
   * @param prior - `[d]`: w₀.
   * @param regularization - λ.
   */
  constructor(
    private readonly items: VectorTable,
    seen: readonly number[],
    targets: readonly number[],
    prior: ArrayLike<number>,
    private readonly regularization: number,
  ) {
    const { size, vectors } = items;
    const count = seen.length;
    this.count = count;
    this.weights = Float64Array.from(prior);
    this.whitened = new Float64Array(count * size);
    const residuals = new Float64Array(count); // becomes L⁻¹ (r − X w₀)
    for (const [row, item] of seen.entries()) {
      this.whitened.set(vectors.subarray(item * size, (item + 1) * size), row * size);
      residuals[row] = targets[row]! - dot(this.whitened, row, prior, 0, size);
    }
    const factor = choleskyOf(this.whitened, count, size, regularization);
    for (let row = 0; row < count; row++) {
      for (let before = 0; before < row; before++) {
        const share = factor[row * count + before]!;
        residuals[row]! -= share * residuals[before]!;
        for (let k = 0; k < size; k++) {
          this.whitened[row * size + k]! -= share * this.whitened[before * size + k]!;
        }
      }
      const pivot = factor[row * count + row]!;
      residuals[row]! /= pivot;
      for (let k = 0; k < size; k++) this.whitened[row * size + k]! /= pivot;
    }
    // Xᵀ K⁻¹ y = (L⁻¹ X)ᵀ (L⁻¹ y)
    for (let row = 0; row < count; row++) {
      for (let k = 0; k < size; k++) this.weights[k]! += this.whitened[row * size + k]! * residuals[row]!;
    }
  }

  /** x·w of an item. */
  predict(item: number): number {
    return dot(this.items.vectors, item, this.weights, 0, this.items.size);
  }

  /** √(xᵀ A⁻¹ x) of an item, with A = λI + XᵀX: how little is known of it. */
  widthOf(item: number): number {
    const { size, vectors } = this.items;
    let square = dot(vectors, item, vectors, item, size);
    for (let row = 0; row < this.count; row++) {
      square -= dot(this.whitened, row, vectors, item, size) ** 2;
    }
    return Math.sqrt(Math.max(0, square) / this.regularization); // rounding may leave a tiny negative
  }
}

/** L `[m, m]` with L Lᵀ = λI + XXᵀ, lower triangular. */
function choleskyOf(rows: Float64Array, count: number, size: number, regularization: number): Float64Array {
  const factor = new Float64Array(count * count);
  for (let row = 0; row < count; row++) {
    for (let column = 0; column <= row; column++) {
      let value = dot(rows, row, rows, column, size) + (row === column ? regularization : 0);
      value -= partialDot(factor, row * count, column * count, column);
      const pivot = factor[column * count + column]!;
      factor[row * count + column] = row === column ? Math.sqrt(value) : value / pivot;
    }
  }
  return factor;
}

function partialDot(numbers: Float64Array, start: number, other: number, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += numbers[start + k]! * numbers[other + k]!;
  return sum;
}

function dot(
  left: ArrayLike<number>,
  leftRow: number,
  right: ArrayLike<number>,
  rightRow: number,
  size: number,
): number {
  let sum = 0;
  for (let k = 0; k < size; k++) sum += left[leftRow * size + k]! * right[rightRow * size + k]!;
  return sum;
}

/** @throws RangeError where λ is not a number above 0. */
export function checkRegularization(regularization: number): void {
  if (!(regularization > 0 && regularization < Infinity)) {
    throw new RangeError(`regularization: expected a number above 0, got ${regularization}`);
  }
}
