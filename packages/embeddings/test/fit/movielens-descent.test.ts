import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { createRatingLog, splitByTime } from '@rl-recsys/rating-log';
import { whereDataIs } from '@rl-recsys/testing';
import { fitBpr, fitMatrixFactorizationBySgd, type SgdOptions } from '../../src/index.js';
import { likeLoss, ratingLoss } from '../../src/fit/validation-loss.js';

whereDataIs('ml-100k', (folder) => {
  const rows = readFileSync(join(folder, 'u.data'), 'latin1').trimEnd().split('\n');
  const column = (index: number) => rows.map((row) => Number(row.split('\t')[index]));
  const log = createRatingLog({
    userCount: 943,
    itemCount: 1682,
    users: column(0).map((id) => id - 1),
    items: column(1).map((id) => id - 1),
    ratings: column(2),
    timestamps: column(3),
    scale: { min: 1, max: 5 },
  });
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
