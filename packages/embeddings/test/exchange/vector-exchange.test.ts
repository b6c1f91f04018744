import { expect, test } from '@jest/globals';
import { IdMap } from '@rl-recsys/rating-log';
import { Random } from '@rl-recsys/random';
import fc from 'fast-check';
import {
  alignVectors,
  createEmbeddingTable,
  decodeIds,
  decodeNpy,
  decodeParquet,
  decodeWord2Vec,
  encodeIds,
  encodeNpy,
  encodeParquet,
  encodeWord2Vec,
  type IdentifiedVectors,
} from '../../src/index.js';

const id = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
  .filter((text) => !/\s|\uFEFF/.test(text));
const finite = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 2 ** -149, -3.4028234663852886e38, 0.1, 1 / 3),
);
const identified = fc
  .record({
    ids: fc.uniqueArray(id, { minLength: 1, maxLength: 12 }),
    size: fc.integer({ min: 1, max: 9 }),
    seed: fc.integer(),
  })
  .chain(({ ids, size, seed }) =>
    fc
      .array(finite, { minLength: ids.length * size, maxLength: ids.length * size })
      .map((numbers) => ({ ids, table: createEmbeddingTable(Float32Array.from(numbers), size), seed })),
  );

/** The same vectors in another order of rows. */
function shuffled({ ids, table: { size, vectors } }: IdentifiedVectors, seed: number): IdentifiedVectors {
  const order = Random.fromSeed(seed).shuffle(Int32Array.from(ids, (_, row) => row));
  const numbers = Float32Array.from(
    vectors,
    (_, place) => vectors[order[Math.floor(place / size)]! * size + (place % size)]!,
  );
  return { ids: Array.from(order, (row) => ids[row]!), table: createEmbeddingTable(numbers, size) };
}

const bits = (vectors: Float32Array) => [...new Uint32Array(vectors.slice().buffer)];

const FORMATS: Record<
  string,
  (vectors: IdentifiedVectors) => Promise<IdentifiedVectors> | IdentifiedVectors
> = {
  'NPY and a list of ids': ({ ids, table }) => ({
    ids: decodeIds(encodeIds(ids)),
    table: decodeNpy(encodeNpy(table)),
  }),
  'word2vec text': (vectors) => decodeWord2Vec(encodeWord2Vec(vectors)),
  Parquet: async (vectors) => decodeParquet(await encodeParquet(vectors)),
};

test.each(Object.entries(FORMATS))(
  'exported, shuffled and imported by %s they are the same, bit for bit',
  async (_, passOn) => {
    await fc.assert(
      fc.asyncProperty(identified, async ({ ids, table, seed }) => {
        const came = await passOn(shuffled({ ids, table }, seed));
        const aligned = alignVectors(came, new IdMap(ids));
        expect({ rows: aligned.rows, size: aligned.size }).toEqual({ rows: table.rows, size: table.size });
        expect(bits(aligned.vectors)).toEqual(bits(table.vectors));
      }),
      { seed: 1, numRuns: 100 },
    );
  },
);
