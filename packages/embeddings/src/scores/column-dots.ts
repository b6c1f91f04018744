import { RowDots } from './row-dots.js';

/**
 * Products of a vector with the columns of a matrix, x M: what a dense layer computes.
 *
 * @param matrix - M: float32 `[rows, columns]`, of which a copy is held.
 */
export function columnDots(matrix: Float32Array, rows: number): RowDots {
  const columns = matrix.length / rows;
  const transposed = matrix.map((_, place) => matrix[(place % rows) * columns + Math.floor(place / rows)]!);
  return new RowDots(transposed, rows);
}
