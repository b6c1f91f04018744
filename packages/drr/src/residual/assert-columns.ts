import type { ResidualFields } from './transition-fields.js';
import type { ResidualBatch } from './update-parts.js';

/** @throws RangeError where a column of a batch does not have the length of its field times the batch's. */
export function assertColumnLengths({ columns, weights }: ResidualBatch, fields: ResidualFields): void {
  let name: keyof ResidualFields;
  for (name in fields) {
    const { length } = columns[name];
    const expected = weights.length * fields[name].size;
    if (length !== expected) throw new RangeError(`${name}: expected ${expected} numbers, got ${length}`);
  }
}
