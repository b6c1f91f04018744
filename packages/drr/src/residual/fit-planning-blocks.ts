import {
  aftermathBlock,
  BlockFoldIn,
  biasBlock,
  fitMatrixFactorization,
  joinBlocks,
  popularityBlock,
  ratingsBlock,
  type FoldInPart,
} from '@rl-recsys/embeddings';
import type { Random } from '@rl-recsys/random';
import type { RatingLog } from '@rl-recsys/rating-log';
import type { FittedBlocks } from './fit-blocks.js';
import { userBiasBlock } from './user-bias-block.js';

/** How much each block counts before anything is learned: those of the matrix factorisation alone. */
export const planningGates = { ratings: 1, bias: 1, popularity: 0, aftermath: 0, 'user bias': 0 };

/** Few, for what users like is a handful of topics, and sessions are to be learned by the hundred thousand. */
const FACTORS = 8;

/**
 * Fits the vectors to plan sessions with on the training part of a log: a matrix factorisation of ratings with its
 * biases, popularity, and what items leave behind.
 */
export function fitPlanningBlocks(train: RatingLog, random: Random): FittedBlocks {
  const model = fitMatrixFactorization(train, { factors: FACTORS, random });
  const joined = joinBlocks([
    ratingsBlock(model),
    biasBlock(model),
    popularityBlock(train),
    aftermathBlock(train, model),
    userBiasBlock(model),
  ]);
  const parts = joined.blocks.map(({ name, start }): FoldInPart => {
    const kind = name === 'ratings' ? 'vector' : name === 'user bias' ? 'bias' : 'one';
    return { kind, model: 0, start, scale: 1 };
  });
  return { ...joined, foldIn: new BlockFoldIn({ models: [model], parts, size: joined.users.size }) };
}
