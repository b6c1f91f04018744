import { ResidualLearningPolicy, type ResidualAgent } from '@rl-recsys/drr';
import type { Random } from '@rl-recsys/random';
import { BATCH_SIZE, GAMMA } from './train-residual.js';

/**
 * DRR's default variant as it was trained, which goes on learning within a session from that session alone, at the
 * learning rates that training began with.
 *
 * @param agent - is not to be trained any more; policies that it gave before stay as they are.
 * @param random - draws which transitions and candidates it learns from.
 */
export function learningPolicy({ learner }: ResidualAgent, random: Random): ResidualLearningPolicy {
  learner.scaleLearningRates(1);
  return new ResidualLearningPolicy({
    ...{ learner, gamma: GAMMA, batchSize: BATCH_SIZE },
    random: random.fork('learning'),
  });
}
