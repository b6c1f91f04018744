import { createHash } from 'node:crypto';
import type { Field, Fields, Transition } from '@rl-recsys/replay-buffer';

interface PlacedField extends Field {
  readonly name: string;
}

/** Transitions of one schema as bytes, 4 for each number, little-endian, without gaps and in the order of the fields' names. */
export class RecordCodec<F extends Fields> {
  private readonly layout: readonly PlacedField[];
  /** Of one transition, in bytes. */
  readonly size: number;
  /** Tells schemas apart: 32 bits of the SHA-256 of the layout. */
  readonly schema: number;

  constructor(fields: F) {
    this.layout = Object.keys(fields)
      .sort()
      .map((name) => ({ name, dtype: fields[name]!.dtype, size: fields[name]!.size }));
    this.size = 4 * this.layout.reduce((sum, { size }) => sum + size, 0);
    this.schema = createHash('sha256').update(JSON.stringify(this.layout)).digest().readUInt32LE();
  }

  /** Writes transitions at `offset`, where there must be room. */
  write(transitions: readonly Transition<F>[], bytes: Buffer, offset: number): void {
    let place = offset;
    for (const transition of transitions as readonly Record<string, number | ArrayLike<number>>[]) {
      for (const { name, dtype, size } of this.layout) {
        const value = transition[name]!;
        for (let index = 0; index < size; index++, place += 4) {
          const number = typeof value === 'number' ? value : value[index]!;
          if (dtype === 'float32') bytes.writeFloatLE(number, place);
          else bytes.writeInt32LE(number, place);
        }
      }
    }
  }

  /** Reads `count` transitions at `offset`. @throws RangeError where a number is not finite; its field is named. */
  read(bytes: Buffer, offset: number, count: number): Transition<F>[] {
    let place = offset; // whoever asks has counted the bytes
    return Array.from({ length: count }, () => {
      const transition: Record<string, number | ArrayLike<number>> = {};
      for (const { name, dtype, size } of this.layout) {
        const values = dtype === 'float32' ? new Float32Array(size) : new Int32Array(size);
        for (let index = 0; index < size; index++, place += 4) {
          const number = dtype === 'float32' ? bytes.readFloatLE(place) : bytes.readInt32LE(place);
          if (!Number.isFinite(number))
            throw new RangeError(`${name}: expected finite numbers, got ${number}`);
          values[index] = number;
        }
        transition[name] = size === 1 ? values[0]! : values;
      }
      return transition as Transition<F>;
    });
  }
}
