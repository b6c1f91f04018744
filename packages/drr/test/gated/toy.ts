import {
  fitImplicitFactorization,
  fitPopularity,
  historyScorer,
  savedFactors,
  type MatrixFactorization,
  type SavedScorer,
} from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { splitByTime, type RatingLog } from '@rl-recsys/rating-log';
import { syntheticRatingLog, type LogMoments } from '@rl-recsys/simulators';
import { gatedFromBlocks, type GatedFromBlocksOptions, type GatedFromLog } from '../../src/index.js';
import { momentsAfter, splitUsers } from '../../src/gated/moments.js';

export const log: RatingLog = syntheticRatingLog({
  ...{ users: 24, items: 60, ratingsPerUser: 15 },
  random: Random.fromSeed('log'),
});

/** Two blocks that are quick to fit: likes and popularity. */
function blocksOf(vectors: MatrixFactorization) {
  const popularity = fitPopularity(log);
  const scorers: SavedScorer[] = [savedFactors('likes', vectors), popularity];
  return { scorers, vectors, popularity };
}

const likes = fitImplicitFactorization(log, { factors: 3, random: Random.fromSeed('likes') });
export const blocks = blocksOf(likes);
export const scorers = blocks.scorers.map(historyScorer);

/** Where the toy's sessions start. */
export const moments: LogMoments = splitUsers(momentsAfter(log, splitByTime(log).train)).learned;

/** An agent of a toy log, made in no time. */
export function toyGated(options: Partial<GatedFromBlocksOptions> = {}): GatedFromLog {
  return gatedFromBlocks(
    log,
    { past: blocks, present: blocks },
    {
      ...{ steps: 64 * 6, historySize: 3, hiddenSize: 4, candidateCount: 6, batchSize: 4 },
      random: Random.fromSeed(1),
      ...options,
    },
  );
}
