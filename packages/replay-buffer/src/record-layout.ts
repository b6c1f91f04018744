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

/** @throws where `value` cannot be stored in `field`; it names the field, and the place in an array. */
export function assertFieldValue({ name, dtype, size }: PlacedField, value: unknown): void {
  if (typeof value === 'number' && size === 1) {
    if (!fits(value, dtype)) throw new RangeError(`${name}: expected ${description(dtype)}, got ${value}`);
    return;
  }
  const values = value as ArrayLike<unknown> | null | undefined;
  if (typeof values !== 'object' || values?.length !== size) {
    const came = values?.length === undefined ? String(value) : `length ${values.length}`;
    const expected = size === 1 ? 'a number' : `an array of ${size} numbers`;
    throw new TypeError(`${name}: expected ${expected}, got ${came}`);
  }
  // The two usual cases have a short way: these arrays hold nothing but numbers of the right kind.
  if (dtype === 'int32' && values instanceof Int32Array) return;
  if (dtype === 'float32' && values instanceof Float32Array && allFinite(values)) return;
  for (let index = 0; index < size; index++) {
    if (!fits(values[index], dtype)) {
      const came = String(values[index]);
      throw new RangeError(`${name}[${index}]: expected ${description(dtype)}, got ${came}`);
    }
  }
}

function allFinite(values: Float32Array): boolean {
  for (let index = 0; index < values.length; index++) {
    if (!Number.isFinite(values[index])) return false;
  }
  return true;
}

function fits(value: unknown, dtype: Field['dtype']): boolean {
  if (typeof value !== 'number') return false;
  // 1e39 is finite, but not in 32 bits.
  return dtype === 'int32' ? (value | 0) === value : Number.isFinite(Math.fround(value));
}

function description(dtype: Field['dtype']): string {
  return dtype === 'int32' ? 'a 32-bit integer' : 'a number that is finite as float32';
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
