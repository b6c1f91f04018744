import { openText } from './open-text.js';
import { Records } from './records.js';
import type { TextOptions } from './text-options.js';

const delimiters = [',', ';', '\t', '|', '::'];

/** How the first record of a file is cut. */
export interface Header {
  readonly delimiter: string;
  /** Its fields, without the spaces around them. */
  readonly fields: readonly string[];
}

/**
 * Finds the delimiter of a file by its first record: the one that is given, else one that separates the `wanted`
 * columns, else (so that it can be said what columns there are) the one that occurs most.
 *
 * @throws DatasetError where the file cannot be read.
 */
export async function readHeader(
  file: string,
  { encoding, delimiter, columns, quotes = true }: TextOptions,
  wanted: readonly string[],
): Promise<Header> {
  const bytes = await firstBytes(file, encoding);
  const headers = (delimiter === undefined ? delimiters : [delimiter]).map((candidate) => {
    // Of its own bytes, because quotes are unescaped in place.
    const fields = new Records({ delimiter: candidate, quotes }).first(bytes.slice());
    return { delimiter: candidate, fields: fields.map((field) => field.trim()) };
  });
  const fits = ({ fields }: Header) =>
    columns === undefined ? wanted.every((name) => fields.includes(name)) : fields.length === columns.length;
  const fitting = headers.filter(fits);
  const candidates = fitting.length > 0 ? fitting : headers;
  return candidates.reduce((best, header) => (header.fields.length > best.fields.length ? header : best));
}

/** The first piece of a file's text as UTF-8: at least its first lines. */
export async function firstBytes(file: string, encoding: TextOptions['encoding']): Promise<Uint8Array> {
  for await (const bytes of openText(file, encoding)) return new Uint8Array(bytes);
  return new Uint8Array(0);
}
