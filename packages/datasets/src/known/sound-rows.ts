import type { Cells } from '../cells.js';
import { rowError } from '../dataset-error.js';
import { readDelimitedCells } from '../text/delimited-cells.js';
import { fileText } from '../text/file-text.js';
import type { TextOptions } from '../text/text-options.js';

/**
 * Reads a delimited file without a header line.
 *
 * @param columns - what its columns are called; all of them are read, in this order.
 * @throws DatasetError where the file cannot be read, or a row of it; and whatever `onRow` throws.
 */
export async function readSoundRows(
  file: string,
  options: TextOptions,
  columns: readonly string[],
  onRow: (cells: Cells) => void,
): Promise<void> {
  await readDelimitedCells(fileText(file), { ...options, columns }, columns, (cells) => {
    if (cells.problem !== undefined) throw rowError(file, cells.line, { reason: cells.problem.reason });
    onRow(cells);
  });
}
