import { describe, expect, test } from '@jest/globals';
import { runs } from '@rl-recsys/testing';
import fc from 'fast-check';
import { createEmbeddingTable, InnerProductSearch, topK } from '../../src/index.js';

const { fround } = Math;
const empty = (size: number) => new InnerProductSearch(createEmbeddingTable(new Float32Array(), size));

/** The scores of all items there are, −∞ where there is none. */
function scoresOf(items: ReadonlyMap<number, Float32Array>, query: Float32Array): Float32Array {
  const scores = new Float32Array(1 + Math.max(-1, ...items.keys())).fill(-Infinity);
  for (const [item, vector] of items) {
    scores[item] = vector.reduce((sum, value, place) => fround(sum + fround(value * query[place]!)), 0);
  }
  return scores;
}

const SIZE = 3;
const item = fc.oneof({ weight: 6, arbitrary: fc.nat({ max: 70 }) }, fc.nat({ max: 700 }));
const vector = fc
  .array(fc.oneof(fc.integer({ min: -2, max: 2 }), fc.float({ min: -2, max: 2, noNaN: true })), {
    minLength: SIZE,
    maxLength: SIZE,
  })
  .map((numbers) => Float32Array.from(numbers));
const change = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('add' as const), item, vector }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), item }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('query' as const),
      query: vector,
      k: fc.integer({ min: 1, max: 90 }),
      excluded: fc.array(item, { maxLength: 30 }),
    }),
  },
);

test('after any changes it finds what topK finds in the scores of the items there are', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 70 }),
      fc.array(change, { maxLength: 60, size: 'max' }),
      (startRows, changes) => {
        const start = Float32Array.from({ length: startRows * SIZE }, (_, place) => (place % 5) - 2);
        const search = new InnerProductSearch(createEmbeddingTable(start, SIZE));
        const items = new Map(
          Array.from({ length: startRows }, (_, row) => [row, start.subarray(row * SIZE, (row + 1) * SIZE)]),
        );
        let rows = startRows;
        for (const each of changes) {
          if (each.kind === 'add') {
            search.add(each.item, each.vector);
            items.set(each.item, each.vector);
            rows = Math.max(rows, each.item + 1);
          } else if (each.kind === 'remove') {
            expect(search.remove(each.item)).toBe(items.delete(each.item));
          } else {
            const excluded = each.excluded.filter((one) => one < rows);
            const scores = scoresOf(items, each.query);
            expect(search.topK(each.query, each.k)).toEqual(topK(scores, each.k));
            for (const one of excluded) if (one < scores.length) scores[one] = -Infinity;
            const expected = topK(scores, each.k);
            expect(search.topK(each.query, each.k, { excluded })).toEqual(expected);
            const twice = Float32Array.of(...each.query, ...each.query);
            expect(search.topKBatch(twice, each.k, { excluded: [[], excluded] })[1]).toEqual(expected);
          }
          expect([search.count, search.rows]).toEqual([items.size, rows]);
        }
        const all = [...Array(rows + 40).keys()];
        expect(all.filter((row) => search.has(row))).toEqual(all.filter((row) => items.has(row)));
      },
    ),
    { seed: 1, numRuns: runs(100) },
  );
});

describe('by hand', () => {
  test('items come in, change, go and come back; the order of equal ones is that of their indices', () => {
    const search = empty(2);
    search.add(40, Float32Array.of(1, 1));
    search.add(7, Float32Array.of(1, 1));
    search.add(3, Float32Array.of(-1, 0));
    const query = Float32Array.of(1, 2);
    expect(search.topK(query, 9)).toEqual([
      { item: 7, score: 3 },
      { item: 40, score: 3 },
      { item: 3, score: -1 },
    ]);
    search.add(40, Float32Array.of(0, 2));
    expect(search.remove(7)).toBe(true);
    expect(search.remove(7)).toBe(false);
    expect(search.topK(query, 9, { excluded: [7] })).toEqual([
      { item: 40, score: 4 },
      { item: 3, score: -1 },
    ]);
    search.add(7, Float32Array.of(5, 0));
    expect(search.topK(query, 1)).toEqual([{ item: 7, score: 5 }]);
    expect({ rows: search.rows, count: search.count }).toEqual({ rows: 41, count: 3 });
  });

  test('the vector is copied', () => {
    const search = empty(1);
    const own = Float32Array.of(2);
    search.add(0, own);
    own[0] = 9;
    expect(search.topK(Float32Array.of(1), 1)).toEqual([{ item: 0, score: 2 }]);
  });

  test('the memory grows a few times only while item after item is added', () => {
    const search = empty(64);
    const { memory } = (search as unknown as { engine: { memory: { memory: WebAssembly.Memory } } }).engine
      .memory;
    const vectorOfOnes = new Float32Array(64).fill(1);
    const sizes = new Set<number>();
    for (let item = 0; item < 20_000; item++) {
      search.add(item, vectorOfOnes);
      sizes.add(memory.buffer.byteLength);
    }
    expect(sizes.size).toBeLessThan(25);
    expect(memory.buffer.byteLength).toBeLessThan(2 * 20_000 * 64 * 4);
    expect(search.topK(vectorOfOnes, 1)).toEqual([{ item: 0, score: 64 }]);
  });
});

describe('what is refused changes nothing', () => {
  const search = empty(2);
  search.add(1, Float32Array.of(1, 2));
  const unchanged = () => {
    expect({ rows: search.rows, count: search.count }).toEqual({ rows: 2, count: 1 });
    expect(search.topK(Float32Array.of(1, 1), 9)).toEqual([{ item: 1, score: 3 }]);
  };

  test.each([-1, 0.5, NaN, 2 ** 31])('item %p', (bad) => {
    expect(() => search.add(bad, Float32Array.of(1, 1))).toThrow(
      new RangeError(`item: expected an integer from 0 to 2147483647, got ${bad}`),
    );
    expect(search.remove(bad)).toBe(false);
    expect(search.has(bad)).toBe(false);
    unchanged();
  });

  test('a vector of another size', () => {
    expect(() => search.add(1, new Float32Array(3))).toThrow(
      new RangeError('vector: expected 2 numbers, got 3'),
    );
    unchanged();
  });

  test.each([NaN, Infinity])('a vector with %p', (bad) => {
    expect(() => search.add(5, Float32Array.of(0, bad))).toThrow(
      new RangeError(`vector[1]: expected a finite number, got ${bad}`),
    );
    unchanged();
  });

  test('an item that 32 bits do not address', () => {
    expect(() => search.add(2 ** 30, Float32Array.of(1, 1))).toThrow(
      /^item: expected a search of at most 4 GiB \(4294967296 bytes\), got \d+ bytes$/,
    );
    unchanged();
  });
});
