import { backSubstitute, decompose } from './als-cholesky';
import { copyFeatures, gatherFeatures } from './als-gather';
import { addGram } from './als-gram';

/**
 * A ridge regression for each row of one side of a log on the vectors of its partners, those of the other
 * side: (B + Σ xᵀx) w = Σ xᵀy. A row without partners gets zeros.
 *
 * @param starts - int32 `[rows]`: where a row's partners begin, `ends` where they end.
 * @param table - the partners' vectors; see `gatherFeatures` for it, biases, scale and shift.
 * @param base - B, the penalties at least: float32 `[width / 4, width / 4 + 4]`.
 * @param penalties - float32 `[rows]`: what is added to the diagonal of a row's equations; or address 0 for nothing.
 * @param gram - room for another such matrix.
 * @param features - room for `capacity` rows of features, `width + 16` bytes each.
 * @param edge - 160 bytes, then `width` bytes for the weights.
 * @param out - float32 `[rows, size]`; `outBiases` float32 `[rows]` where there are biases.
 * @returns −1, or the first row whose equations are not positive definite; no row after it is solved.
 */
export function solveRows(
  starts: usize,
  ends: usize,
  rows: i32,
  partners: usize,
  ratings: usize,
  table: usize,
  biases: usize,
  size: usize,
  scale: f32,
  shift: f32,
  base: usize,
  penalties: usize,
  gram: usize,
  features: usize,
  capacity: usize,
  edge: usize,
  width: usize,
  out: usize,
  outBiases: usize,
): i32 {
  const weights = edge + 160;
  const unknowns = biases ? size + 1 : size;
  const bytes = size << 2;
  for (let row = 0; row < rows; row++) {
    let place = <usize>load<u32>(starts);
    const end = <usize>load<u32>(ends);
    starts += 4;
    ends += 4;
    if (place == end) {
      memory.fill(weights, 0, width);
    } else {
      memory.copy(gram, base, (width >> 2) * (width + 16));
      if (penalties) addDiagonal(gram, unknowns, width, load<f32>(penalties + (row << 2)));
      while (place < end) {
        const count = min(capacity, end - place);
        const rated = ratings ? ratings + (place << 2) : 0;
        // prettier-ignore
        gatherFeatures(partners + (place << 2), rated, count, table, biases, size, scale, shift, width, features);
        addGram(features, count, width, gram, edge);
        place += count;
      }
      if (!decompose(gram, unknowns, width, edge)) return row;
      backSubstitute(gram, unknowns, width, weights);
    }
    memory.copy(out, weights, bytes);
    out += bytes;
    if (biases) {
      store<f32>(outBiases, load<f32>(weights + bytes));
      outBiases += 4;
    }
  }
  return -1;
}

function addDiagonal(matrix: usize, size: usize, width: usize, value: f32): void {
  for (let k: usize = 0; k < size; k++) {
    const at = matrix + k * (width + 20);
    store<f32>(at, load<f32>(at) + value);
  }
}

/** Adds Σ xᵀx over all rows of a table to a matrix such as `solveRows` takes as its base. */
export function addTableGram(
  table: usize,
  rows: usize,
  size: usize,
  base: usize,
  features: usize,
  capacity: usize,
  edge: usize,
  width: usize,
): void {
  for (let row: usize = 0; row < rows; row += capacity) {
    const count = min(capacity, rows - row);
    copyFeatures(table + row * (size << 2), count, size, width, features);
    addGram(features, count, width, base, edge);
  }
}
