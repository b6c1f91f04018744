import { open } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { columnNames } from './columns.js';
import { readError, type TextEncoding } from './rows.js';

const delimiters = ['\t', ',', ';', '::', '|'];

/**
 * The delimiter of a file, by its header line: one that separates the `wanted` columns, else (so that
 * the caller can list what columns there are) the one that occurs most.
 */
export async function detectDelimiter(
  file: string,
  wanted: readonly string[],
  encoding: TextEncoding,
): Promise<string> {
  const line = await firstLine(file, encoding).catch((error: unknown) => {
    throw readError(file, error);
  });
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
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(65_536) });
    const text = buffer.toString(encoding, 0, bytesRead);
    return /[^\r\n]+/.exec(text)?.[0] ?? '';
  } finally {
    await handle.close();
  }
}
