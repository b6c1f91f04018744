import { openText } from './open-text.js';
import { Records } from './records.js';
import { separatorOf } from './separator-line.js';
import type { TextOptions } from './text-options.js';
import type { TextSource } from './text-source.js';
import { joinBytes } from './utf8.js';

const delimiters = [',', ';', '\t', '|', '::'];
/** Many a name has a blank in it, so that it is tried last. */
const lastDelimiter = ' ';
/** As much of a file is looked at. */
const beginning = 1 << 20;

/** How the first record of a file is cut. */
export interface Header {
  readonly delimiter: string;
  /** Its fields, without the spaces around them. */
  readonly fields: readonly string[];
}

/**
 * Finds the delimiter of a file by its first records: the one that is given, else what a line such as `sep=;` says, else
 * one that separates the `wanted` columns, else (so that it can be said what columns there are) the one that occurs most.
 *
 * @throws DatasetError where the file cannot be read.
 */
export async function readHeader(
  source: TextSource,
  { encoding, delimiter, columns, quotes = true }: TextOptions,
  wanted: readonly string[],
): Promise<Header> {
  const bytes = await firstBytes(source, encoding);
  const headerBy = (candidate: string): Header => {
    // Of its own bytes, because quotes are unescaped in place.
    const fields = new Records({ delimiter: candidate, quotes }).first(bytes.slice());
    return { delimiter: candidate, fields: fields.map((field) => field.trim()) };
  };
  const fits = ({ fields }: Header) =>
    columns === undefined ? wanted.every((name) => fields.includes(name)) : fields.length === columns.length;
  const said = delimiter ?? separatorOf(bytes)?.delimiter;
  if (said !== undefined) return headerBy(said);
  const headers = delimiters.map(headerBy);
  const fitting = headers.filter(fits);
  const ofBlanks = headerBy(lastDelimiter);
  const isUncut = headers.every(({ fields }) => fields.length <= 1);
  if (fitting.length === 0 && (fits(ofBlanks) || isUncut)) return ofBlanks;
  const candidates = fitting.length > 0 ? fitting : headers;
  return candidates.reduce((best, header) => (header.fields.length > best.fields.length ? header : best));
}

/** The beginning of a file's text as UTF-8: a megabyte, or all of it. */
export async function firstBytes(source: TextSource, encoding: TextOptions['encoding']): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of openText(source, encoding)) {
    pieces.push(bytes);
    size += bytes.length;
    if (size >= beginning) break;
  }
  return joinBytes(pieces);
}
