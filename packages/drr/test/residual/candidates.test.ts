import { createEmbeddingTable } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { storedCandidates, withShown } from '../../src/index.js';

const items = createEmbeddingTable(
  Float32Array.from({ length: 50 }, (_, item) => item),
  1,
);
const up = Float32Array.of(1);

const indices = (length: number) => Int32Array.from({ length }, (_, item) => item);

describe('storedCandidates', () => {
  test('are all of them where they fit, the best first, padded', () => {
    const stored = storedCandidates(Int32Array.of(4, 9), up, items, 4, Random.fromSeed(1));
    expect([...stored]).toEqual([9, 4, -1, -1]);
    expect([...storedCandidates(new Int32Array(), up, items, 2, Random.fromSeed(1))]).toEqual([-1, -1]);
  });

  test('come in their own order where the action does not tell them apart', () => {
    const same = createEmbeddingTable(Float32Array.of(1, 1, 2, 1, 2), 1);
    const stored = storedCandidates(indices(5), up, same, 5, Random.fromSeed(1));
    expect([...stored]).toEqual([2, 4, 0, 1, 3]);
  });

  test('are different candidates, first the better half in order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(49), { minLength: 9, maxLength: 50 }),
        fc.integer({ min: 1, max: 8 }),
        fc.nat(),
        (all, count, seed) => {
          const stored = storedCandidates(Int32Array.from(all), up, items, count, Random.fromSeed(seed));
          const half = Math.ceil(count / 2);
          const best = [...all].sort((a, b) => b - a).slice(0, half);
          expect([...stored].slice(0, half)).toEqual(best);
          expect(new Set(stored).size).toBe(count);
          expect([...stored].every((item) => all.includes(item))).toBe(true);
        },
      ),
    );
  });

  test('leave all others the same chance', () => {
    const random = Random.fromSeed(3);
    const drawn = new Float64Array(20);
    for (let draw = 0; draw < 9000; draw++) {
      for (const item of storedCandidates(indices(20), up, items, 4, random)) drawn[item]! += 1;
    }
    // Two of the 18 others each time: 1000 ± 30 of each.
    for (const count of drawn.subarray(0, 18)) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

describe('withShown', () => {
  test('puts the shown one in the last place where it is not among them', () => {
    const stored = Int32Array.of(19, 18, 3, 7);
    expect([...withShown(stored, indices(20), 5)]).toEqual([19, 18, 3, 5]);
    expect([...withShown(stored, indices(20), 18)]).toEqual([19, 18, 3, 7]);
    expect([...withShown(Int32Array.of(9), Int32Array.of(4, 9), 4)]).toEqual([4]);
    expect([...stored]).toEqual([19, 18, 3, 7]);
  });

  test('refuses an item that could not have been shown', () => {
    expect(() => withShown(Int32Array.of(4, -1), Int32Array.of(4), 5)).toThrow(
      'shown: expected one of the candidates, got 5',
    );
  });
});
