import type { Cells } from './cells.js';
import { DatasetError } from './dataset-error.js';
import { readDelimitedCells, type DelimitedOptions } from './text/delimited-cells.js';
import { readHeader } from './text/header.js';
import { jsonKeys, readJsonCells } from './text/json-cells.js';
import type { TextOptions } from './text/text-options.js';
import type { TextSource } from './text/text-source.js';

/** How a file's rows are written; `ndjson` is a JSON object a line, or one array of objects. */
export type LogFormat = 'csv' | 'tsv' | 'ndjson' | 'parquet';

const logFormats: readonly LogFormat[] = ['csv', 'tsv', 'ndjson', 'parquet'];

/** By the ending of a name. */
const formats: Readonly<Record<string, LogFormat>> = {
  csv: 'csv',
  tsv: 'tsv',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  json: 'ndjson',
  parquet: 'parquet',
};

/** Options that Parquet has not, beside `encoding`, which may be meant for other files. */
const textOptions = ['decimal'] as const;
/** Options that only CSV has. */
const csvOptions = ['delimiter', 'columns', 'quotes'] as const;

/** How files are written, where it is not seen from them. */
export interface FileOptions extends TextOptions {
  /** Default: by the files' endings. */
  readonly format?: LogFormat;
}

/** A file of rows, wherever it lies. */
export interface LogFile {
  readonly path: string;
  readonly format: LogFormat;
  /**
   * Reads the columns `names`.
   *
   * @throws DatasetError where the file cannot be read or lacks a column.
   */
  readCells(
    options: DelimitedOptions,
    names: readonly string[],
    onRow: (cells: Cells) => void,
  ): Promise<void>;
  /**
   * The names of its columns; of NDJSON the keys of its first row.
   *
   * @param wanted - the columns that are asked for.
   * @throws DatasetError where the file cannot be read.
   */
  columnNames(options: TextOptions, wanted: readonly string[]): Promise<readonly string[]>;
}

/** A file of text. */
export function textLogFile(source: TextSource, format: Exclude<LogFormat, 'parquet'>): LogFile {
  const delimited = <Options extends DelimitedOptions>(options: Options): Options =>
    format === 'tsv' ? { delimiter: '\t', ...options } : options;
  return {
    ...{ path: source.name, format },
    readCells(options, names, onRow) {
      if (format === 'ndjson') return readJsonCells(source, options, names, onRow);
      return readDelimitedCells(source, delimited(options), names, onRow);
    },
    async columnNames(options, wanted) {
      if (format === 'ndjson') return jsonKeys(source, options.encoding);
      return options.columns ?? (await readHeader(source, delimited(options), wanted)).fields;
    },
  };
}

/**
 * How a file is written: as the options say, else as its name ends.
 *
 * @throws DatasetError where its ending is unknown.
 * @throws RangeError where an option would have no effect on it.
 */
export function formatOf(path: string, options: FileOptions): LogFormat {
  const format = options.format ?? formatByEnding(path);
  if (format === undefined) {
    const endings = Object.keys(formats).join(', ');
    throw new DatasetError(`${path}: expected an ending among ${endings}, with or without .gz`, {
      advice: [{ option: 'format', value: 'csv' }],
    });
  }
  if (!logFormats.includes(format))
    throw new RangeError(`format: expected ${logFormats.join(', ')}, got ${String(format)}`);
  assertEffect(path, format, options);
  return format;
}

/** By a name alone. */
export function formatByEnding(file: string): LogFormat | undefined {
  return formats[/\.(\w+?)(?:\.gz)?$/.exec(file.toLowerCase())?.[1] ?? ''];
}

/**
 * @param files - all that are read with one encoding: those of a log, and of its items.
 * @throws RangeError where it would have no effect on any.
 */
export function assertEncodingRead(files: readonly LogFile[], encoding: TextOptions['encoding']): void {
  if (encoding === undefined || files.some(({ format }) => format !== 'parquet')) return;
  throw new RangeError(`encoding: expected with text, got ${files.map(({ path }) => path).join(', ')}`);
}

function assertEffect(path: string, format: LogFormat, options: FileOptions): void {
  if (format === 'csv' || format === 'tsv') return;
  const without = format === 'parquet' ? ([...textOptions, ...csvOptions] as const) : csvOptions;
  for (const name of without) {
    if (options[name] === undefined) continue;
    const expected = textOptions.some((each) => each === name) ? 'text' : 'CSV';
    throw new RangeError(`${name}: expected with ${expected}, got ${path}`);
  }
}
