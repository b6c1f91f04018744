/**
 * How small a pivot may be beside what stood on the diagonal: sums of float32 products are good to about that, so that
 * below it is rounding alone.
 */
const LEAST_PIVOT = 1e-6;

/**
 * U⁻¹ of D = UᵀU, upper triangular, by Cholesky's decomposition in double precision.
 *
 * @param block - D: float64 `[size, size]`, of which the part right of the diagonal is read, and overwritten.
 * @param diagonal - what stood on the diagonal before anything was taken from it.
 * @returns float64 `[size, size]`; or the first row whose pivot is lost in rounding.
 */
export function inverseFactor(block: Float64Array, diagonal: Float32Array): Float64Array | number {
  const size = diagonal.length;
  for (let k = 0; k < size; k++) {
    const pivot = block[k * size + k]!;
    if (!(pivot > LEAST_PIVOT * diagonal[k]!)) return k;
    const scale = 1 / Math.sqrt(pivot);
    for (let j = k; j < size; j++) block[k * size + j]! *= scale;
    for (let i = k + 1; i < size; i++) {
      const factor = block[k * size + i]!;
      for (let j = i; j < size; j++) block[i * size + j]! -= factor * block[k * size + j]!;
    }
  }
  // U W = 1 from the last row up: W_i = (e_i − Σ_{k > i} U_ik W_k) / U_ii.
  const inverse = new Float64Array(size * size);
  for (let i = size - 1; i >= 0; i--) {
    const scale = 1 / block[i * size + i]!;
    inverse[i * size + i] = scale;
    for (let k = i + 1; k < size; k++) {
      const factor = scale * block[i * size + k]!;
      for (let j = k; j < size; j++) inverse[i * size + j]! -= factor * inverse[k * size + j]!;
    }
  }
  return inverse;
}
