import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { runs } from '@rl-recsys/testing';
import fc from 'fast-check';
import { createEmbeddingTable, InnerProductSearch, topK, vectorOf } from '../../src/index.js';
import type { EmbeddingTable, ScoredItem } from '../../src/index.js';

const { fround } = Math; // a global is slow to look up in Jest's contexts, and this is the innermost loop

/** Scores one after the other, in float32, and picks from all of them. */
function model(table: EmbeddingTable, query: Float32Array, k: number, excluded: number[]): ScoredItem[] {
  const scores = Float32Array.from({ length: table.rows }, (_, row) =>
    vectorOf(table, row).reduce((sum, value, place) => fround(sum + fround(value * query[place]!)), 0),
  );
  for (const row of excluded) scores[row] = -Infinity;
  return topK(scores, k);
}

/** Whole numbers make many equal scores, normal ones need rounding; some rows stand twice. */
function drawTable(random: Random, rows: number, size: number): EmbeddingTable {
  const whole = random.uniform() < 0.5;
  const draw = () => (whole ? Math.round(2 * random.normal()) : random.normal());
  const table = createEmbeddingTable(Float32Array.from({ length: rows * size }, draw), size);
  for (let row = 1; row < rows; row++) {
    if (random.uniform() < 0.2) vectorOf(table, row).set(vectorOf(table, Math.floor(random.uniform() * row)));
  }
  return table;
}

const dimensions = {
  seed: fc.integer(),
  rows: fc.nat({ max: 300 }),
  size: fc.integer({ min: 1, max: 130 }),
  calls: fc.array(
    fc.record({
      k: fc.oneof(
        { weight: 3, arbitrary: fc.integer({ min: 1, max: 20 }) },
        fc.integer({ min: 1, max: 320 }),
      ),
      batch: fc.nat({ max: 13 }),
      share: fc.constantFrom(0, 0.1, 0.9, 1),
    }),
    { minLength: 1, maxLength: 4 },
  ),
};

test('alone and in a batch, call after call, it finds what topK finds in all scores', () => {
  fc.assert(
    fc.property(fc.record(dimensions), ({ seed, rows, size, calls }) => {
      const random = Random.fromSeed(seed);
      const table = drawTable(random, rows, size);
      const search = new InnerProductSearch(table);
      for (const { k, batch, share } of calls) {
        const queries = drawTable(random, batch, size);
        const excluded = Array.from({ length: batch }, () =>
          [...Array(rows).keys(), ...Array(rows).keys()].filter(() => random.uniform() < share),
        );
        const expected = excluded.map((list, row) => model(table, vectorOf(queries, row), k, list));
        expect(search.topKBatch(queries.vectors, k, { excluded })).toEqual(expected);
        for (const [row, list] of excluded.entries()) {
          expect(search.topK(vectorOf(queries, row), k, { excluded: list })).toEqual(expected[row]);
        }
        const unbarred = expected.map((_, row) => model(table, vectorOf(queries, row), k, []));
        expect(search.topKBatch(queries.vectors, k)).toEqual(unbarred);
      }
    }),
    { seed: 1, numRuns: runs(80) },
  );
});

test('scores that rise from row to row, all of which enter the best, come out in order', () => {
  const rows = 5000;
  const table = createEmbeddingTable(
    Float32Array.from({ length: rows }, (_, row) => row >> 1),
    1,
  );
  const search = new InnerProductSearch(table);
  for (const k of [1, 2, 31, 1000, rows]) {
    for (const sign of [1, -1]) {
      const query = Float32Array.of(sign);
      const scores = table.vectors.map((value) => sign * value);
      expect(search.topK(query, k)).toEqual(
        topK(
          scores.map((score) => score + 0),
          k,
        ),
      );
    }
  }
});
