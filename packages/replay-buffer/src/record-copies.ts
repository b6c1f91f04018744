/** From how many numbers on a copy by `set` is faster than a loop, a view of them included. */
export const LONG_RUN = 48;

/**
 * Copies one field of many records into a column: `size` numbers each, row after row.
 *
 * @param records - the ring, seen as the field's dtype.
 * @param places - for each row, where in the ring its record begins.
 * @param count - how many rows.
 * @param field - its `size`, and its `offset` from the start of a record.
 * @param column - `[count, size]`, of the field's dtype.
 */
export function gatherField(
  records: Float32Array | Int32Array,
  places: Float64Array,
  count: number,
  { size, offset }: { readonly size: number; readonly offset: number },
  column: Float32Array | Int32Array,
): void {
  if (size >= LONG_RUN) {
    for (let row = 0; row < count; row++) {
      const from = places[row]! + offset;
      column.set(records.subarray(from, from + size), row * size);
    }
    return;
  }
  let to = 0;
  for (let row = 0; row < count; row++) {
    const end = places[row]! + offset + size;
    for (let from = end - size; from < end; from++, to++) column[to] = records[from]!;
  }
}

/** Numbers of 4 bytes in a cache line. */
const LINE = 16;

/**
 * Reads something of each cache line of many records, for nothing but to have them in the cache.
 *
 * No read waits for another, so that many are under way at once; copying would wait for each record.
 */
export function readAhead(
  records: Int32Array,
  places: Float64Array,
  count: number,
  recordSize: number,
): void {
  let read = 0;
  // The first line of all records before the rest: finding a record's page takes the longest.
  for (let row = 0; row < count; row++) read |= records[places[row]!]!;
  for (let row = 0; row < count; row++) {
    const last = places[row]! + recordSize - 1;
    for (let place = places[row]! + LINE; place < last; place += LINE) read |= records[place]!;
    read |= records[last]!;
  }
  unused[0] = read;
}

/** Written, so that no compiler leaves the reads out. */
const unused: Int32Array = new Int32Array(1);
