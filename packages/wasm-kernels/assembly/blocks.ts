import { addScaled, innerProduct } from './pooled-state';

// Blocks are dimensions side by side: block b is those from starts[b] on, up to starts[b + 1].

/**
 * What two vectors have in common, block by block: out_b = Σ x_d y_d over the dimensions of block b.
 *
 * @param x - float32, a vector a row; rows lie `xStride` bytes apart, those of y `yStride`.
 * @param starts - int32 `[blocks + 1]`
 * @param out - `[blocks]` a row; rows lie `outStride` bytes apart.
 */
export function blockSums(
  x: usize,
  xStride: usize,
  y: usize,
  yStride: usize,
  starts: usize,
  out: usize,
  outStride: usize,
  batch: i32,
  blocks: i32,
): void {
  for (let row = 0; row < batch; row++) {
    for (let block = 0; block < blocks; block++) {
      const place = (<usize>block) << 2;
      const start = (<usize>load<i32>(starts + place)) << 2;
      const bytes = ((<usize>load<i32>(starts + place, 4)) << 2) - start;
      store<f32>(out + place, innerProduct(x + start, y + start, bytes));
    }
    x += xStride;
    y += yStride;
    out += outStride;
  }
}

/**
 * Adds each row's vector, with every block of it times a number of its own: out_d += x_d v_b, for d in block b.
 *
 * @param x - float32, a vector a row; rows lie `xStride` bytes apart.
 * @param values - v `[blocks]` a row; rows lie `valuesStride` bytes apart.
 * @param starts - int32 `[blocks + 1]`
 * @param out - a vector a row; rows lie `outStride` bytes apart.
 */
export function addBlockProducts(
  x: usize,
  xStride: usize,
  values: usize,
  valuesStride: usize,
  starts: usize,
  out: usize,
  outStride: usize,
  batch: i32,
  blocks: i32,
): void {
  for (let row = 0; row < batch; row++) {
    for (let block = 0; block < blocks; block++) {
      const place = (<usize>block) << 2;
      const start = (<usize>load<i32>(starts + place)) << 2;
      const bytes = ((<usize>load<i32>(starts + place, 4)) << 2) - start;
      addScaled(x + start, load<f32>(values + place), out + start, bytes);
    }
    x += xStride;
    values += valuesStride;
    out += outStride;
  }
}

/**
 * A matrix whose row for a dimension is mixed from those that several matrices have for its block: out_d = Σ_t v_td W_t,b, for
 * d in block b.
 *
 * @param matrices - W0, W1 …, each `[blocks, columns]`, one after the other.
 * @param vectors - v0, v1 …, each `[size]`, one after the other, where the blocks are all `size` dimensions.
 * @param starts - int32 `[blocks + 1]`
 * @param out - `[size, columns]`
 */
export function mixBlockRows(
  matrices: usize,
  vectors: usize,
  terms: i32,
  starts: usize,
  out: usize,
  blocks: i32,
  columns: i32,
): void {
  const bytes = (<usize>columns) << 2;
  const size = load<i32>(starts + ((<usize>blocks) << 2));
  const termBytes = (<usize>size) << 2;
  memory.fill(out, 0, <usize>size * bytes);
  for (let block = 0; block < blocks; block++) {
    const end = load<i32>(starts + ((<usize>block) << 2), 4);
    for (let d = load<i32>(starts + ((<usize>block) << 2)); d < end; d++) {
      let row = matrices + <usize>block * bytes;
      let value = vectors + ((<usize>d) << 2);
      for (let term = 0; term < terms; term++) {
        addScaled(row, load<f32>(value), out + <usize>d * bytes, bytes);
        row += <usize>blocks * bytes;
        value += termBytes;
      }
    }
  }
}
