import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import { itemMeanPolicy, oraclePolicy, type Policy, popularityPolicy, randomPolicy } from '../src/index.js';
import { logOf } from './logs.js';

const log = logOf(4, [
  [
    { item: 0, rating: 5 },
    { item: 1, rating: 2 },
  ],
  [
    { item: 1, rating: 3 },
    { item: 2, rating: 4 },
  ],
  [{ item: 1, rating: 1 }],
]);

function scoresOf(policy: Policy, user: number, items: readonly number[]): number[] {
  const scores = new Float32Array(items.length);
  const candidates = Int32Array.from(items);
  const history = new Int32Array();
  policy.score({ user, history, rewards: new Float32Array(), candidates }, candidates, scores);
  return [...scores];
}

test('popularity counts the ratings of each item, whatever they are', () => {
  expect(scoresOf(popularityPolicy(log), 0, [3, 1, 2, 0])).toEqual([0, 3, 1, 1]);
});

describe('item mean', () => {
  test('is shrunk by five ratings at the global mean', () => {
    // The global mean is 15 / 5 = 3; item 0: (5 + 15) / 6, item 1: (6 + 15) / 8, item 2: (4 + 15) / 6.
    expect(scoresOf(itemMeanPolicy(log), 0, [0, 1, 2, 3])).toEqual(closeTo([20 / 6, 21 / 8, 19 / 6, 3]));
  });

  test('of no rating does not exist', () => {
    expect(() => itemMeanPolicy(logOf(4, [[]]))).toThrow('train: expected at least one rating, got none');
  });
});

test('the oracle knows what each user will rate, and puts all else last', () => {
  expect(scoresOf(oraclePolicy(log), 1, [0, 1, 2, 3])).toEqual([-Infinity, 3, 4, -Infinity]);
  expect(scoresOf(oraclePolicy(log), 2, [1])).toEqual([1]);
});

describe('random', () => {
  test('gives every order of three equally often', () => {
    const policy = randomPolicy(Random.fromSeed(1));
    const counts = new Map<string, number>();
    for (let round = 0; round < 6000; round++) {
      const scores = scoresOf(policy, 0, [0, 1, 2]);
      const order = [0, 1, 2].sort((a, b) => scores[b]! - scores[a]!).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  test('depends on the seed alone', () => {
    const draw = (seed: number) => scoresOf(randomPolicy(Random.fromSeed(seed)), 0, [0, 1, 2]);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});
