import { RELU } from './activation';
import { mixBlockRows } from './blocks';
import { matMul } from './mat-mul';
import { mixRows } from './mix-rows';

/**
 * The first layer of a network that values many items of each row, ReLU: what it sees of an item are x' = the standardized item,
 * its products with two of the row's vectors, v'₁ ⊗ x' and v'₂ ⊗ x', and what the item has in common with them block by block, Σ v₁d x_d and
 * Σ v₂d x_d. No product is written: for each row the weights are mixed into one matrix over x' and x.
 *
 * @param x - float32 `[batch, count, 2 · size]`: x' and x side by side.
 * @param scaled - `[batch, 2 · size]`: v'₁ and v'₂.
 * @param vectors - `[batch, 2 · size]`: v₁ and v₂.
 * @param ofItems - `[3 · size, units]`: the weights of x' and of the products.
 * @param ofSums - `[2 · blocks, units]`: those of the sums.
 * @param ofRow - `[batch, units]`: what the row adds.
 * @param starts - int32 `[blocks + 1]`: where each block begins.
 * @param mixed - room for `[2 · size, units]`.
 * @param out - `[batch, count, units]`
 * @param scratch - as `matMul` has it, for a depth of 2 · size.
 */
export function itemLayer(
  x: usize,
  scaled: usize,
  vectors: usize,
  ofItems: usize,
  ofSums: usize,
  ofRow: usize,
  starts: usize,
  mixed: usize,
  out: usize,
  scratch: usize,
  batch: i32,
  count: i32,
  size: i32,
  blocks: i32,
  units: i32,
): void {
  const depth = 2 * size;
  const vectorBytes = (<usize>depth) << 2;
  const unitBytes = (<usize>units) << 2;
  const mixedSums = mixed + <usize>size * unitBytes;
  for (let row = 0; row < batch; row++) {
    mixRows(ofItems, scaled, 2, mixed, size, units);
    mixBlockRows(ofSums, vectors, 2, starts, mixedSums, blocks, units);
    matMul(false, false, count, units, depth, x, depth, mixed, out, ofRow, RELU, 0, 0, scratch);
    x += <usize>count * vectorBytes;
    scaled += vectorBytes;
    vectors += vectorBytes;
    ofRow += unitBytes;
    out += <usize>count * unitBytes;
  }
}
