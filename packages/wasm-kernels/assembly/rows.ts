/**
 * Copies rows of a table: out[i] = table[indices[i]].
 *
 * @param indices - int32 `[count]`
 * @param bytes - how long a row is.
 * @returns −1, or the place of the first index that is in no table; nothing after it was copied.
 */
export function gather(table: usize, rows: i32, indices: usize, count: i32, bytes: usize, out: usize): i32 {
  for (let place = 0; place < count; place++) {
    const row = load<i32>(indices);
    if (<u32>row >= <u32>rows) return place;
    const from = table + <usize>row * bytes;
    let byte: usize = 0;
    for (; byte + 16 <= bytes; byte += 16) v128.store(out + byte, v128.load(from + byte));
    for (; byte < bytes; byte += 4) store<i32>(out + byte, load<i32>(from + byte));
    indices += 4;
    out += bytes;
  }
  return -1;
}

/**
 * Adds rows to the segments that they belong to: out[segments[i]] += x[i], where `out` begins at 0. A row
 * of a segment that there is not is left out, as TensorFlow does.
 *
 * @param segments - int32 `[count]`
 * @param bytes - how long a row is.
 * @param out - `[segmentCount, row]`
 */
export function segmentSum(
  x: usize,
  segments: usize,
  count: i32,
  bytes: usize,
  out: usize,
  segmentCount: i32,
): void {
  memory.fill(out, 0, <usize>segmentCount * bytes);
  for (let place = 0; place < count; place++) {
    const segment = load<i32>(segments);
    if (<u32>segment < <u32>segmentCount) {
      const to = out + <usize>segment * bytes;
      let byte: usize = 0;
      for (; byte + 16 <= bytes; byte += 16) {
        v128.store(to + byte, f32x4.add(v128.load(to + byte), v128.load(x + byte)));
      }
      for (; byte < bytes; byte += 4) store<f32>(to + byte, load<f32>(to + byte) + load<f32>(x + byte));
    }
    segments += 4;
    x += bytes;
  }
}

/**
 * Copies runs of bytes from rows of one matrix to rows of another: a part of the columns of either.
 *
 * @param bytes - how long a run is, a multiple of 4.
 */
export function copyColumns(
  from: usize,
  fromStride: usize,
  to: usize,
  toStride: usize,
  rows: i32,
  bytes: usize,
): void {
  for (let row = 0; row < rows; row++) {
    let byte: usize = 0;
    for (; byte + 16 <= bytes; byte += 16) v128.store(to + byte, v128.load(from + byte));
    for (; byte < bytes; byte += 4) store<i32>(to + byte, load<i32>(from + byte));
    from += fromStride;
    to += toStride;
  }
}
