import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { CsvError } from 'csv-parse';
import { DatasetError } from './dataset-error.js';
import { RowParser } from './row-parser.js';

/** How the bytes of a file become text: `latin1` is ISO 8859-1. */
export type TextEncoding = 'utf8' | 'latin1';

/** How a file is cut into rows and fields. */
export interface RowFormat {
  readonly delimiter: string;
  readonly encoding: TextEncoding;
  /** Whether fields may be quoted with `"`; if not, a quote is a character like any other. */
  readonly quotes: boolean;
  /** How many fields each row must have; default: as many as the first row has. */
  readonly columnCount?: number;
}

/** One row and where it stands. */
export interface Row {
  readonly file: string;
  /** The line on which the row begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** An error about `row`. */
export function rowError({ file, line }: Pick<Row, 'file' | 'line'>, problem: string): DatasetError {
  return new DatasetError(`${file}, line ${line}: ${problem}`);
}

/**
 * Calls `onRow` for each row of a file, in order; blank lines are skipped.
 *
 * @throws DatasetError where the file cannot be read, a row has another number of fields, or a quote
 * is out of place; and whatever `onRow` throws.
 */
export async function readRows(file: string, format: RowFormat, onRow: (row: Row) => void): Promise<void> {
  let columnCount = format.columnCount;
  const parser = new RowParser(file, format, (row) => {
    const { fields } = row;
    if (fields.length === 1 && fields[0] === '') return;
    columnCount ??= fields.length;
    if (fields.length !== columnCount) {
      throw rowError(row, `expected ${columnCount} columns, got ${fields.length}`);
    }
    onRow(row);
  });
  try {
    await pipeline(createReadStream(file), parser);
  } catch (error) {
    if (error instanceof CsvError) throw rowError({ file, line: parser.line }, quoteProblem(error));
    throw readError(file, error);
  }
}

function quoteProblem({ code }: CsvError): string {
  return code === 'CSV_QUOTE_NOT_CLOSED'
    ? 'expected a closing quote, got the end of the file'
    : 'expected a quote only around a whole field, and doubled inside it, got one in the middle';
}

/** An error of the file system in the words of this package; any other error as it is. */
export function readError(file: string, error: unknown): unknown {
  const { syscall, code, message } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  const problem = code === 'ENOENT' ? 'no such file' : `cannot be read, ${message}`;
  return new DatasetError(`${file}: ${problem}`, { cause: error });
}
