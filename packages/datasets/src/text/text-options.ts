/** How the bytes of a file become text: `latin1` is ISO 8859-1, `windows-1252` has €, quotes and dashes besides. */
export type TextEncoding = 'utf-8' | 'latin1' | 'windows-1252';

/** What stands between whole and parts in numbers: 2.5 or 2,5. */
export type DecimalMark = 'point' | 'comma';

const encodings: readonly TextEncoding[] = ['utf-8', 'latin1', 'windows-1252'];
const decimalMarks: readonly DecimalMark[] = ['point', 'comma'];

/** What a file of text does not say of itself. */
export interface TextOptions {
  /** Of CSV, TSV and NDJSON (default `utf-8`). */
  readonly encoding?: TextEncoding;
  /**
   * What separates the columns of CSV: one or more characters, such as `::`; a blank stands for any number of blanks
   * and tabs (default: what a first line such as Excel's `sep=;` says, or else the one among comma, semicolon, tab, bar
   * and `::`, or else a blank, that separates the columns that are asked for).
   */
  readonly delimiter?: string;
  /** What all columns of CSV are called, in their order, where files have no header line (default: they have one). */
  readonly columns?: readonly string[];
  /** Whether fields of CSV may be quoted with `"`, doubled inside (default true). */
  readonly quotes?: boolean;
  /** How numbers of CSV, TSV and of texts of NDJSON are written (default `point`). */
  readonly decimal?: DecimalMark;
}

/**
 * @param names - the columns that are asked for.
 * @throws RangeError where the options cannot be.
 */
export function assertTextOptions(
  { encoding, delimiter, columns, decimal }: TextOptions,
  names: readonly string[],
): void {
  if (encoding !== undefined && !encodings.includes(encoding)) {
    throw new RangeError(`encoding: expected utf-8, latin1 or windows-1252, got ${String(encoding)}`);
  }
  if (decimal !== undefined && !decimalMarks.includes(decimal)) {
    throw new RangeError(`decimal: expected point or comma, got ${String(decimal)}`);
  }
  if (delimiter !== undefined && !/^[^"\r\n]+$/.test(delimiter)) {
    const got = delimiter === '' ? 'none' : JSON.stringify(delimiter);
    throw new RangeError(`delimiter: expected one or more characters, no quote or line break, got ${got}`);
  }
  if (columns === undefined) return;
  for (const name of names) {
    const count = columns.filter((column) => column === name).length;
    if (count !== 1) throw new RangeError(`columns: expected ${name} once among them, got it ${count} times`);
  }
}
