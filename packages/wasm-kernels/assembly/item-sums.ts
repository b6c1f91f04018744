import { addScaled, innerProduct } from './pooled-state';

/**
 * Weighted sums over the items of each row: out_t = Σ_a c_a w_ta i_a.
 *
 * @param items - float32 `[_, size]`
 * @param rows - int32 `[batch, length]`, which items; any where the coefficient is 0, since those are left out.
 * @param coefficients - float32 `[batch, length]`: c, such as a mask.
 * @param weights - float32 `[terms, length]`: w, one list a sum.
 * @param out - the sums of a row side by side, `[terms, size]`; rows lie `outStride` bytes apart.
 */
export function itemSums(
  items: usize,
  rows: usize,
  coefficients: usize,
  weights: usize,
  out: usize,
  outStride: usize,
  batch: i32,
  length: i32,
  terms: i32,
  size: i32,
): void {
  const bytes = (<usize>size) << 2;
  const width = (<usize>length) << 2;
  for (let row = 0; row < batch; row++) {
    memory.fill(out, 0, <usize>terms * bytes);
    for (let offset: usize = 0; offset < width; offset += 4) {
      const coefficient = load<f32>(coefficients + offset);
      if (coefficient == 0) continue;
      const item = items + <usize>load<i32>(rows + offset) * bytes;
      let sum = out;
      let weight = weights + offset;
      for (let term = 0; term < terms; term++) {
        addScaled(item, coefficient * load<f32>(weight), sum, bytes);
        sum += bytes;
        weight += width;
      }
    }
    rows += width;
    coefficients += width;
    out += outStride;
  }
}

/**
 * The gradient of {@link itemSums} for its weights: dw_ta = Σ over the batch of c_a i_a · dout_t.
 *
 * @param gradient - of the sums, `[terms, size]` a row; rows lie `gradientStride` bytes apart.
 * @param out - float32 `[terms, length]`
 */
export function itemSumsGradient(
  items: usize,
  rows: usize,
  coefficients: usize,
  gradient: usize,
  gradientStride: usize,
  out: usize,
  batch: i32,
  length: i32,
  terms: i32,
  size: i32,
): void {
  const bytes = (<usize>size) << 2;
  const width = (<usize>length) << 2;
  memory.fill(out, 0, <usize>terms * width);
  for (let row = 0; row < batch; row++) {
    for (let offset: usize = 0; offset < width; offset += 4) {
      const coefficient = load<f32>(coefficients + offset);
      if (coefficient == 0) continue;
      const item = items + <usize>load<i32>(rows + offset) * bytes;
      let given = gradient;
      let to = out + offset;
      for (let term = 0; term < terms; term++) {
        store<f32>(to, load<f32>(to) + coefficient * innerProduct(item, given, bytes));
        given += bytes;
        to += width;
      }
    }
    rows += width;
    coefficients += width;
    gradient += gradientStride;
  }
}
