import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { fingerprintOf } from '@rl-recsys/rating-log';
import { closeTo } from '@rl-recsys/testing';
import fc from 'fast-check';
import { fitEase } from '../../src/index.js';
import { logOfHistories } from '../scores/item-log.js';
import { ridge } from './ridge-reference.js';

test('three items by the explicit inverse', async () => {
  // X = [[1, 1, 0], [1, ½, 0], [0, 0, 1]], so that XᵀX + 1 = [[3, 3/2, 0], [3/2, 9/4, 0], [0, 0, 2]], whose
  // inverse is [[1/2, −1/3, 0], [−1/3, 2/3, 0], [0, 0, 1/2]].
  const log = logOfHistories([[[0, 5], [1, 4]], [[0, 4], [1, 3]], [[2, 5]]], 3); // prettier-ignore
  const saved = await fitEase(log, { regularization: 1, disliked: 0.5 });
  expect([...saved.weights]).toEqual(closeTo([0, 1 / 2, 0, 2 / 3, 0, 0, 0, 0, 0]));
  expect(saved).toMatchObject({
    ...{ kind: 'linear', name: 'EASE', itemCount: 3, likedFrom: 4 },
    ...{ input: { liked: 1, disliked: 0.5 }, fittedOn: [fingerprintOf(log)] },
  });
});

test('each column is the ridge regression of an item on all others', async () => {
  const shapes = fc.record({
    seed: fc.nat(),
    users: fc.integer({ min: 1, max: 30 }),
    items: fc.integer({ min: 1, max: 70 }),
  });
  await fc.assert(
    fc.asyncProperty(shapes, async ({ seed, users, items }) => {
      const random = Random.fromSeed(seed);
      const histories = Array.from({ length: users }, () =>
        Array.from({ length: items }, (_, item) => [item, 1 + random.integer(5)] as const).filter(
          () => random.uniform() < 0.4,
        ),
      );
      fc.pre(histories.some((history) => history.length > 0));
      const { weights } = await fitEase(logOfHistories(histories, items), { regularization: 0.7 });
      const x = histories.map((history) => {
        const row = new Array<number>(items).fill(0);
        for (const [item, stars] of history) row[item] = stars >= 4 ? 1 : 0.3;
        return row;
      });
      const item = random.integer(items);
      const expected = ridge(
        x.map((row) => ({ features: row.filter((_, other) => other !== item), target: row[item]! })),
        new Array<number>(items - 1).fill(0.7),
      );
      expected.splice(item, 0, 0);
      expect(Array.from({ length: items }, (_, row) => weights[row * items + item])).toEqual(
        closeTo(expected, 4),
      );
    }),
    { seed: 1, numRuns: 25 },
  );
});

describe('errors', () => {
  const log = logOfHistories([[[0, 5]]], 1);

  test('options out of range, logs that are empty', async () => {
    await expect(fitEase(log, { regularization: 0 })).rejects.toThrow(
      new RangeError('regularization: expected a positive number, got 0'),
    );
    await expect(fitEase(log, { disliked: NaN })).rejects.toThrow(
      new RangeError('disliked: expected a finite number, got NaN'),
    );
    await expect(fitEase(logOfHistories([], 3))).rejects.toThrow(
      new RangeError('log: expected ratings, got none'),
    );
  });
});
