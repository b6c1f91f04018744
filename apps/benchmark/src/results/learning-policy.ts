import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ResidualAgent, ResidualLearningPolicy } from '@rl-recsys/drr';
import type { Random } from '@rl-recsys/random';
import { stateLayers } from '@rl-recsys/state';
import { firstGates } from '@rl-recsys/trainer/fit-blocks';
import type { TrainOptions } from '@rl-recsys/trainer/options';
import type { TrainedRecommender } from '@rl-recsys/trainer/recommender';
import { loadAgent } from '@rl-recsys/trainer/residual-recommender';

/**
 * DRR's default variant as it was trained, which goes on learning within a session from that session alone.
 *
 * @param random - draws which transitions and candidates it learns from.
 */
export async function learningPolicy(
  recommender: TrainedRecommender,
  { historySize, stateModule, batchSize, gamma }: TrainOptions,
  random: Random,
): Promise<ResidualLearningPolicy> {
  const folder = await mkdtemp(join(tmpdir(), 'drr-'));
  try {
    await recommender.save(folder);
    const { tables, blocks, learned } = await loadAgent(folder);
    const stateLayer = stateLayers[stateModule];
    const agent = new ResidualAgent({
      ...tables,
      blocks,
      gates: firstGates,
      historySize,
      stateLayer,
      random,
    });
    agent.restore(learned);
    return new ResidualLearningPolicy({ agent, gamma, batchSize, random: random.fork('learning') });
  } finally {
    await rm(folder, { recursive: true });
  }
}
