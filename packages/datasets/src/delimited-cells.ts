import type { ByteIds } from './byte-ids.js';
import type { Cells } from './cells.js';
import { DatasetError } from './dataset-error.js';
import { detectDelimiter } from './delimiter.js';
import { parseDecimal } from './parse-decimal.js';
import { Records } from './records.js';
import { rowError } from './rows.js';

/** A record is cut at one byte. */
const DELIMITERS = [',', ';', '\t', '|'];

/**
 * Reads the columns `names` of a delimited text file with a header line.
 *
 * @param delimiter - one ASCII character; default: the one among comma, semicolon, tab and bar that
 * separates the wanted columns in the header.
 * @throws DatasetError where the file cannot be read, is empty or lacks a column.
 */
export async function readDelimitedCells(
  file: string,
  delimiter: string | undefined,
  names: readonly string[],
  onRow: (cells: Cells) => void,
): Promise<void> {
  const separator = delimiter ?? (await detectDelimiter(file, names, 'utf8', DELIMITERS));
  const records = new Records(file, { delimiter: separator.charCodeAt(0), quotes: true });
  let cells: DelimitedCells | undefined;
  await records.read(() => {
    if (cells === undefined) cells = new DelimitedCells(records, findColumns(file, records, names), names);
    else onRow(cells);
  });
  if (cells === undefined) throw new DatasetError(`${file}: expected a header line, got an empty file`);
}

class DelimitedCells implements Cells {
  private readonly fieldCount: number;

  constructor(
    private readonly records: Records,
    private readonly columns: Int32Array,
    readonly names: readonly string[],
  ) {
    this.fieldCount = records.fieldCount;
  }

  get line(): number {
    return this.records.line;
  }

  get problem(): string | undefined {
    const { problem, fieldCount } = this.records;
    if (problem !== undefined || fieldCount === this.fieldCount) return problem;
    return `expected ${this.fieldCount} columns, got ${fieldCount}`;
  }

  isId(place: number): boolean {
    const column = this.columns[place]!;
    return this.records.ends[column]! > this.records.starts[column]!;
  }

  addTo(ids: ByteIds, place: number): number {
    const { bytes, starts, ends } = this.records;
    const column = this.columns[place]!;
    return ids.add(bytes, starts[column]!, ends[column]!);
  }

  number(place: number): number {
    const { bytes, starts, ends } = this.records;
    const column = this.columns[place]!;
    return parseDecimal(bytes, starts[column]!, ends[column]!);
  }

  isTime(): boolean {
    return false;
  }

  text(place: number): string {
    return this.records.text(this.columns[place]!);
  }
}

function findColumns(file: string, records: Records, names: readonly string[]): Int32Array {
  const error = (problem: string) => rowError({ file, line: records.line }, problem);
  if (records.problem !== undefined) throw error(records.problem);
  const header = Array.from({ length: records.fieldCount }, (_, field) => records.text(field).trim());
  return Int32Array.from(names, (name) => {
    const column = header.indexOf(name);
    if (column < 0) throw error(`expected the columns ${names.join(', ')}, got ${header.join(', ')}`);
    if (header.includes(name, column + 1)) throw error(`expected one column ${name}, got several`);
    return column;
  });
}
