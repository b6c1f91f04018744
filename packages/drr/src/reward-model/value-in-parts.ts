/**
 * Values candidates a few columns at a time, so that memory doesn't grow with the catalogue.
 *
 * @param candidates - int32 `[batch · any]`, as many for each row.
 * @param most - how many are valued at once, or one of each row where the batch is larger.
 * @param valueOf - values such columns `[batch · fewer]`.
 * @returns `[batch · any]`
 * @throws RangeError where rows would have different numbers of candidates.
 */
export function valueInParts(
  candidates: Int32Array,
  batch: number,
  most: number,
  valueOf: (columns: Int32Array) => Float32Array,
): Float32Array {
  const count = candidates.length / batch;
  if (!Number.isInteger(count)) {
    throw new RangeError(`candidates: expected as many for each of ${batch} users, got ${candidates.length}`);
  }
  const values = new Float32Array(candidates.length);
  const width = Math.max(1, Math.floor(most / batch));
  for (let start = 0; start < count; start += width) {
    const size = Math.min(width, count - start);
    const columns = new Int32Array(batch * size);
    for (let row = 0, from = start; row < batch; row++, from += count) {
      columns.set(candidates.subarray(from, from + size), row * size);
    }
    const part = valueOf(columns);
    for (let row = 0, to = start; row < batch; row++, to += count) {
      values.set(part.subarray(row * size, (row + 1) * size), to);
    }
  }
  return values;
}
