import { createEmbeddingTable } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bestItem, recommend, scoreItems } from '../src/index.js';
import { observe } from './paper/toy-learner.js';
import { randomTable } from './random-table.js';

/** A policy whose action never changes. */
const ranking = (action: Float32Array, items: ReturnType<typeof createEmbeddingTable>) => ({
  score: (_: unknown, candidates: Int32Array, scores: Float32Array) =>
    scoreItems(action, items, candidates, scores),
});
/** Item i scores −1, −2, 5, −2, 0.5. */
const policy = ranking(Float32Array.of(1), createEmbeddingTable(Float32Array.of(-1, -2, 5, -2, 0.5), 1));
const offered = (...candidates: number[]) => observe({ candidates: Int32Array.from(candidates) });

test('the best come first', () => {
  expect(recommend(policy, offered(0, 1, 2, 4), 3)).toEqual([
    { item: 2, score: 5 },
    { item: 4, score: 0.5 },
    { item: 0, score: -1 },
  ]);
});

test('only candidates come, though all others score higher', () => {
  expect(recommend(policy, offered(3, 0), 2).map(({ item }) => item)).toEqual([0, 3]);
});

test('there are fewer than k where there are not as many candidates', () => {
  expect(recommend(policy, offered(4, 2), 10)).toHaveLength(2);
  expect(recommend(policy, offered(), 10)).toEqual([]);
});

test('of equal ones the lower index comes first, wherever they stand', () => {
  expect(recommend(policy, offered(3, 1), 2).map(({ item }) => item)).toEqual([1, 3]);
});

test('a candidate that comes twice is refused', () => {
  expect(() => recommend(policy, offered(3, 0, 3), 2)).toThrow(
    'candidates: expected each item once, got 3 again',
  );
});

test('the observation stays as it is', () => {
  const observation = offered(4, 0, 2);
  recommend(policy, observation, 2);
  expect(observation).toEqual(offered(4, 0, 2));
});

test.each([0, -1, 1.5, NaN])('k of %p is refused', (k) => {
  expect(() => recommend(policy, offered(0, 1), k)).toThrow(
    new RangeError(`k: expected a positive integer, got ${k}`),
  );
});

test('it begins with the best item and orders all candidates by their inner products', () => {
  const items = randomTable(12, 3, Random.fromSeed('items'));
  const everyItem = Array.from({ length: 12 }, (_, item) => item);
  const shuffled = fc.shuffledSubarray(everyItem, { minLength: 1 });
  const action = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(shuffled, action, (candidates, numbers) => {
      const vector = Float32Array.from(numbers);
      const ranked = recommend(ranking(vector, items), offered(...candidates), candidates.length);
      expect(ranked[0]!.item).toBe(bestItem(vector, items, Int32Array.from(candidates)));
      expect(ranked.map(({ item }) => item).sort()).toEqual([...candidates].sort());
      for (const [place, { item, score }] of ranked.entries()) {
        const product = numbers.reduce((sum, each, k) => sum + each * items.vectors[3 * item + k]!, 0);
        expect(score).toBe(Math.fround(product));
        if (place > 0) expect(score).toBeLessThanOrEqual(ranked[place - 1]!.score);
      }
    }),
    { seed: 1, numRuns: 200 },
  );
});
