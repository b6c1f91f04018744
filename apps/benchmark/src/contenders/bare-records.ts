import type { Columns, Fields } from '@rl-recsys/replay-buffer';

/**
 * What any replay must do, plainly written: records side by side in memory, copied field by field into
 * columns; no tree, no weights, no checks.
 */
export function bareRecords<F extends Fields>(
  fields: F,
  capacity: number,
): { readonly bytesPerRecord: number; gather(rows: Int32Array, columns: Columns<F>): void } {
  const recordSize = Object.values(fields).reduce((sum, { size }) => sum + size, 0);
  const floats = new Float32Array(recordSize * capacity).fill(1); // touched, or its pages would not exist
  const integers = new Int32Array(floats.buffer);
  let offset = 0;
  const layout = Object.entries(fields).map(([name, { dtype, size }]) => {
    const placed = { name, numbers: dtype === 'float32' ? floats : integers, size, offset };
    offset += size;
    return placed;
  });
  return {
    bytesPerRecord: 4 * recordSize,
    gather(rows, columns) {
      for (let row = 0; row < rows.length; row++) {
        const start = rows[row]! * recordSize;
        for (const field of layout) {
          const from = start + field.offset;
          const column = columns[field.name]!;
          if (field.size === 1) column[row] = field.numbers[from]!;
          else column.set(field.numbers.subarray(from, from + field.size), row * field.size);
        }
      }
    },
  };
}
