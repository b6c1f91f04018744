import { train } from '@rl-recsys/agent';
import {
  drrFromLog,
  gatedFromLog,
  residualFromLog,
  type DrrFromLogOptions,
  type GatedFromLogOptions,
  type ResidualFromLogOptions,
} from '@rl-recsys/drr';
import { Random } from '@rl-recsys/random';
import type { RatingLog } from '@rl-recsys/rating-log';
import { syntheticRatingLog } from '@rl-recsys/simulators';
import { createRecommender, type Recommender } from '../src/index.js';

export const log: RatingLog = syntheticRatingLog({
  ...{ users: 40, items: 50, ratingsPerUser: 10 },
  random: Random.fromSeed('log'),
});

const idsOf = (kind: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${kind}-${index + 1}`);

export const catalogue = {
  log,
  users: idsOf('user', log.userCount),
  items: idsOf('item', log.itemCount),
  titles: new Map([[4, 'The fifth']]),
};

/** The default variant on a log, hardly trained. */
export async function gated(options: Partial<GatedFromLogOptions> = {}): Promise<Recommender> {
  const made = await gatedFromLog(log, {
    ...{ steps: 320, batchSize: 16, hiddenSize: 8, candidateCount: 10, random: Random.fromSeed(1) },
    ...options,
  });
  await train(made);
  return createRecommender({ ...made, ...catalogue });
}

/** The variant that plans, hardly trained. */
export async function residual(options: Partial<ResidualFromLogOptions> = {}): Promise<Recommender> {
  const made = residualFromLog(log, {
    ...{ steps: 320, batchSize: 16, hiddenSize: 8, random: Random.fromSeed(1) },
    ...options,
  });
  await train(made);
  return createRecommender({ ...made, ...catalogue });
}

/** The paper's, hardly trained. */
export async function paper(options: Partial<DrrFromLogOptions> = {}): Promise<Recommender> {
  const made = drrFromLog(log, {
    ...{ steps: 40, batchSize: 16, hiddenSize: 8, embeddingSize: 6, random: Random.fromSeed(1) },
    ...options,
  });
  await train(made);
  return createRecommender({ ...made, ...catalogue });
}
