import { assertPositiveInteger } from './assert.js';
import type { Columns, Field, Fields } from './fields.js';

/** Where a field lies in a record. */
export interface PlacedField extends Field {
  readonly name: string;
  /** In numbers, from the start of the record. */
  readonly offset: number;
}

/**
 * The places of all fields in one record of numbers, without gaps.
 *
 * @throws RangeError where there is no field, or one has a size or a dtype that there is not.
 */
export function placeFields(fields: Fields): readonly PlacedField[] {
  // Sorted, so that two schemas that differ only in their order share their saved files.
  const names = Object.keys(fields).sort();
  if (names.length === 0) throw new RangeError('fields: expected at least one, got none');
  let offset = 0;
  return names.map((name) => {
    const { dtype, size } = fields[name]!;
    assertPositiveInteger(`fields.${name}.size`, size);
    if (dtype !== 'float32' && dtype !== 'int32') {
      throw new RangeError(`fields.${name}.dtype: expected float32 or int32, got ${String(dtype)}`);
    }
    const placed = { name, dtype, size, offset };
    offset += size;
    return placed;
  });
}

/** New columns for `batchSize` transitions, all 0. */
export function allocateColumns<F extends Fields>(fields: F, batchSize: number): Columns<F> {
  const columns = Object.entries(fields).map(([name, { dtype, size }]) => {
    const length = batchSize * size;
    return [name, dtype === 'float32' ? new Float32Array(length) : new Int32Array(length)];
  });
  return Object.fromEntries(columns) as Columns<F>;
}

/** @throws TypeError where `column` cannot take `batchSize` values of `field`. */
export function assertColumn({ name, dtype, size }: PlacedField, column: unknown, batchSize: number): void {
  const ArrayType = dtype === 'float32' ? Float32Array : Int32Array;
  if (column instanceof ArrayType && column.length === batchSize * size) return;
  const came = ArrayBuffer.isView(column)
    ? `${column.constructor.name} of ${(column as Float32Array).length}`
    : String(column);
  throw new TypeError(`columns.${name}: expected ${ArrayType.name} of ${batchSize * size}, got ${came}`);
}

/**
 * @param records - little-endian, as they lie in memory.
 * @throws RangeError where a float32 is not finite; it names its field.
 */
export function assertFiniteRecords(
  layout: readonly PlacedField[],
  recordSize: number,
  records: Uint8Array,
): void {
  const numbers = new DataView(records.buffer, records.byteOffset, records.length);
  for (const { name, dtype, size, offset } of layout) {
    if (dtype !== 'float32') continue;
    for (let start = 4 * offset; start < records.length; start += 4 * recordSize) {
      for (let place = start; place < start + 4 * size; place += 4) {
        const number = numbers.getFloat32(place, true);
        if (Number.isFinite(number)) continue;
        throw new RangeError(`records.${name}: expected finite numbers, got ${number}`);
      }
    }
  }
}
