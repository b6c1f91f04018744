import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cells } from './cells.js';
import { DatasetError } from './dataset-error.js';
import { parquetColumns, readParquetCells } from './parquet/parquet-cells.js';
import { readDelimitedCells, type DelimitedOptions } from './text/delimited-cells.js';
import { readHeader } from './text/header.js';
import { jsonKeys, readJsonCells } from './text/json-cells.js';
import type { TextOptions } from './text/text-options.js';

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

/** A file and how it is written. */
export interface LogFile {
  readonly path: string;
  readonly format: LogFormat;
}

/**
 * The files of a source, in the order in which they are read: a folder's by their names, a pattern's by their
 * paths. Without a format only those with a known ending are taken from folders.
 *
 * @throws DatasetError where there is none, or a file's ending is unknown.
 * @throws RangeError where an option would have no effect on a file.
 */
export async function findLogFiles(
  source: string | readonly string[],
  options: FileOptions,
): Promise<LogFile[]> {
  const sources = typeof source === 'string' ? [source] : source;
  const paths = [];
  for (const each of sources) paths.push(...(await pathsOf(each, options.format)));
  if (paths.length === 0)
    throw new DatasetError(`${sources.join(', ')}: expected at least one file, got none`);
  return paths.map((path) => {
    const format = options.format ?? formatOf(path);
    if (format === undefined) {
      const endings = Object.keys(formats).join(', ');
      throw new DatasetError(`${path}: expected an ending among ${endings}, with or without .gz`, {
        advice: [{ option: 'format', value: 'csv' }],
      });
    }
    assertFormat(format);
    assertEffect(path, format, options);
    return { path, format };
  });
}

/**
 * Reads the columns `names` of a file, unzipped where it is gzipped text.
 *
 * @throws DatasetError where the file cannot be read or lacks a column.
 */
export async function readCells(
  { path, format }: LogFile,
  options: DelimitedOptions,
  names: readonly string[],
  onRow: (cells: Cells) => void,
): Promise<void> {
  if (format === 'ndjson') return readJsonCells(path, options, names, onRow);
  if (format === 'parquet') return readParquetCells(path, names, onRow);
  return readDelimitedCells(path, delimitedOptions(format, options), names, onRow);
}

/**
 * The names of a file's columns; of NDJSON the keys of its first row.
 *
 * @param wanted - the columns that are asked for.
 * @throws DatasetError where the file cannot be read.
 */
export async function readColumnNames(
  { path, format }: LogFile,
  options: TextOptions,
  wanted: readonly string[],
): Promise<readonly string[]> {
  if (format === 'ndjson') return jsonKeys(path, options.encoding);
  if (format === 'parquet') return parquetColumns(path);
  return options.columns ?? (await readHeader(path, delimitedOptions(format, options), wanted)).fields;
}

function delimitedOptions(format: LogFormat, options: DelimitedOptions): DelimitedOptions {
  return format === 'tsv' ? { delimiter: '\t', ...options } : options;
}

function assertFormat(format: LogFormat): void {
  if (!logFormats.includes(format))
    throw new RangeError(`format: expected ${logFormats.join(', ')}, got ${String(format)}`);
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

function formatOf(file: string): LogFormat | undefined {
  return formats[/\.(\w+?)(?:\.gz)?$/.exec(file.toLowerCase())?.[1] ?? ''];
}

async function pathsOf(source: string, format: LogFormat | undefined): Promise<string[]> {
  if (!existsSync(source) && /[*?[]/.test(source)) return matching(source);
  const facts = await stat(source).catch(() => undefined);
  if (facts === undefined) throw new DatasetError(`${source}: no such file or folder`);
  if (!facts.isDirectory()) return [source];
  const entries = await readdir(source, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && (format !== undefined || formatOf(entry.name) !== undefined))
    .map(({ name }) => join(source, name))
    .sort();
}

async function matching(pattern: string): Promise<string[]> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const result = await connection.runAndReadAll(
      `SELECT file FROM glob('${pattern.replaceAll("'", "''")}')`,
    );
    return result
      .getRows()
      .map(([file]) => String(file))
      .sort();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
