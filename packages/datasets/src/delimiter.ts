import { parse } from 'csv-parse/sync';
import { columnNames } from './columns.js';
import { openBytes } from './open-bytes.js';
import type { TextEncoding } from './rows.js';

const HEADER_BYTES = 65_536;

/**
 * The delimiter of a file, by its header line: one that separates the `wanted` columns, else (so that
 * the caller can list what columns there are) the one that occurs most.
 *
 * @param delimiters - which there may be.
 * @throws DatasetError where the file cannot be read.
 */
export async function detectDelimiter(
  file: string,
  wanted: readonly string[],
  encoding: TextEncoding,
  delimiters: readonly string[],
): Promise<string> {
  const line = await firstLine(file, encoding);
  const fits = (delimiter: string) => {
    const names = namesIn(line, delimiter);
    return wanted.every((name) => names.includes(name));
  };
  const count = (delimiter: string) => line.split(delimiter).length;
  const fitting = delimiters.filter(fits);
  const candidates = fitting.length > 0 ? fitting : delimiters;
  return candidates.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

function namesIn(line: string, delimiter: string): string[] {
  // A quoted name may go on in the next line; what is wrong with a header is said when it is read.
  const records = parse(line, { delimiter, bom: true, relax_quotes: true, skip_records_with_error: true });
  return columnNames(records[0] ?? []);
}

/** The first line that is not blank, of at most 64 KiB. */
async function firstLine(file: string, encoding: TextEncoding): Promise<string> {
  for await (const chunk of openBytes(file)) {
    const text = Buffer.from(chunk.subarray(0, HEADER_BYTES)).toString(encoding);
    return /[^\r\n]+/.exec(text)?.[0] ?? '';
  }
  return '';
}
