import type { Problem } from './advice.js';
import type { ByteIds } from './byte-ids.js';
import type { DecimalMark } from './text/text-options.js';

/** The cells of one row in the columns that were asked for, by place 0, 1, 2, …; another row at each call. */
export interface Cells {
  /** What the columns are called. */
  readonly names: readonly string[];
  /** Where the row begins, from 1: a line of text, a row of Parquet. */
  readonly line: number;
  /** What keeps the row from being read at all. */
  readonly problem: Problem | undefined;
  /** What stands between whole and parts of numbers that are text; undefined where a file can't say. */
  readonly decimal: DecimalMark | undefined;
  /** What an id is called in messages. */
  readonly idKind: string;
  /** Whether the cell holds an id. */
  isId(place: number): boolean;
  /** The index of the cell's text. */
  addTo(ids: ByteIds, place: number): number;
  /** The cell's number, NaN where it holds none or an infinite one. */
  number(place: number): number;
  /** Whether the column is of a type of times; its numbers are milliseconds since 1970 then. */
  isTime(place: number): boolean;
  /** The cell as text, empty where there is nothing. */
  text(place: number): string;
  /** The cell as a list of texts where it is one. */
  list?(place: number): readonly string[] | undefined;
}

/** Columns' names in a message of one line, which a terminal shows as it is. */
export function listNames(names: readonly string[]): string {
  return names.map((name) => (/\p{Cc}/u.test(name) ? JSON.stringify(name) : name)).join(', ');
}
