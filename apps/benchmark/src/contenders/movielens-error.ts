import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fitMatrixFactorization } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { createRatingLog, splitByTime } from '@rl-recsys/rating-log';
import { SEED } from '../sizes.js';
import { rootMeanSquaredError } from './root-mean-squared-error.js';

/**
 * The root mean squared error on MovieLens 1M's newest fifth of each user, fitted on the rest by defaults.
 *
 * @returns undefined where the folder that RL_RECSYS_DATA names has no ml-1m.
 */
export function movieLensError(): number | undefined {
  const path = join(process.env.RL_RECSYS_DATA ?? '', 'ml-1m', 'ratings.dat');
  if (process.env.RL_RECSYS_DATA === undefined || !existsSync(path)) return undefined;
  const lines = readFileSync(path, 'latin1').trimEnd().split('\n');
  const rows = lines.map((line) => line.split('::').map(Number) as [number, number, number, number]);
  const { train, test } = splitByTime(
    createRatingLog({
      userCount: 6040,
      itemCount: 3952,
      users: rows.map(([user]) => user - 1),
      items: rows.map(([, item]) => item - 1),
      ratings: rows.map(([, , rating]) => rating),
      timestamps: rows.map(([, , , time]) => time),
      scale: { min: 1, max: 5 },
    }),
  );
  const random = Random.fromSeed(SEED);
  return rootMeanSquaredError(fitMatrixFactorization(train, { random, factors: 16 }), test);
}
