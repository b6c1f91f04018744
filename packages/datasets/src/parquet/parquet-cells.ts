import type { DuckDBConnection, DuckDBVector } from '@duckdb/node-api';
import type { ByteIds } from '../byte-ids.js';
import { listNames, type Cells } from '../cells.js';
import { DatasetError } from '../dataset-error.js';
import { parseNumber } from '../numbers.js';

/**
 * Reads the columns `names` of a Parquet file; `line` is the row, from 1.
 *
 * @throws DatasetError where the file cannot be read or lacks a column.
 */
export async function readParquetCells(
  file: string,
  names: readonly string[],
  onRow: (cells: Cells) => void,
): Promise<void> {
  await withTable(file, async (connection, from) => {
    const columns = await findColumns(connection, file, from, names);
    const parts = columns.flatMap(({ parts: own }) => own);
    const result = await connection.stream(`SELECT ${parts.join(', ')} FROM ${from}`);
    const cells = new ParquetCells(names, columns);
    // DuckDB reads the next rows while these are taken in, and must have done so before it is closed.
    let next = result.fetchChunk();
    try {
      for (;;) {
        const chunk = await next;
        const rows = chunk?.rowCount ?? 0;
        if (chunk === null || rows === 0) break;
        next = result.fetchChunk();
        cells.vectors = parts.map((_, column) => chunk.getColumnVector(column));
        for (cells.row = 0; cells.row < rows; cells.row++) {
          cells.line += 1;
          onRow(cells);
        }
      }
    } finally {
      await next.catch(() => {});
    }
  });
}

/**
 * The names of a Parquet file's columns.
 *
 * @throws DatasetError where the file cannot be read.
 */
export async function parquetColumns(file: string): Promise<string[]> {
  return withTable(file, async (connection, from) => Array.from((await typesOf(connection, from)).keys()));
}

/** @param use - gets the file as a table of SQL. */
async function withTable<T>(
  file: string,
  use: (connection: DuckDBConnection, from: string) => Promise<T>,
): Promise<T> {
  // Loaded when it is needed: it takes a moment, and text needs none of it.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB' });
  const connection = await instance.connect();
  try {
    return await use(
      connection,
      `read_parquet('${file.replaceAll("'", "''").replaceAll(/[*?[]/g, '[$&]')}')`,
    );
  } catch (error) {
    if (error instanceof DatasetError || error instanceof RangeError) throw error;
    const [message] = (error as Error).message.split('\n');
    throw new DatasetError(`${file}: cannot be read, ${message}`, { cause: error });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** How a column leaves DuckDB: `integer` as a number and, where float64 may have another, as text too. */
interface Column {
  readonly kind: 'integer' | 'number' | 'time' | 'list' | 'text';
  /** Which of the vectors is its first. */
  readonly vector: number;
  /** SQL */
  readonly parts: readonly string[];
}

async function findColumns(
  connection: DuckDBConnection,
  file: string,
  from: string,
  names: readonly string[],
): Promise<Column[]> {
  const types = await typesOf(connection, from);
  let vector = 0;
  return names.map((name) => {
    const type = types.get(name);
    if (type === undefined) {
      const existing = listNames(Array.from(types.keys()));
      throw new DatasetError(`${file}: expected the columns ${listNames(names)}, got ${existing}`);
    }
    const column = { ...castOf(`"${name.replaceAll('"', '""')}"`, type), vector };
    vector += column.parts.length;
    return column;
  });
}

/** By the columns' names, in their order. */
async function typesOf(connection: DuckDBConnection, from: string): Promise<Map<string, string>> {
  const rows = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`)).getRows();
  return new Map(rows.map(([name, type]) => [String(name), String(type)]));
}

function castOf(name: string, type: string): Omit<Column, 'vector'> {
  if (/^(U?(TINY|SMALL)INT|INTEGER)$/.test(type)) return { kind: 'integer', parts: [`${name}::INTEGER`] };
  if (/^U?(BIG|HUGE)?INT(EGER)?$/.test(type)) {
    const isExact = `${name} BETWEEN ${Number.MIN_SAFE_INTEGER} AND ${Number.MAX_SAFE_INTEGER}`;
    return {
      kind: 'integer',
      parts: [`${name}::DOUBLE`, `CASE WHEN NOT (${isExact}) THEN ${name}::VARCHAR END`],
    };
  }
  if (/^(FLOAT|DOUBLE|DECIMAL)/.test(type)) return { kind: 'number', parts: [`${name}::DOUBLE`] };
  if (type === 'TIMESTAMP WITH TIME ZONE') return { kind: 'time', parts: [`epoch_us(${name}) / 1000.0`] };
  if (/^(TIMESTAMP|DATE)/.test(type))
    return { kind: 'time', parts: [`epoch_us(${name}::TIMESTAMP) / 1000.0`] };
  if (type.endsWith('[]')) return { kind: 'list', parts: [`to_json(${name}::VARCHAR[])::VARCHAR`] };
  if (type === 'BLOB') return { kind: 'text', parts: [`decode(${name})`] };
  return { kind: 'text', parts: [`${name}::VARCHAR`] };
}

class ParquetCells implements Cells {
  readonly idKind = 'an id';
  line = 0;
  row = 0;
  vectors: DuckDBVector[] = [];
  readonly problem = undefined;
  readonly decimal = undefined;
  private scratch = Buffer.alloc(256);

  constructor(
    readonly names: readonly string[],
    private readonly columns: readonly Column[],
  ) {}

  isId(place: number): boolean {
    const value = this.vectors[this.columns[place]!.vector]!.getItem(this.row);
    return value !== null && value !== '';
  }

  addTo(ids: ByteIds, place: number): number {
    const { vector, kind } = this.columns[place]!;
    const value = kind === 'integer' ? (this.vectors[vector]!.getItem(this.row) as number | null) : null;
    const index = value === null ? -1 : ids.addNumber(value);
    return index < 0 ? this.addText(ids, this.text(place)) : index;
  }

  number(place: number): number {
    const { vector, kind } = this.columns[place]!;
    const value = this.vectors[vector]!.getItem(this.row);
    if (typeof value === 'number') return Number.isFinite(value) ? value : NaN;
    return kind === 'text' ? (parseNumber(this.text(place)) ?? NaN) : NaN;
  }

  isTime(place: number): boolean {
    return this.columns[place]!.kind === 'time';
  }

  text(place: number): string {
    const { vector, kind } = this.columns[place]!;
    const value = this.vectors[vector]!.getItem(this.row);
    if (kind === 'integer' && value !== null && !Number.isSafeInteger(value))
      return this.vectors[vector + 1]!.getItem(this.row) as string;
    return value === null ? '' : String(value);
  }

  list(place: number): readonly string[] | undefined {
    if (this.columns[place]!.kind !== 'list' || !this.isId(place)) return undefined;
    return (JSON.parse(this.text(place)) as (string | null)[]).filter((part) => part !== null);
  }

  private addText(ids: ByteIds, text: string): number {
    if (3 * text.length > this.scratch.length) this.scratch = Buffer.alloc(6 * text.length);
    return ids.add(this.scratch, 0, this.scratch.write(text));
  }
}
