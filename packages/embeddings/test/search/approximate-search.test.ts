import { beforeAll, describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { ApproximateSearch } from '../../src/approximate.js';
import { createEmbeddingTable, InnerProductSearch, vectorOf, type EmbeddingTable } from '../../src/index.js';

const SIZE = 16;
const ROWS = 4000;

/** Vectors around common centers, with norms that vary. */
function clustered(rows: number, label: string): EmbeddingTable {
  const random = Random.fromSeed(1).fork(label);
  const centers = Random.fromSeed(1).fork('centres');
  const middle = Float32Array.from({ length: 40 * SIZE }, () => centers.normal());
  const vectors = new Float32Array(rows * SIZE);
  for (let row = 0; row < rows; row++) {
    const center = random.integer(40) * SIZE;
    const norm = Math.exp(0.3 * random.normal());
    for (let place = 0; place < SIZE; place++) {
      vectors[row * SIZE + place] = norm * (middle[center + place]! + 0.7 * random.normal());
    }
  }
  return createEmbeddingTable(vectors, SIZE);
}

const table = clustered(ROWS, 'rows');
const queries = clustered(50, 'queries');
const exact = new InnerProductSearch(table);
let search: ApproximateSearch;
beforeAll(() => {
  search = new ApproximateSearch(table, { candidates: 100 });
});

/** The share of the exact best 10 that is found; scores must be the exact ones. */
function recall(index: ApproximateSearch, truth: InnerProductSearch, excluded?: number[][]): number {
  const options = excluded ? { excluded } : {};
  const expected = truth.topKBatch(queries.vectors, 10, options);
  let hits = 0;
  for (const [query, found] of index.topKBatch(queries.vectors, 10, options).entries()) {
    expect(found.length).toBe(10);
    const scores = new Map(expected[query]!.map(({ item, score }) => [item, score]));
    for (const { item, score } of found) {
      if (!scores.has(item)) continue;
      expect(score).toBe(scores.get(item));
      hits++;
    }
  }
  return hits / (10 * queries.rows);
}

describe('from the graph', () => {
  test('it finds nearly all of the best, with exact scores', () => {
    expect(recall(search, exact)).toBeGreaterThan(0.97);
  });

  test('too few candidates find less: it is the graph that is asked', () => {
    expect(recall(new ApproximateSearch(table, { candidates: 1 }), exact)).toBeLessThan(0.97);
  });

  test('the same vectors give the same graph', () => {
    const again = new ApproximateSearch(table, { candidates: 100 });
    expect(again.topKBatch(queries.vectors, 10)).toEqual(search.topKBatch(queries.vectors, 10));
  });

  test('best first, alone as in a batch', () => {
    const batch = search.topKBatch(queries.vectors, 20);
    for (const [query, found] of batch.entries()) {
      expect(search.topK(vectorOf(queries, query), 20)).toEqual(found);
      expect(found).toEqual([...found].sort((a, b) => b.score - a.score || a.item - b.item));
    }
  });

  test.each([10, 100, 1000, 3985])(
    'with the best %p excluded it returns others, and still finds k',
    (share) => {
      const excluded = exact.topKBatch(queries.vectors, share).map((best) => best.map(({ item }) => item));
      for (const [query, found] of search.topKBatch(queries.vectors, 10, { excluded }).entries()) {
        const barred = new Set(excluded[query]);
        expect(found.filter(({ item }) => barred.has(item))).toEqual([]);
      }
      expect(recall(search, exact, excluded)).toBeGreaterThan(0.9);
    },
  );

  test('with all but three excluded it returns those', () => {
    const excluded = Array.from({ length: ROWS - 3 }, (_, item) => item);
    const found = search.topK(vectorOf(queries, 0), 10, { excluded });
    expect(found).toEqual(exact.topK(vectorOf(queries, 0), 10, { excluded }));
    expect(found.length).toBe(3);
  });
});

describe('changes', () => {
  test('what is added is found, what is removed is not, what comes back is', () => {
    const own = new ApproximateSearch(createEmbeddingTable(table.vectors.slice(0, 3000 * SIZE), SIZE), {
      candidates: 100,
    });
    const truth = new InnerProductSearch(createEmbeddingTable(table.vectors.slice(0, 3000 * SIZE), SIZE));
    for (let item = 3000; item < ROWS; item++) {
      for (const each of [own, truth]) each.add(item, vectorOf(table, item));
    }
    expect([own.count, own.rows]).toEqual([ROWS, ROWS]);
    expect(recall(own, truth)).toBeGreaterThan(0.97);

    const gone = new Set<number>();
    for (let item = 0; item < ROWS; item += 3) {
      gone.add(item);
      expect([own.remove(item), truth.remove(item), own.has(item)]).toEqual([true, true, false]);
    }
    expect(own.remove(0)).toBe(false);
    expect(own.count).toBe(truth.count);
    for (const found of own.topKBatch(queries.vectors, 10)) {
      expect(found.filter(({ item }) => gone.has(item))).toEqual([]);
    }
    expect(recall(own, truth)).toBeGreaterThan(0.95);

    for (const item of gone) for (const each of [own, truth]) each.add(item, vectorOf(table, item));
    expect(own.count).toBe(ROWS);
    expect(recall(own, truth)).toBeGreaterThan(0.95);
  });

  test('an item has the vector that it got last', () => {
    const own = new ApproximateSearch(table, { candidates: 50 });
    const query = vectorOf(queries, 0);
    const large = query.map((value) => 100 * value);
    own.add(17, large);
    expect(own.count).toBe(ROWS);
    expect(own.topK(query, 1)[0]!.item).toBe(17);
    own.add(
      17,
      large.map((value) => -value),
    );
    expect(own.topK(query, 10).map(({ item }) => item)).not.toContain(17);
  });

  test('from none on, where it is exact', () => {
    const own = new ApproximateSearch(createEmbeddingTable(new Float32Array(), 2));
    expect(own.topK(Float32Array.of(1, 1), 3)).toEqual([]);
    own.add(5, Float32Array.of(0, 0));
    own.add(2, Float32Array.of(1, 2));
    expect(own.topK(Float32Array.of(1, 1), 3)).toEqual([
      { item: 2, score: 3 },
      { item: 5, score: 0 },
    ]);
    expect(own.topK(Float32Array.of(NaN, 1), 3)).toEqual([]);
    expect({ rows: own.rows, count: own.count, size: own.size }).toEqual({ rows: 6, count: 2, size: 2 });
  });
});

describe('what is refused', () => {
  test.each(['candidates', 'connectivity', 'constructionCandidates', 'threads'])('%s of 0', (name) => {
    expect(() => new ApproximateSearch(table, { [name]: 0 })).toThrow(
      new RangeError(`${name}: expected a positive integer, got 0`),
    );
  });

  test('a table with a number that is not finite', () => {
    const vectors = Float32Array.of(1, 2, 3, NaN);
    expect(() => new ApproximateSearch({ rows: 2, size: 2, vectors })).toThrow(
      new RangeError('vectors: expected finite numbers, got NaN in row 1'),
    );
  });

  test('wrong items, vectors, queries and lists', () => {
    const query = vectorOf(queries, 0);
    expect(() => search.add(-1, query)).toThrow(/^item: /);
    expect(() => search.add(1, new Float32Array(3))).toThrow('vector: expected 16 numbers, got 3');
    expect(() => search.add(1, new Float32Array(SIZE).fill(NaN))).toThrow('vector[0]: expected a finite');
    expect(() => search.topK(query, 0)).toThrow('k: expected a positive integer, got 0');
    expect(() => search.topK(query, 1, { excluded: [ROWS] })).toThrow('excluded[0]: expected 0 to 3999');
    expect(() => search.topKBatch(query, 1, { excluded: [] })).toThrow('excluded: expected a list for each');
    expect(search.count).toBe(ROWS);
  });
});
