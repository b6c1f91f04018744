import { describe, expect, test } from '@jest/globals';
import { parquetWriteBuffer, type ColumnSource, type SchemaElement } from 'hyparquet-writer';
import { assertPages } from '../../src/exchange/parquet-pages.js';
import { createEmbeddingTable, decodeParquet, encodeParquet } from '../../src/index.js';

const LIST: SchemaElement = { name: 'list', repetition_type: 'REPEATED', num_children: 1 };

interface Columns {
  /** Of the column of ids. */
  readonly id?: Partial<SchemaElement>;
  readonly element?: 'FLOAT' | 'DOUBLE';
  /** Of the column of vectors. */
  readonly name?: string;
  readonly rowGroupSize?: number;
}

/** A file with lists as Spark writes them, where rows, lists and elements may all be null. */
function file(
  ids: unknown[],
  vectors: unknown[],
  { id = { type: 'INT32' }, element = 'FLOAT', name = 'features', rowGroupSize = 100 }: Columns = {},
): Uint8Array {
  const columnData = [
    { name: 'id', data: ids },
    { name, data: vectors },
  ] as ColumnSource[];
  const schema: SchemaElement[] = [
    { name: 'root', num_children: 2 },
    { name: 'id', repetition_type: 'OPTIONAL', ...id },
    { name, converted_type: 'LIST', repetition_type: 'OPTIONAL', num_children: 1 },
    LIST,
    { name: 'element', type: element, repetition_type: 'OPTIONAL' },
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData, schema, rowGroupSize }));
}

const expected = {
  ids: ['10', '7', '3'],
  table: createEmbeddingTable(Float32Array.of(1, 2, 0.1, 4, 5, 6), 2),
};
const vectors = [
  [1, 2],
  [0.1, 4],
  [5, 6],
];

describe('what is read', () => {
  test.each([100, 2, 1])('id: int, features: array<float>, in groups of %p rows', async (rowGroupSize) => {
    expect(await decodeParquet(file([10, 7, 3], vectors, { rowGroupSize }))).toEqual(expected);
  });

  test('vector: array<double>, ids of int64, from the middle of a buffer', async () => {
    const bytes = file([10n, 7n, 3n], vectors, { id: { type: 'INT64' }, element: 'DOUBLE', name: 'vector' });
    const shifted = new Uint8Array(bytes.length + 9);
    shifted.set(bytes, 5);
    expect(await decodeParquet(shifted.subarray(5, 5 + bytes.length))).toEqual(expected);
  });

  test('what was written, from a view of a larger array too', async () => {
    const all = Float32Array.of(9, 1, 2, 0.1, 4, 5, 6, 9);
    const table = createEmbeddingTable(all.subarray(1, 7), 2);
    expect(await decodeParquet(await encodeParquet({ ids: expected.ids, table }))).toEqual(expected);
  });
});

describe('what is refused, with its row', () => {
  test.each<[string, () => Uint8Array, string]>([
    ['a null id', () => file([1, null, 3], vectors), 'id of row 1: expected text or an integer, got null'],
    [
      'a fraction for an id',
      () => file([1, 2.5, 3], vectors, { id: { type: 'DOUBLE' } }),
      'id of row 1: expected text or an integer, got 2.5',
    ],
    ['a null vector', () => file([1, 2], [[1], null]), 'features of row 1: expected 1 numbers, got no list'],
    ['a shorter vector', () => file([1, 2], [[1, 2], [3]]), 'features of row 1: expected 2 numbers, got 1'],
    ['a null in a vector', () => file([1], [[1, null]]), 'features of row 0: expected numbers, got null'],
    ['an empty vector', () => file([1], [[]]), 'features of row 0: expected 1 numbers, got 0'],
    ['NaN', () => file([1, 2], [[1], [NaN]]), 'vectors: expected finite numbers, got NaN in row 1'],
    [
      'other columns',
      () => file([1], [[1]], { name: 'values' }),
      'columns: expected id, and either features or vector, got id, values',
    ],
  ])('%s', async (_, make, message) => {
    await expect(decodeParquet(make())).rejects.toThrow(new RangeError(message));
  });

  test('other files', async () => {
    await expect(decodeParquet(new Uint8Array(100))).rejects.toThrow(
      /^bytes: expected a sound Parquet file, got one that can't be read: parquet/,
    );
  });

  test('a file that was written here, whichever of its bytes has changed', async () => {
    const bytes = await encodeParquet(expected);
    for (let place = 0; place < bytes.length; place++) {
      const damaged = bytes.slice();
      damaged[place] = place === 64 ? 168 : bytes[place]! ^ 0x55; // 168 at 64 was read for ever
      const decoded = await decodeParquet(damaged).catch((error: unknown) => error);
      // Without its key a file counts as another program's, all of whose data are sound.
      if (decoded instanceof Error) expect(decoded.message).toMatch(/^bytes: .*(damaged|can't be read)/);
      else expect(decoded).toEqual(expected);
    }
  });

  test('a file of another program, whichever of its bytes has changed, comes to an end', async () => {
    const bytes = file([1, 2, 3], vectors);
    for (let place = 0; place < bytes.length; place++) {
      for (const value of [bytes[place]! ^ 0x55, 168, 0xff, bytes[place]! ^ 1]) {
        const damaged = bytes.slice();
        damaged[place] = value;
        const decoded = await decodeParquet(damaged).catch((error: unknown) => error);
        if (decoded instanceof Error)
          expect(decoded.message).toMatch(
            /^(bytes|columns|(id|features|vector) of row \d+|vectors): expected/,
          );
      }
    }
  });

  test('pages that would lead back, or have more than there can be, are named', async () => {
    const bytes = file([1, 2, 3], vectors);
    const { parquetMetadataAsync } = await import('hyparquet');
    const source = {
      byteLength: bytes.length,
      slice: (start: number, end?: number) => bytes.slice(start, end).buffer,
    };
    const metadata = await parquetMetadataAsync(source);
    await assertPages(bytes, metadata);
    const [column] = metadata.row_groups[0]!.columns;
    const start = Number(column!.meta_data!.dictionary_page_offset ?? column!.meta_data!.data_page_offset);
    // The header begins with the type of its page; then come both sizes, zigzag: 1 is −1.
    const backwards = bytes.slice();
    backwards[start + 5] = 1;
    await expect(assertPages(backwards, metadata)).rejects.toThrow(
      'size of a page: expected an integer from 0 to',
    );
    const beyond = {
      ...metadata,
      row_groups: [
        {
          ...metadata.row_groups[0]!,
          columns: [{ ...column!, meta_data: { ...column!.meta_data!, total_compressed_size: 1n << 40n } }],
        },
      ],
    };
    await expect(assertPages(bytes, beyond)).rejects.toThrow(
      'size of a column: expected an integer from 0 to',
    );
  });

  test('a file of another program that is cut short, in one error that is awaited', async () => {
    const bytes = file([1, 2, 3], vectors);
    const footer = bytes.slice(-200);
    const damaged = new Uint8Array(bytes.length);
    damaged.set(footer, bytes.length - 200);
    await expect(decodeParquet(damaged)).rejects.toThrow(/^bytes: expected a sound Parquet file/);
  });

  test('as many ids as rows are needed', async () => {
    await expect(encodeParquet({ ids: ['a'], table: expected.table })).rejects.toThrow(
      new RangeError('ids: expected one for each of 3 rows, got 1'),
    );
  });
});
