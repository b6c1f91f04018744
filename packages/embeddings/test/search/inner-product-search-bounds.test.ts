import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { runs } from '@rl-recsys/testing';
import fc from 'fast-check';
import { topK, type ScoredItem } from '../../src/index.js';
import { scanTable } from '../../src/search/scan-table.js';
import { SearchTable } from '../../src/search/search-table.js';

const { fround } = Math;

/** All scores, added up in float32 as the kernel does it, and the best of them. */
function bruteForce(
  items: ReadonlyMap<number, Float32Array>,
  query: Float32Array,
  k: number,
  excluded: readonly number[],
): ScoredItem[] {
  const scores = new Float32Array(1 + Math.max(-1, ...items.keys())).fill(-Infinity);
  const barred = new Set(excluded);
  for (const [item, vector] of items) {
    if (barred.has(item)) continue;
    let sum = 0;
    for (let place = 0; place < query.length; place++)
      sum = fround(sum + fround(query[place]! * vector[place]!));
    scores[item] = sum;
  }
  return topK(scores, k);
}

type Draw = (random: Random, size: number) => Float32Array;

const normals =
  (scale: number): Draw =>
  (random, size) =>
    Float32Array.from({ length: size }, () => scale * random.normal());

/** Now and then one number is another. */
const withOne =
  (draw: Draw, share: number, numbers: readonly number[]): Draw =>
  (random, size) => {
    const vector = draw(random, size);
    if (random.uniform() < share) vector[random.integer(size)] = numbers[random.integer(numbers.length)]!;
    return vector;
  };

/** The same whole numbers in another order: bytes hold them exactly, and equal queries score them about alike. */
const shuffled: Draw = (random, size) =>
  random.shuffle(Float32Array.from({ length: size }, (_, place) => 127 - ((place * 37) % 255)));

const ROWS: Record<string, Draw> = {
  normal: normals(1),
  'whole, with many ties': (random, size) =>
    Float32Array.from({ length: size }, () => Math.round(random.normal())),
  'nearly tied': shuffled,
  'nearly alike': (random, size) => Float32Array.from({ length: size }, () => 1 + 1e-6 * random.normal()),
  'with one huge number': withOne(normals(1), 1, [1e6, -1e6]),
  alike: (_, size) => new Float32Array(size).fill(0.3),
  zero: (_, size) => new Float32Array(size),
  denormal: normals(2 ** -140),
  'of least numbers': (random, size) =>
    Float32Array.from({ length: size }, () => (random.integer(5) - 2) * 2 ** -149),
  'near the largest number': normals(2 ** 125),
  'of very different lengths': (random, size) => normals(2 ** (20 * random.normal()))(random, size),
};

const QUERIES: Record<string, Draw> = {
  normal: normals(1),
  'with all numbers alike': (_, size) => new Float32Array(size).fill(0.1),
  'with all numbers nearly alike': (random, size) =>
    Float32Array.from({ length: size }, () => 1 + 1e-5 * random.normal()),
  zero: (_, size) => new Float32Array(size),
  denormal: normals(2 ** -140),
  huge: normals(2 ** 120),
  tiny: normals(2 ** -12),
  'not finite': withOne(normals(1), 1, [Infinity, -Infinity, NaN]),
  'with one huge number': withOne(normals(1), 1, [1e6, -1e6]),
};

const cases = fc.record({
  seed: fc.integer(),
  queryKind: fc.constantFrom(...Object.keys(QUERIES)),
  rows: fc.nat({ max: 200 }),
  size: fc.integer({ min: 1, max: 130 }),
  k: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 12 }) }, fc.integer({ min: 1, max: 220 })),
  batch: fc.integer({ min: 1, max: 8 }),
  excludedShare: fc.constantFrom(0, 0.1, 0.95),
  changes: fc.nat({ max: 40 }),
});

describe.each(Object.entries(ROWS))('rows %s', (_, drawRow) => {
  test('are found as all scores in float32 have them, before and after changes', () => {
    fc.assert(
      fc.property(
        cases,
        fc.constantFrom(0, 0.05),
        ({ seed, queryKind, rows, size, k, batch, excludedShare, changes }, infinite) => {
          const random = Random.fromSeed(seed);
          const drawQuery = QUERIES[queryKind]!;
          const drawFirst = withOne(drawRow, infinite, [Infinity, -Infinity, NaN]);
          const vectors = Array.from({ length: rows }, () => drawFirst(random, size));
          const items = new Map(vectors.entries());
          const flat = new Float32Array(rows * size);
          for (const [row, vector] of items) flat.set(vector, row * size);
          const table = new SearchTable({ rows, size, vectors: flat }); // unchecked, so not all finite

          const compare = () => {
            const queries = Array.from({ length: batch }, () => drawQuery(random, size));
            const excluded = queries.map(() =>
              [...items.keys()].filter(() => random.uniform() < excludedShare),
            );
            const expected = queries.map((query, place) => bruteForce(items, query, k, excluded[place]!));
            const together = Float32Array.from(queries.flatMap((query) => [...query]));
            expect(scanTable(table, together, k, excluded)).toEqual(expected);
            expect(scanTable(table, queries[0]!, k, [excluded[0]!])).toEqual([expected[0]]);
          };

          compare();
          for (let change = 0; change < changes; change++) {
            const item = random.integer(rows + 40);
            if (random.uniform() < 0.3) {
              expect(table.erase(item)).toBe(items.delete(item));
            } else {
              const vector = drawRow(random, size).map((value) => (Number.isFinite(value) ? value : 0));
              table.write(item, vector);
              items.set(item, vector);
            }
          }
          compare();
        },
      ),
      { seed: 1, numRuns: runs(30) },
    );
  });
});

test('where bytes alone would order rows otherwise, the exact order holds', () => {
  // In steps of 1 the second numbers of items 0 to 31 are 1; in steps of 0.1 item 32's is 0.5. Exactly, it is the largest.
  const vectors = new Float32Array(33 * 2);
  for (let item = 0; item < 32; item++) vectors.set([127, 0.51 - item / 10_000], 2 * item);
  vectors.set([12.7, 0.54], 64);
  const table = new SearchTable({ rows: 33, size: 2, vectors });
  for (const k of [1, 2, 32]) {
    const [found] = scanTable(table, Float32Array.of(0, 1), k, []);
    expect(found!.map(({ item }) => item)).toEqual([32, ...Array(32).keys()].slice(0, k));
  }
});

test('whole steps of long vectors do not overflow', () => {
  const size = 5000;
  const vectors = new Float32Array(64 * size);
  for (let item = 0; item < 64; item++) vectors.fill(1 - item / 64, item * size, (item + 1) * size);
  const table = new SearchTable({ rows: 64, size, vectors });
  for (const sign of [1, -1]) {
    const [found] = scanTable(table, new Float32Array(size).fill(sign), 3, []);
    expect(found!.map(({ item }) => item)).toEqual(sign === 1 ? [0, 1, 2] : [63, 62, 61]);
  }
});

test.each([
  ['in any order', () => 0],
  ['the best first', (row: number) => -row],
  ['the best last', (row: number) => row],
])('a table of several stretches, %s, is one table', (_, trend) => {
  const random = Random.fromSeed('stretches');
  const [rows, size] = [9000, 7];
  const items = new Map(
    Array.from({ length: rows }, (_, row) => {
      const vector = normals(1)(random, size);
      vector[0]! += trend(row) / 100;
      return [row, vector] as const;
    }),
  );
  const table = new SearchTable({
    rows,
    size,
    vectors: Float32Array.from([...items.values()].flatMap((row) => [...row])),
  });
  const queries = [1, 2, 3].map(() => Float32Array.from(normals(1)(random, size), Math.abs));
  const excluded = queries.map(() => [0, 4095, 4096, 8999]);
  const together = Float32Array.from(queries.flatMap((query) => [...query]));
  for (const k of [1, 100, 5000, rows]) {
    const expected = queries.map((query) => bruteForce(items, query, k, excluded[0]!));
    expect(scanTable(table, together, k, excluded)).toEqual(expected);
  }
});
