import { parse } from 'node:path';
import type { RatingScale } from '@rl-recsys/rating-log';
import { findFields, requiredNames, type RatingFields } from './columns.js';
import { DatasetError } from './dataset-error.js';
import type { Dataset } from './dataset.js';
import { detectDelimiter } from './delimiter.js';
import { RatingCollector } from './rating-collector.js';
import { readRows, type TextEncoding } from './rows.js';

const DELIMITERS = ['\t', ',', ';', '::', '|'];

/** The columns of a file by name, and what cannot be seen from the file. */
export interface DelimitedOptions {
  /** The column of the users' ids (default `user`). */
  readonly user?: string;
  /** The column of the items' ids (default `item`). */
  readonly item?: string;
  /** The column of the ratings (default `rating`). */
  readonly rating?: string;
  /**
   * The column of the times: numbers of any unit that grows with time, or ISO 8601 dates (UTC where
   * they name no zone). Default: `timestamp` if there is such a column; if not, rows are in the order
   * of time.
   */
  readonly timestamp?: string;
  /** What separates the columns; default: found in the header among tab, `,`, `;`, `::` and `|`. */
  readonly delimiter?: string;
  /** What somebody can rate (default: the smallest to the largest rating of the file). */
  readonly scale?: RatingScale;
  /** Default `utf8`. */
  readonly encoding?: TextEncoding;
}

/**
 * Reads ratings from a delimited text file with a header line.
 *
 * Ids are opaque texts. Fields may be quoted with `"`. Blank lines are skipped; any other row that is
 * not a rating is an error, so nothing gets lost unseen.
 *
 * @throws DatasetError where the file cannot be read, is empty or lacks a column, or a row is
 * malformed; the message names the file and the line.
 * @throws RangeError where `scale` is empty or `delimiter` is.
 */
export async function readDelimited(file: string, options: DelimitedOptions = {}): Promise<Dataset> {
  assertOptions(options);
  const { user = 'user', item = 'item', rating = 'rating', timestamp, scale, encoding = 'utf8' } = options;
  const names = { user, item, rating, timestamp };
  const delimiter =
    options.delimiter ?? (await detectDelimiter(file, requiredNames(names), encoding, DELIMITERS));
  const ratings = new RatingCollector(file, scale);
  let fields: RatingFields | undefined;
  await readRows(file, { delimiter, encoding, quotes: true }, (row) => {
    if (fields === undefined) fields = findFields(row, names);
    else ratings.add(row, fields);
  });
  if (fields === undefined) throw new DatasetError(`${file}: expected a header line, got an empty file`);
  return ratings.finish(parse(file).name);
}

function assertOptions({ scale, delimiter }: DelimitedOptions): void {
  if (scale !== undefined && !(scale.min < scale.max)) {
    throw new RangeError(`scale: expected min below max, got ${scale.min} to ${scale.max}`);
  }
  if (delimiter === '') throw new RangeError('delimiter: expected one or more characters, got none');
}
