import type { Batch, Fields } from '@rl-recsys/replay-buffer';

/** @throws RangeError where a column of a batch does not have the length of its field times the batch's. */
export function assertColumnLengths<F extends Fields>(
  { columns, weights }: Pick<Batch<F>, 'columns' | 'weights'>,
  fields: F,
): void {
  for (const name in fields) {
    const { length } = columns[name];
    const expected = weights.length * fields[name]!.size;
    if (length !== expected) throw new RangeError(`${name}: expected ${expected} numbers, got ${length}`);
  }
}
