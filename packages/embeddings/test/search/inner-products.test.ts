import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import fc from 'fast-check';
import { createEmbeddingTable, InnerProducts, vectorOf } from '../../src/search.js';

const { fround } = Math;

/** Added up in float32, one after the other. */
function product(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, place) => fround(sum + fround(value * other[place]!)), 0);
}

test('each product is the float32 sum in plain order, alone and in a batch, of several tables', () => {
  const sizes = fc.record({
    seed: fc.integer(),
    tables: fc.array(fc.tuple(fc.nat({ max: 70 }), fc.integer({ min: 1, max: 40 })), {
      minLength: 1,
      maxLength: 3,
    }),
    batch: fc.nat({ max: 9 }),
  });
  fc.assert(
    fc.property(sizes, ({ seed, tables: drawn, batch }) => {
      const random = Random.fromSeed(seed);
      const draw = (length: number) => Float32Array.from({ length }, () => random.normal());
      const tables = drawn.map(([rows, size]) => createEmbeddingTable(draw(rows * size), size));
      const products = new InnerProducts(tables);
      // The last one first: none writes into another.
      for (const [place, table] of [...tables.entries()].reverse()) {
        const vectors = draw(batch * table.size);
        const found = products.of(place, vectors);
        expect(found).toHaveLength(batch * table.rows);
        for (let row = 0; row < batch; row++) {
          const vector = vectors.subarray(row * table.size, (row + 1) * table.size);
          const own = found.subarray(row * table.rows, (row + 1) * table.rows);
          expect(products.of(place, vector)).toEqual(own);
          const expected = Float32Array.from({ length: table.rows }, (_, each) =>
            product(vectorOf(table, each), vector),
          );
          expect(own).toEqual(expected);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('the tables are copied', () => {
  const table = createEmbeddingTable(Float32Array.of(1, 2, 3, 4), 2);
  const products = new InnerProducts([table]);
  table.vectors.fill(9);
  expect(products.of(0, Float32Array.of(1, 10))).toEqual(Float32Array.of(21, 43));
});

describe('what can’t be meant is refused', () => {
  const products = new InnerProducts([createEmbeddingTable(new Float32Array(6), 3)]);

  test('a table that there is none of', () => {
    expect(() => products.of(1, new Float32Array(3))).toThrow('table: expected 0 to 0, got 1');
  });

  test('vectors of another size', () => {
    expect(() => products.of(0, new Float32Array(4))).toThrow(
      'vectors: expected a multiple of 3 numbers, got 4',
    );
  });

  test('a table whose numbers are not rows × size', () => {
    const table = { rows: 2, size: 2, vectors: new Float32Array(3) };
    expect(() => new InnerProducts([table])).toThrow('table.vectors: expected 2 × 2 = 4 numbers, got 3');
  });
});
