import { Random } from '@rl-recsys/random';
import { expect, test } from '@jest/globals';
import { fitMatrixFactorization, historyScorer, savedFactors, savedMean } from '../../src/index.js';
import { logOfHistories } from './item-log.js';

const log = logOfHistories(
  [
    [
      [0, 5],
      [1, 4],
      [2, 1],
    ],
    [
      [1, 5],
      [3, 2],
      [0, 4],
    ],
    [
      [2, 5],
      [3, 4],
      [1, 1],
    ],
  ],
  4,
);
const parts = [1, 2].map((seed) =>
  savedFactors(
    `of ${seed}`,
    fitMatrixFactorization(log, { factors: seed, regularization: 0.1, random: Random.fromSeed(seed) }),
  ),
);

test('is the mean of what its parts give', () => {
  const history = { items: log.items.slice(0, 3), ratings: log.ratings.slice(0, 3) };
  const [first, second, mean] = [...parts, savedMean('both', parts)].map((saved) => {
    const scores = new Float32Array(log.itemCount);
    historyScorer(saved).score(history, scores);
    return scores;
  });
  for (let item = 0; item < log.itemCount; item++) {
    expect(mean![item]).toBeCloseTo((first![item]! + second![item]!) / 2, 5);
  }
  expect(first).not.toEqual(second);
  expect(savedMean('both', parts).fittedOn).toEqual(parts[0]!.fittedOn);
});

test('refuses none, and parts of other catalogues', () => {
  expect(() => savedMean('none', [])).toThrow('parts: expected at least one, got none');
  const more = { ...savedMean('both', parts), itemCount: 99 };
  expect(() => historyScorer(more)).toThrow(`parts: expected 99 items in of 1, got ${log.itemCount}`);
});
