import { DatasetError } from './dataset-error.js';
import { formatOf, textLogFile, type LogFile } from './log-file.js';
import { assertLogOptions, readLogFiles, type ReadDataset } from './read-log-files.js';
import type { ReadLogOptions } from './read-log-options.js';
import { blobText } from './text/blob-text.js';

export { asCode, problemText, type Advice, type Problem, type SpellAdvice } from './advice.js';
export { DatasetError } from './dataset-error.js';
export type { Dataset } from './dataset.js';
export type { FileOptions, LogFormat } from './log-file.js';
export type { Duplicates } from './log-of-blocks.js';
export type { BadRow, ItemRows, LogReport } from './log-report.js';
export type { ReadDataset } from './read-log-files.js';
export type { Counts, ReadLogOptions } from './read-log-options.js';
export type { DecimalMark, TextEncoding, TextOptions } from './text/text-options.js';

/** How a log is read that a page was given. */
export type ReadLogBlobOptions = Omit<ReadLogOptions, 'items'>;

/**
 * `readLog` for a file that a page was given, as by a drop: the same reader of CSV, TSV and JSON, gzipped or not. Needs nothing of Node.
 *
 * @param name - what the file is called: its ending says how it is written, and errors begin with it.
 * @throws DatasetError and RangeError as `readLog` does, and where it is Parquet.
 */
export async function readLogBlob(
  blob: Blob,
  name: string,
  options: ReadLogBlobOptions,
): Promise<ReadDataset> {
  assertLogOptions(options);
  return readLogFiles({ logFiles: [logFileOf(blob, name, options)] }, options);
}

/**
 * The names of the columns of such a file; of JSON the keys of its first row.
 *
 * @throws DatasetError where it cannot be read, has none, or is Parquet.
 */
export async function readBlobColumns(
  blob: Blob,
  name: string,
  options: Pick<ReadLogOptions, 'format' | 'encoding' | 'delimiter' | 'quotes'> = {},
): Promise<readonly string[]> {
  const names = await logFileOf(blob, name, options).columnNames(options, []);
  if (names.every((each) => each === ''))
    throw new DatasetError(`${name}: expected a header line, got an empty file`);
  return names;
}

function logFileOf(blob: Blob, name: string, options: Partial<ReadLogBlobOptions>): LogFile {
  const format = formatOf(name, options);
  if (format === 'parquet') throw new DatasetError(`${name}: expected CSV, TSV or JSON, got Parquet`);
  return textLogFile(blobText(blob, name), format);
}
