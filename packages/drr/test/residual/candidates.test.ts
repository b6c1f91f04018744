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
        fc.nat(),
        fc.nat(),
        (all, pick, seed) => {
          const shown = all[pick % all.length]!;
          const stored = storedCandidates(Int32Array.from(all), shown, up, items, 8, Random.fromSeed(seed));
          const best = [...all].sort((a, b) => b - a).slice(0, 4);
          expect(new Set(stored).size).toBe(8);
          expect([...stored].every((item) => all.includes(item))).toBe(true);
          expect([...stored]).toEqual(expect.arrayContaining([shown, ...best]));
        },
      ),
    );
  });

  test('leave every other a chance', () => {
    const all = Int32Array.from({ length: 20 }, (_, item) => item);
    const random = Random.fromSeed(3);
    const seen = new Set<number>();
    for (let draw = 0; draw < 200; draw++) {
      for (const item of storedCandidates(all, 19, up, items, 4, random)) seen.add(item);
    }
    expect(seen.size).toBe(20);
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
