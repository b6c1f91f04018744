import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { splitByTime } from '@rl-recsys/rating-log';
import { whereDataIs } from '@rl-recsys/testing';
import { fitBpr, fitMatrixFactorizationBySgd, type SgdOptions } from '../../src/index.js';
import { likeLoss, ratingLoss } from '../../src/fit/validation-loss.js';
import { readMovieLens100k } from '../movielens-100k.js';

whereDataIs('ml-100k', (folder) => {
  const log = readMovieLens100k(folder);
  const { train, test: heldOut } = splitByTime(log);

  const errorOf = (options: Omit<SgdOptions, 'random'>) =>
    ratingLoss(heldOut)(fitMatrixFactorizationBySgd(train, { random: Random.fromSeed(1), ...options }));

  test('SGD predicts the newest fifth of each user', () => {
    const error = errorOf({});
    console.info(`SGD, 16 factors: ${error}`);
    expect(error).toBeLessThan(0.975);
    expect(error).toBeGreaterThan(0.95); // less would be a leak
    expect(errorOf({ regularization: 3 })).toBeGreaterThan(error + 0.01); // biases alone
  });

  test('BPR ranks the newest likes of each user', () => {
    const random = Random.fromSeed(1);
    const auc = 1 - likeLoss(heldOut, log, random)(fitBpr(train, { random }));
    console.info(`BPR, 16 factors: ${auc}`);
    expect(auc).toBeGreaterThan(0.85);
    expect(auc).toBeLessThan(0.93);
  });
});
