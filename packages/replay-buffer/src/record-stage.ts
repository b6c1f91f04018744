import type { Field } from './fields.js';
import { LONG_RUN } from './record-copies.js';
import type { PlacedField } from './record-layout.js';

/** The values of a transition by the names of its fields, not yet checked. */
export type UncheckedTransition = Readonly<Record<string, unknown>>;

/**
 * Room for one record, where a transition is checked before it takes another one's place.
 *
 * The numbers that are checked are those that were copied, and the record then moves to the ring in one
 * piece.
 */
export class RecordStage {
  private readonly layout: readonly PlacedField[];
  private readonly floats: Float32Array;
  /** The same memory as bits: the record. */
  readonly bits: Int32Array;

  constructor(layout: readonly PlacedField[], recordSize: number) {
    this.layout = layout;
    this.bits = new Int32Array(recordSize);
    this.floats = new Float32Array(this.bits.buffer);
  }

  /** @throws where a value cannot be stored in its field; it names the field, and the place in an array. */
  write(transition: UncheckedTransition): void {
    for (const field of this.layout) {
      const value = transition[field.name];
      if (typeof value === 'number' && field.size === 1) this.writeNumber(field, value);
      else this.writeArray(field, value);
    }
  }

  private writeNumber({ name, dtype, offset }: PlacedField, value: number): void {
    if (!fits(value, dtype)) throw new RangeError(`${name}: expected ${description(dtype)}, got ${value}`);
    if (dtype === 'float32') this.floats[offset] = value;
    else this.bits[offset] = value;
  }

  private writeArray({ name, dtype, size, offset }: PlacedField, value: unknown): void {
    const { floats, bits } = this;
    // The two usual cases have a short way: these arrays hold nothing but numbers of the right kind.
    if (dtype === 'int32' && value instanceof Int32Array && value.length === size) {
      if (size >= LONG_RUN) bits.set(value, offset);
      else for (let index = 0; index < size; index++) bits[offset + index] = value[index]!;
      return;
    }
    if (dtype === 'float32' && value instanceof Float32Array && value.length === size) {
      floats.set(value, offset);
      if (allFinite(bits, offset, size)) return;
    }
    assertArray(name, size, value);
    const target = dtype === 'float32' ? floats : bits;
    for (let index = 0; index < size; index++) {
      const number = value[index];
      if (!fits(number, dtype)) {
        throw new RangeError(`${name}[${index}]: expected ${description(dtype)}, got ${String(number)}`);
      }
      target[offset + index] = number as number;
    }
  }
}

function assertArray(name: string, size: number, value: unknown): asserts value is ArrayLike<unknown> {
  const values = value as ArrayLike<unknown> | null | undefined;
  if (typeof values === 'object' && values?.length === size) return;
  const came = values?.length === undefined ? String(value) : `length ${values.length}`;
  const expected = size === 1 ? 'a number' : `an array of ${size} numbers`;
  throw new TypeError(`${name}: expected ${expected}, got ${came}`);
}

/** Whether no float32 among these bits has the exponent of NaN and ±∞, which is all ones. */
function allFinite(bits: Int32Array, offset: number, size: number): boolean {
  const end = offset + size;
  let place = offset;
  let carries = 0;
  // Four at a time: this is most of what adding a long field costs.
  for (; place + 4 <= end; place += 4) {
    carries |= carry(bits[place]!) | carry(bits[place + 1]!);
    carries |= carry(bits[place + 2]!) | carry(bits[place + 3]!);
  }
  for (; place < end; place++) carries |= carry(bits[place]!);
  return carries >= 0;
}

/** Adding 1 to an exponent of all ones carries into the sign, and makes a negative number. */
function carry(bits: number): number {
  return ((bits & 0x7f800000) + 0x00800000) | 0;
}

function fits(value: unknown, dtype: Field['dtype']): boolean {
  if (typeof value !== 'number') return false;
  // 1e39 is finite, but not in 32 bits.
  return dtype === 'int32' ? (value | 0) === value : Number.isFinite(Math.fround(value));
}

function description(dtype: Field['dtype']): string {
  return dtype === 'int32' ? 'a 32-bit integer' : 'a number that is finite as float32';
}
