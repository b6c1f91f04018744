/**
 * Each row's vector times several of its own: out_t = v ⊗ x_t, or added to what is there.
 *
 * @param vectors - float32 `[batch, size]`: v.
 * @param x - `[terms, size]` a row; rows lie `xStride` bytes apart, those of out `outStride`.
 * @param adds - whether products are added to out, 0 or 1.
 */
export function vectorProducts(
  vectors: usize,
  x: usize,
  xStride: usize,
  out: usize,
  outStride: usize,
  batch: i32,
  terms: i32,
  size: i32,
  adds: i32,
): void {
  const bytes = (<usize>size) << 2;
  for (let row = 0; row < batch; row++) {
    let from = x;
    let to = out;
    for (let term = 0; term < terms; term++) {
      multiply(vectors, from, to, bytes, adds);
      from += bytes;
      to += bytes;
    }
    vectors += bytes;
    x += xStride;
    out += outStride;
  }
}

function multiply(v: usize, x: usize, out: usize, bytes: usize, adds: i32): void {
  let byte: usize = 0;
  for (; byte + 16 <= bytes; byte += 16) {
    let product = f32x4.mul(v128.load(v + byte), v128.load(x + byte));
    if (adds) product = f32x4.add(v128.load(out + byte), product);
    v128.store(out + byte, product);
  }
  for (; byte < bytes; byte += 4) {
    let product = load<f32>(v + byte) * load<f32>(x + byte);
    if (adds) product += load<f32>(out + byte);
    store<f32>(out + byte, product);
  }
}

/**
 * y = scale ⊗ x + offset, column by column.
 *
 * @param x - float32 `[rows, columns]`, like y, which may be x.
 * @param scale - `[columns]`, like offset.
 */
export function scaleColumns(x: usize, scale: usize, offset: usize, y: usize, rows: i32, columns: i32): void {
  const bytes = (<usize>columns) << 2;
  for (let row = 0; row < rows; row++) {
    let byte: usize = 0;
    for (; byte + 16 <= bytes; byte += 16) {
      const scaled = f32x4.mul(v128.load(x + byte), v128.load(scale + byte));
      v128.store(y + byte, f32x4.add(scaled, v128.load(offset + byte)));
    }
    for (; byte < bytes; byte += 4) {
      store<f32>(y + byte, load<f32>(x + byte) * load<f32>(scale + byte) + load<f32>(offset + byte));
    }
    x += bytes;
    y += bytes;
  }
}
