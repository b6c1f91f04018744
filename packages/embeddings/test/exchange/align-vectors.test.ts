import { describe, expect, test } from '@jest/globals';
import { IdMap } from '@rl-recsys/rating-log';
import { alignVectors, createEmbeddingTable } from '../../src/index.js';

const table = createEmbeddingTable(Float32Array.of(1, 2, 3, 4, 5, 6), 2);
const vectors = { ids: ['a', 'b', 'c'], table };

test('rows go where the map has their ids', () => {
  const aligned = alignVectors(vectors, new IdMap(['c', 'a', 'b']));
  expect(aligned).toEqual({ rows: 3, size: 2, vectors: Float32Array.of(5, 6, 1, 2, 3, 4) });
  aligned.vectors.fill(0);
  expect(table.vectors[0]).toBe(1);
});

describe('ids that do not match', () => {
  test('missing ones are named, or have zeros', () => {
    const map = new IdMap(['x', 'b', 'a', 'c', 'y']);
    expect(() => alignVectors(vectors, map)).toThrow(
      new RangeError('vectors: expected one for each id of the map, but 2 have none: "x", "y"'),
    );
    expect([...alignVectors(vectors, map, { missing: 'zero' }).vectors]).toEqual([
      0, 0, 3, 4, 1, 2, 5, 6, 0, 0,
    ]);
  });

  test('unknown ones are named, or left out', () => {
    const map = new IdMap(['b']);
    expect(() => alignVectors(vectors, map)).toThrow(
      new RangeError('vectors: expected ids of the map alone, but 2 are not in it: "a", "c"'),
    );
    expect([...alignVectors(vectors, map, { unknown: 'ignore' }).vectors]).toEqual([3, 4]);
  });

  test('the first five of many are named', () => {
    const map = new IdMap(['a', 'b', 'c', ...Array.from({ length: 7 }, (_, place) => `m${place}`)]);
    expect(() => alignVectors(vectors, map)).toThrow(/but 7 have none: "m0", "m1", "m2", "m3", "m4", …$/);
  });

  test('one that occurs twice is refused, whatever the options', () => {
    const twice = { ids: ['a', 'b', 'a'], table };
    expect(() => alignVectors(twice, new IdMap(['a']), { unknown: 'ignore', missing: 'zero' })).toThrow(
      new RangeError('ids: expected each id once, got "a" in rows 0 and 2'),
    );
  });

  test('as many as rows are needed', () => {
    expect(() => alignVectors({ ids: ['a'], table }, new IdMap(['a']))).toThrow(
      new RangeError('ids: expected one for each of 3 rows, got 1'),
    );
  });
});
