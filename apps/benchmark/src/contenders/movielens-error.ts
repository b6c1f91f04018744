import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadKnownDataset } from '@rl-recsys/datasets';
import { fitMatrixFactorization } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { splitByTime } from '@rl-recsys/rating-log';
import { SEED } from '../sizes.js';
import { rootMeanSquaredError } from './root-mean-squared-error.js';

/**
 * The root mean squared error on MovieLens 1M's newest fifth of each user, fitted on the rest by defaults.
 *
 * @returns undefined where the folder that RL_RECSYS_DATA names has no ml-1m.
 */
export async function movieLensError(): Promise<number | undefined> {
  const folder = join(process.env.RL_RECSYS_DATA ?? '', 'ml-1m');
  if (process.env.RL_RECSYS_DATA === undefined || !existsSync(folder)) return undefined;
  const { train, test } = splitByTime((await loadKnownDataset('ml-1m', { folder })).log);
  const random = Random.fromSeed(SEED);
  return rootMeanSquaredError(fitMatrixFactorization(train, { random, factors: 16 }), test);
}
