import { findItemFiles } from './find-item-files.js';
import { findLogFiles } from './log-files.js';
import { assertLogOptions, readLogFiles, type ReadDataset, type StrictLogOptions } from './read-log-files.js';
import type { ReadLogOptions } from './read-log-options.js';

/**
 * Reads a log of ratings, events or clicks: CSV with a header, TSV, NDJSON or Parquet, gzipped or not.
 *
 * Rows are read one after the other and kept as 20 bytes each, so that files may be larger than memory. Ids are
 * opaque texts; they get indices in the order in which they first appear.
 *
 * @param source - a file, a folder, a pattern such as `logs/*.csv.gz`, or a list of these.
 * @throws DatasetError where a file cannot be read or lacks a column, more rows are bad than allowed (it names
 * the file and the line of the first that is too many), or no row is left.
 * @throws RangeError where the options contradict each other.
 */
export async function readLog(
  source: string | readonly string[],
  options: ReadLogOptions,
): Promise<ReadDataset> {
  return readStrictLog(source, options);
}

/** Reads a log, and where it is asked for with plain numbers only. */
export async function readStrictLog(
  source: string | readonly string[],
  options: StrictLogOptions,
): Promise<ReadDataset> {
  assertLogOptions(options);
  const logFiles = await findLogFiles(source, options);
  const itemFiles = options.items && (await findItemFiles(options.items));
  return readLogFiles({ logFiles, itemFiles }, options);
}
