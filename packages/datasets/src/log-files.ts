import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cells } from './cells.js';
import { DatasetError } from './dataset-error.js';
import { readDelimitedCells } from './delimited-cells.js';
import { readJsonCells } from './json-cells.js';
import { readParquetCells } from './parquet-cells.js';

/** How a file's rows are written. */
export type LogFormat = 'csv' | 'tsv' | 'ndjson' | 'parquet';

const formats: Readonly<Record<string, LogFormat>> = {
  csv: 'csv',
  tsv: 'tsv',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  parquet: 'parquet',
};

/**
 * The files of a source, in the order in which they are read: a folder's by their names, a pattern's by their
 * paths.
 *
 * @param format - of all files; without it only those with a known ending are taken from folders.
 * @throws DatasetError where there is none.
 */
export async function findLogFiles(
  source: string | readonly string[],
  format: LogFormat | undefined,
): Promise<string[]> {
  const sources = typeof source === 'string' ? [source] : source;
  const files = [];
  for (const each of sources) files.push(...(await filesOf(each, format)));
  if (files.length === 0)
    throw new DatasetError(`${sources.join(', ')}: expected at least one file, got none`);
  return files;
}

/**
 * Reads the columns `names` of a file, unzipped where its name ends in `.gz`.
 *
 * @param format - default: by the file's ending.
 * @throws DatasetError where the file cannot be read or lacks a column.
 */
export async function readCells(
  file: string,
  format: LogFormat | undefined,
  names: readonly string[],
  onRow: (cells: Cells) => void,
): Promise<void> {
  const kind = format ?? formatOf(file);
  if (kind === undefined) {
    const endings = Object.keys(formats).join(', ');
    throw new DatasetError(`${file}: expected an ending among ${endings}, with or without .gz, or a format`);
  }
  if (kind === 'ndjson') return readJsonCells(file, names, onRow);
  if (kind === 'parquet') return readParquetCells(file, names, onRow);
  return readDelimitedCells(file, kind === 'tsv' ? '\t' : undefined, names, onRow);
}

function formatOf(file: string): LogFormat | undefined {
  return formats[/\.(\w+?)(?:\.gz)?$/.exec(file.toLowerCase())?.[1] ?? ''];
}

async function filesOf(source: string, format: LogFormat | undefined): Promise<string[]> {
  if (!existsSync(source) && /[*?[]/.test(source)) return matching(source);
  const facts = await stat(source).catch(() => undefined);
  if (facts === undefined)
    throw new DatasetError(`${source}: cannot be read, there is no such file or folder`);
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
