// A run with the items of MovieLens 1M: what it costs to serve does not depend on what was learned.
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { residualFromLog } from '@rl-recsys/drr';
import { Random } from '@rl-recsys/random';
import { createRecommender, saveRecommender } from '@rl-recsys/recommender';
import { folderStorage } from '@rl-recsys/recommender/folder';
import { syntheticRatingLog } from '@rl-recsys/simulators';
import { installFastKernels } from '@rl-recsys/wasm-kernels';

export const SIZES = { users: 500, items: 3883, ratingsPerUser: 40 };

/** Writes it to a folder, with vectors that were fitted and an agent that was not trained. */
export async function writeLargeRun(folder) {
  tf.enableProdMode();
  await tf.setBackend('wasm');
  await installFastKernels();
  const log = syntheticRatingLog({ ...SIZES, random: Random.fromSeed('load') });
  const ids = (kind, count) => Array.from({ length: count }, (_, index) => `${kind}-${index + 1}`);
  const made = residualFromLog(log, { random: Random.fromSeed(1) });
  const [users, items] = [ids('user', log.userCount), ids('item', log.itemCount)];
  const recommender = createRecommender({ ...made, log, users, items });
  await saveRecommender(recommender, folderStorage(folder));
  return recommender;
}
