import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { fingerprintOf, rowsOf, type RatingLog } from '@rl-recsys/rating-log';
import { closeTo } from '@rl-recsys/testing';
import fc from 'fast-check';
import { fitSlit } from '../../src/index.js';
import { logOfHistories } from '../scores/item-log.js';
import { ridge, type Row } from './ridge-reference.js';

test('two moments by hand', async () => {
  // One user: item 0, then 1, then 2, which they did not like. With half-lives of 1 the moments are
  // after item 0: x = [1, 0, 0], y = [0, 1, ½ · ⅕], and after item 1: x = [½, 1, 0], y = [0, 0, ⅕].
  const log = logOfHistories([[[0, 5], [1, 4], [2, 1]]], 3); // prettier-ignore
  const windows = { window: 20, halfLife: 1, ahead: 10, aheadHalfLife: 1 };
  const saved = await fitSlit(log, { ...windows, regularization: 1, disliked: 0.5, dislikedAhead: 0.2 });
  // XᵀX + 1 = [[9/4, 1/2, 0], [1/2, 2, 0], [0, 0, 1]], of determinant 17/4 in the first two;
  // XᵀY = [[0, 1, 1/5], [0, 0, 1/5], [0, 0, 0]].
  const d = 17 / 4;
  expect([...saved.weights]).toEqual(
    closeTo([0, 2 / d, (2 / 5 - 1 / 10) / d, 0, -1 / 2 / d, (9 / 20 - 1 / 10) / d, 0, 0, 0]),
  );
  expect(saved).toMatchObject({
    ...{ kind: 'linear', name: 'SLIT', itemCount: 3, likedFrom: 4, fittedOn: [fingerprintOf(log)] },
    input: { liked: 1, disliked: 0.5, halfLife: 1, window: 20 },
  });
});

interface Windows {
  readonly window: number;
  readonly halfLife: number;
  readonly ahead: number;
  readonly aheadHalfLife: number;
}

/** The moments of all users as rows of X and Y, one after the other. */
function momentsOf(log: RatingLog, { window, halfLife, ahead, aheadHalfLife }: Windows) {
  const moments: { x: number[]; y: number[] }[] = [];
  const weigh = (row: number, disliked: number) => (log.ratings[row]! >= 4 ? 1 : disliked);
  for (let user = 0; user < log.userCount; user++) {
    const { start, end } = rowsOf(log, user);
    for (let now = start; now + 1 < end; now++) {
      const x = new Array<number>(log.itemCount).fill(0);
      const y = new Array<number>(log.itemCount).fill(0);
      for (let age = 0; age < window && now - age >= start; age++) {
        x[log.items[now - age]!] = weigh(now - age, 0.5) * 2 ** (-age / halfLife);
      }
      for (let next = 0; next < ahead && now + 1 + next < end; next++) {
        y[log.items[now + 1 + next]!] = weigh(now + 1 + next, 0.2) * 2 ** (-next / aheadHalfLife);
      }
      moments.push({ x, y });
    }
  }
  return moments;
}

test('it is the ridge regression on every moment, at the ends of windows and of histories too', async () => {
  const shapes = fc.record({
    seed: fc.nat(),
    items: fc.integer({ min: 2, max: 12 }),
    window: fc.integer({ min: 1, max: 6 }),
    ahead: fc.integer({ min: 1, max: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(shapes, async ({ seed, items, window, ahead }) => {
      const random = Random.fromSeed(seed);
      const histories = Array.from({ length: 6 }, () =>
        random
          .shuffle(Array.from({ length: items }, (_, item) => [item, 1 + random.integer(5)] as const))
          .slice(0, random.integer(items + 1)),
      );
      const log = logOfHistories(histories, items);
      fc.pre(log.items.length > 0);
      const windows = { window, ahead, halfLife: 2, aheadHalfLife: 1.5 };
      const { weights } = await fitSlit(log, { ...windows, regularization: 0.5 });
      const moments = momentsOf(log, windows);
      for (let target = 0; target < items; target++) {
        const rows = moments.map(({ x, y }): Row => ({ features: x, target: y[target]! }));
        const column = Array.from({ length: items }, (_, row) => weights[row * items + target]);
        expect(column).toEqual(closeTo(ridge(rows, new Array<number>(items).fill(0.5)), 4));
      }
    }),
    { seed: 1, numRuns: 40 },
  );
});

test('options out of range are refused', async () => {
  const log = logOfHistories([[[0, 5]]], 1);
  for (const name of ['regularization', 'halfLife', 'aheadHalfLife']) {
    await expect(fitSlit(log, { [name]: 0 })).rejects.toThrow(
      new RangeError(`${name}: expected a positive number, got 0`),
    );
  }
  for (const name of ['window', 'ahead']) {
    await expect(fitSlit(log, { [name]: 1.5 })).rejects.toThrow(
      new RangeError(`${name}: expected a positive integer, got 1.5`),
    );
  }
  for (const name of ['disliked', 'dislikedAhead']) {
    await expect(fitSlit(log, { [name]: NaN })).rejects.toThrow(
      new RangeError(`${name}: expected a finite number, got NaN`),
    );
  }
  await expect(fitSlit(logOfHistories([], 1))).rejects.toThrow('log: expected ratings, got none');
});
