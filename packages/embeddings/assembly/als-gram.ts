import { addTile, tile } from './tile';

/**
 * Adds Σ xᵀx over rows x to the upper triangle of a matrix, by tiles of 4 × 8; what lies below its
 * diagonal is left as waste.
 *
 * A row has `width` bytes that count, a multiple of 16, and 16 more that the last tile may read: rows of
 * x and of the matrix lie `width + 16` bytes apart.
 *
 * @param edge - 128 bytes for a tile.
 */
export function addGram(rows: usize, depth: usize, width: usize, gram: usize, edge: usize): void {
  const stride = width + 16;
  for (let row: usize = 0; row < width; row += 16) {
    const to = gram + (row >> 2) * stride;
    for (let column = row; column < width; column += 32) {
      tile(rows, row, column, stride, depth, edge);
      addTile(edge, to + column, stride);
    }
  }
}
