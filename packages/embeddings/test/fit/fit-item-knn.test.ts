import { expect, test } from '@jest/globals';
import { fingerprintOf } from '@rl-recsys/rating-log';
import { closeTo } from '@rl-recsys/testing';
import { fitItemKnn } from '../../src/index.js';
import { logOfHistories } from '../scores/item-log.js';

// Columns of X: item 0 (1, 1, ½), item 1 (1, 1, 0), item 2 (0, 1, 1), item 3 has no rating.
const log = logOfHistories(
  [
    [[0, 5], [1, 5]],
    [[0, 4], [1, 5], [2, 4]],
    [[0, 3], [2, 5]],
  ], 4); // prettier-ignore
const options = { disliked: 0.5, shrinkage: 2 };
const like01 = 2 / (1.5 * Math.SQRT2 + 2);
const like02 = 1.5 / (1.5 * Math.SQRT2 + 2);
const like12 = 1 / (2 + 2);

test('the shrunk cosine of two columns', async () => {
  const saved = await fitItemKnn(log, { ...options, neighbors: 4 });
  expect([...saved.weights]).toEqual(
    closeTo([0, like01, like02, 0, like01, 0, like12, 0, like02, like12, 0, 0, 0, 0, 0, 0]),
  );
  expect(saved).toMatchObject({
    ...{ kind: 'linear', name: 'item-kNN', itemCount: 4, likedFrom: 4, fittedOn: [fingerprintOf(log)] },
    input: { liked: 1, disliked: 0.5 },
  });
});

test('each item keeps the neighbors most like it', async () => {
  const { weights } = await fitItemKnn(log, { ...options, neighbors: 1 });
  // Item 0's is item 1, item 1's item 0, item 2's item 0: each in the column of what it scores.
  expect([...weights]).toEqual(closeTo([0, like01, like02, 0, like01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
});

test('without shrinkage it is the cosine, and 0 for items without ratings', async () => {
  const { weights } = await fitItemKnn(log, { disliked: 0.5, shrinkage: 0 });
  expect(weights[1]).toBeCloseTo(2 / (1.5 * Math.SQRT2), 6);
  expect([3, 7, 11, 12, 13, 14, 15].map((at) => weights[at])).toEqual([0, 0, 0, 0, 0, 0, 0]);
});

test('options out of range are refused', async () => {
  await expect(fitItemKnn(log, { neighbors: 0 })).rejects.toThrow(
    new RangeError('neighbors: expected a positive integer, got 0'),
  );
  await expect(fitItemKnn(log, { shrinkage: -1 })).rejects.toThrow(
    new RangeError('shrinkage: expected a number from 0, got -1'),
  );
});
