import type { ByteIds } from '../byte-ids.js';
import type { Problem } from '../advice.js';
import { listNames, type Cells } from '../cells.js';
import { DatasetError, rowError } from '../dataset-error.js';
import { parseNumber } from '../numbers.js';
import { readHeader } from './header.js';
import { openText } from './open-text.js';
import { parseDecimal } from './parse-decimal.js';
import { Records } from './records.js';
import type { DecimalMark, TextOptions } from './text-options.js';
import type { TextSource } from './text-source.js';

/** How a delimited file is read. */
export interface DelimitedOptions extends TextOptions {
  /**
   * Whether ids are whole numbers, and no number has a sign, an exponent or spaces around it: then all else is a bad
   * row (default false).
   */
  readonly plainNumbers?: boolean;
}

/**
 * Reads the columns `names` of a delimited text file.
 *
 * @throws DatasetError where the file cannot be read, or has no header line or lacks a column in it.
 */
export async function readDelimitedCells(
  source: TextSource,
  options: DelimitedOptions,
  names: readonly string[],
  onRow: (cells: Cells) => void,
): Promise<void> {
  const { encoding, columns, quotes = true, decimal = 'point', plainNumbers = false } = options;
  const delimiter = options.delimiter ?? (await readHeader(source, options, names)).delimiter;
  const records = new Records({ delimiter, quotes });
  const Row = plainNumbers ? PlainCells : DelimitedCells;
  const cellsOf = (all: readonly string[]) =>
    new Row(
      records,
      names,
      Int32Array.from(names, (name) => all.indexOf(name)),
      all.length,
      decimal,
    );
  let cells = columns && cellsOf(columns);
  await records.read(openText(source, encoding), () => {
    if (cells === undefined) cells = cellsOf(headerOf(source.name, records, names));
    else onRow(cells);
  });
  if (cells === undefined)
    throw new DatasetError(`${source.name}: expected a header line, got an empty file`);
}

class DelimitedCells implements Cells {
  readonly idKind: string = 'an id';

  constructor(
    protected readonly records: Records,
    readonly names: readonly string[],
    /** By place: which field. */
    protected readonly columns: Int32Array,
    private readonly fieldCount: number,
    readonly decimal: DecimalMark,
  ) {}

  get line(): number {
    return this.records.line;
  }

  get problem(): Problem | undefined {
    const { problem, fieldCount } = this.records;
    if (problem !== undefined || fieldCount === this.fieldCount) return problem;
    return { reason: `expected ${this.fieldCount} columns, got ${fieldCount}` };
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
    return parseDecimal(bytes, starts[column]!, ends[column]!, this.decimal);
  }

  isTime(): boolean {
    return false;
  }

  text(place: number): string {
    return this.records.text(this.columns[place]!);
  }
}

const POINT = 46;

/** Cells of which each number is of digits, with a point among them at most. */
class PlainCells extends DelimitedCells {
  override readonly idKind = 'a whole number';

  override isId(place: number): boolean {
    const { bytes, starts, ends } = this.records;
    const column = this.columns[place]!;
    const end = ends[column]!;
    let digit = starts[column]!;
    while (digit < end && isDigit(bytes[digit]!)) digit += 1;
    return digit === end && end > starts[column]!;
  }

  override number(place: number): number {
    const { bytes, starts, ends } = this.records;
    const column = this.columns[place]!;
    const [start, end] = [starts[column]!, ends[column]!];
    if (end === start || !isDigit(bytes[start]!) || !isDigit(bytes[end - 1]!)) return NaN;
    for (let at = start + 1; at < end - 1; at++) if (!isDigit(bytes[at]!) && bytes[at] !== POINT) return NaN;
    return super.number(place);
  }
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

function headerOf(file: string, records: Records, names: readonly string[]): readonly string[] {
  const error = (problem: Problem) => rowError(file, records.line, problem);
  if (records.problem !== undefined) throw error(records.problem);
  const header = records.texts().map((name) => name.trim());
  for (const name of names) {
    const column = header.indexOf(name);
    if (column < 0) {
      const reason = `expected the columns ${listNames(names)}, got ${listNames(header)}`;
      throw error(
        header.some(isNumber) ? { reason, advice: [{ option: 'columns', value: names }] } : { reason },
      );
    }
    if (header.includes(name, column + 1))
      throw error({ reason: `expected one column ${listNames([name])}, got several` });
  }
  return header;
}

/** A column is hardly called so: the line is likely to be none of names. */
function isNumber(name: string): boolean {
  return parseNumber(name) !== undefined;
}
