import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatasetError } from './dataset-error.js';
import {
  formatByEnding,
  formatOf,
  textLogFile,
  type FileOptions,
  type LogFile,
  type LogFormat,
} from './log-file.js';
import { parquetColumns, readParquetCells } from './parquet/parquet-cells.js';
import { fileText } from './text/file-text.js';

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
    const format = formatOf(path, options);
    return format === 'parquet' ? parquetLogFile(path) : textLogFile(fileText(path), format);
  });
}

function parquetLogFile(path: string): LogFile {
  return {
    ...{ path, format: 'parquet' },
    readCells: (_, names, onRow) => readParquetCells(path, names, onRow),
    columnNames: () => parquetColumns(path),
  };
}

async function pathsOf(source: string, format: LogFormat | undefined): Promise<string[]> {
  if (!existsSync(source) && /[*?[]/.test(source)) return matching(source);
  const facts = await stat(source).catch(() => undefined);
  if (facts === undefined) throw new DatasetError(`${source}: no such file or folder`);
  if (!facts.isDirectory()) return [source];
  const entries = await readdir(source, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && (format !== undefined || formatByEnding(entry.name) !== undefined))
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
