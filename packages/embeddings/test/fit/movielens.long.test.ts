import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { createRatingLog, splitByTime } from '@rl-recsys/rating-log';
import { whereDataIs } from '@rl-recsys/testing';
import { fitMatrixFactorization } from '../../src/index.js';
import { readMovieLens100k } from '../movielens-100k.js';
import { ratingsOf, rootMeanSquaredError } from './planted-log.js';

whereDataIs('ml-100k', (folder) => {
  const { train, test: heldOut } = splitByTime(readMovieLens100k(folder));

  const errorOf = (seed: number, options: { regularization?: number } = {}) =>
    rootMeanSquaredError(
      fitMatrixFactorization(train, { random: Random.fromSeed(seed), ...options }),
      ratingsOf(heldOut),
    );

  test.each([1, 2, 3])('predicts the newest fifth of each user, with seed %d', (seed) => {
    const error = errorOf(seed); // 0.9672, 0.9678 and 0.9680 when measured
    expect(error).toBeLessThan(0.97);
    expect(error).toBeGreaterThan(0.96); // less would be a leak
  });

  test('vectors held at zero leave the biases, which predict worse', () => {
    const error = errorOf(1, { regularization: 1e9 }); // 0.9916
    expect(error).toBeGreaterThan(0.985);
    expect(error).toBeLessThan(1);
  });
});

whereDataIs('ml-1m', (folder) => {
  test('predicts the newest fifth of each user, with 16 factors', () => {
    const rows = readFileSync(join(folder, 'ratings.dat'), 'latin1').trimEnd().split('\n');
    const fields = rows.map((row) => row.split('::').map(Number));
    const column = (index: number) => fields.map((row) => row[index]!);
    const { train, test: heldOut } = splitByTime(
      createRatingLog({
        userCount: 6040,
        itemCount: 3952,
        users: column(0).map((id) => id - 1),
        items: column(1).map((id) => id - 1),
        ratings: column(2),
        timestamps: column(3),
        scale: { min: 1, max: 5 },
      }),
    );
    const model = fitMatrixFactorization(train, { random: Random.fromSeed(1) });
    const error = rootMeanSquaredError(model, ratingsOf(heldOut)); // 0.8750 when measured
    expect(error).toBeLessThan(0.876);
    expect(error).toBeGreaterThan(0.86); // less would be a leak
  });
});
