/** How the bytes of a file become text: `latin1` is ISO 8859-1. */
export type TextEncoding = 'utf-8' | 'latin1';

/** What a file of text does not say of itself. */
export interface TextOptions {
  /** Of CSV, TSV and NDJSON (default `utf-8`). */
  readonly encoding?: TextEncoding;
  /**
   * What separates the columns of CSV: one or more characters, such as `::` (default: the one among comma,
   * semicolon, tab, bar and `::` that separates the columns that are asked for).
   */
  readonly delimiter?: string;
  /** What all columns of CSV are called, in their order, where files have no header line (default: they have one). */
  readonly columns?: readonly string[];
  /** Whether fields of CSV may be quoted with `"`, doubled inside (default true). */
  readonly quotes?: boolean;
}

/**
 * @param names - the columns that are asked for.
 * @throws RangeError where the options cannot be.
 */
export function assertTextOptions(
  { encoding, delimiter, columns }: TextOptions,
  names: readonly string[],
): void {
  if (encoding !== undefined && !['utf-8', 'latin1'].includes(encoding)) {
    throw new RangeError(`encoding: expected utf-8 or latin1, got ${encoding}`);
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
