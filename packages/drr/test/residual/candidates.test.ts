import { createEmbeddingTable } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { remainingCandidates, storedCandidates } from '../../src/index.js';

const items = createEmbeddingTable(
  Float32Array.from({ length: 50 }, (_, item) => item),
  1,
);
const up = Float32Array.of(1);

describe('storedCandidates', () => {
  test('are all of them where they fit, padded', () => {
    const stored = storedCandidates(Int32Array.of(4, 9), 9, up, items, 4, Random.fromSeed(1));
    expect([...stored]).toEqual([4, 9, -1, -1]);
  });

  test('are different candidates, the shown one and the better half among them', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(49), { minLength: 9, maxLength: 50 }),
        fc.integer({ min: 2, max: 8 }),
        fc.nat(),
        fc.nat(),
        (all, count, pick, seed) => {
          const shown = all[pick % all.length]!;
          const random = Random.fromSeed(seed);
          const stored = storedCandidates(Int32Array.from(all), shown, up, items, count, random);
          const best = [...all].sort((a, b) => b - a).slice(0, Math.ceil(count / 2));
          expect(new Set(stored).size).toBe(count);
          expect([...stored].every((item) => all.includes(item))).toBe(true);
          expect([...stored]).toEqual(expect.arrayContaining([shown, ...best]));
        },
      ),
    );
  });

  test('are the shown one where there is room for one', () => {
    const stored = storedCandidates(Int32Array.of(4, 9), 4, up, items, 1, Random.fromSeed(1));
    expect([...stored]).toEqual([4]);
  });

  test('leave all others the same chance', () => {
    const all = Int32Array.from({ length: 20 }, (_, item) => item);
    const random = Random.fromSeed(3);
    const drawn = new Float64Array(20);
    for (let draw = 0; draw < 9000; draw++) {
      for (const item of storedCandidates(all, 19, up, items, 4, random)) drawn[item]! += 1;
    }
    // Two of the 18 others each time: 1000 ± 30 of each.
    for (const count of drawn.subarray(0, 18)) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  test('refuse an item that could not have been shown', () => {
    expect(() => storedCandidates(Int32Array.of(4), 5, up, items, 4, Random.fromSeed(1))).toThrow(
      'shown: expected one of the candidates, got 5',
    );
  });
});

test('remainingCandidates keep their places', () => {
  const later = Int32Array.of(9, 2, 4);
  expect([...remainingCandidates(Int32Array.of(4, 7, 9, -1), later)]).toEqual([4, -1, 9, -1]);
});

test('remainingCandidates are others where none of them remains, so that there is one to look ahead to', () => {
  expect([...remainingCandidates(Int32Array.of(4, 7), Int32Array.of(9, 2, 8))]).toEqual([9, 2]);
  expect([...remainingCandidates(Int32Array.of(4, 7), Int32Array.of(9))]).toEqual([9, -1]);
  expect([...remainingCandidates(Int32Array.of(4, 7), new Int32Array())]).toEqual([-1, -1]);
});
