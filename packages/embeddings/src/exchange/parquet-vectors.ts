import { createEmbeddingTable, vectorOf } from '../embedding-table.js';
import { assertIdentified, type IdentifiedVectors } from './identified-vectors.js';
import { assertPages } from './parquet-pages.js';
import { assertParquetSealed, sealParquet, UNSEALED_METADATA } from './sealed-parquet.js';

/**
 * Vectors as a Parquet file with the columns `id: string` and `features: list<float>`, compressed by Snappy. Its metadata
 * have the file's SHA-256, by which {@link decodeParquet} finds damage.
 *
 * @throws RangeError where there is not one id for each row.
 */
export async function encodeParquet(vectors: IdentifiedVectors): Promise<Uint8Array> {
  assertIdentified(vectors);
  const { ids, table } = vectors;
  const { parquetWriteBuffer } = await import('hyparquet-writer'); // only who uses it loads it
  const features = Array.from({ length: table.rows }, (_, row) => Array.from(vectorOf(table, row)));
  const columnData = [
    { name: 'id', data: [...ids] },
    { name: 'features', data: features, encoding: 'PLAIN' as const, statistics: false }, // learned numbers don't repeat
  ];
  const buffer = parquetWriteBuffer({
    columnData,
    kvMetadata: [...UNSEALED_METADATA],
    schema: [
      { name: 'root', num_children: 2 },
      { name: 'id', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      { name: 'features', converted_type: 'LIST', repetition_type: 'REQUIRED', num_children: 1 },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', type: 'FLOAT', repetition_type: 'REQUIRED' },
    ],
  });
  return sealParquet(new Uint8Array(buffer));
}

/**
 * The vectors of a Parquet file with a column `id`, of text or integers, and one `features` (as Spark's ALS writes its
 * `userFactors` and `itemFactors`) or `vector`, of lists of float or double. Doubles are rounded to float32. Files
 * without compression and with Snappy, Spark's default, can be read.
 *
 * @throws RangeError where a column is missing, or an id or a vector is none, has another length than the first or a
 * number that is not finite; it names the row.
 * @throws Error where the file is no Parquet, is damaged, or is compressed otherwise. Of another program's file, which is
 * not sealed, only damage that can be read is found.
 */
export async function decodeParquet(bytes: Uint8Array): Promise<IdentifiedVectors> {
  assertParquetSealed(bytes); // first: reading what is damaged may take for ever
  const { list, ids, lists } = await readColumns(bytes).catch((cause: unknown) => {
    if (cause instanceof RangeError && cause.message.startsWith('columns: ')) throw cause;
    // What an engine says of missing parts, by errors of its own kinds, would tell nobody anything.
    const reason = cause instanceof Error && cause.constructor === Error ? `: ${cause.message}` : '';
    throw new Error(`bytes: expected a sound Parquet file, got one that can't be read${reason}`, { cause });
  });
  return collect(
    ids.map((id, row) => ({ id, vector: lists[row] })),
    list,
  );
}

/** @throws RangeError where the columns are others, and whatever reading throws. */
async function readColumns(
  bytes: Uint8Array,
): Promise<{ readonly list: string; readonly ids: readonly unknown[]; readonly lists: readonly unknown[] }> {
  const { parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import('hyparquet');
  const file = {
    byteLength: bytes.length,
    slice: (start: number, end?: number) => Uint8Array.from(bytes.subarray(start, end)).buffer,
  };
  // Without a look for places on a map, which a damaged number of children makes go back for ever.
  const metadata = await parquetMetadataAsync(file, { geoparquet: false });
  const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
  const lists = columns.filter((name) => name === 'features' || name === 'vector');
  if (!columns.includes('id') || lists.length !== 1) {
    throw new RangeError(`columns: expected id, and either features or vector, got ${columns.join(', ')}`);
  }
  const [list] = lists as [string];
  await assertPages(bytes, metadata);
  // One column after the other: of two that fail together, the second would reject where nobody awaits it.
  const read = async (column: string) =>
    (await parquetReadObjects({ file, metadata, columns: [column] })).map((row) => row[column] as unknown);
  const ids = await read('id');
  return { list, ids, lists: await read(list) };
}

function collect(rows: ReadonlyArray<{ id: unknown; vector: unknown }>, list: string): IdentifiedVectors {
  const ids: string[] = [];
  const size = lengthOf(rows[0]?.vector) || 1;
  const vectors = new Float32Array(rows.length * size);
  for (const [row, { id, vector }] of rows.entries()) {
    if (typeof id !== 'string' && typeof id !== 'bigint' && !Number.isSafeInteger(id)) {
      throw new RangeError(`id of row ${row}: expected text or an integer, got ${String(id)}`);
    }
    if (lengthOf(vector) !== size) {
      const got = lengthOf(vector) ?? 'no list';
      throw new RangeError(`${list} of row ${row}: expected ${size} numbers, got ${got}`);
    }
    const numbers = vector as ArrayLike<unknown>;
    for (let place = 0; place < size; place++) {
      const value = numbers[place];
      if (typeof value !== 'number') {
        throw new RangeError(`${list} of row ${row}: expected numbers, got ${String(value)}`);
      }
      vectors[row * size + place] = value;
    }
    ids.push(String(id));
  }
  return { ids, table: createEmbeddingTable(vectors, size) };
}

function lengthOf(vector: unknown): number | undefined {
  return Array.isArray(vector) || ArrayBuffer.isView(vector)
    ? (vector as unknown as ArrayLike<unknown>).length
    : undefined;
}
