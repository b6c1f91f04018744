import type { EmbeddingTables } from '@rl-recsys/drr';
import { fittingProgress } from '../progress.js';
import { fitPlanningBlocks, planningGates } from '../moving-taste/fit-planning-blocks.js';
import { planningOptions, trainInWorld } from '../moving-taste/train-in-world.js';
import { simulatedWorld } from '../moving-taste/world.js';
import type { TrainOptions } from '../options.js';
import type { Recommender, TrainedRecommender, TrainingContext } from '../recommender.js';
import { agentSaver, loadAgent, residualRecommender, type LearnedAgent } from '../residual-recommender.js';

const mixes = { 'matrix factorisation': planningGates };

/**
 * The default variant where there is a simulator to learn in: its vectors come from the log, what to show from
 * sessions with users whose taste moves.
 */
export async function trainPlanning({
  train,
  options,
  random,
  onMetrics,
}: TrainingContext): Promise<TrainedRecommender> {
  const { seed, steps, batchSize, gamma, replay } = options;
  const progress = fittingProgress('fits', 1);
  const { users, items, fittedOn, blocks } = fitPlanningBlocks(train, random.fork('embeddings'));
  progress.show(1);
  progress.stop();

  const tables = { users, items, fittedOn: [fittedOn[0]!] as const } satisfies EmbeddingTables;
  const { world, trained } = simulatedWorld(seed);
  const { agent } = await trainInWorld({
    ...{ world, tables, blocks, agentOptions: agentOptions(options), users: trained },
    ...{ gamma, steps, batchSize, replay, random, onMetrics },
  });
  const learnedAgent: LearnedAgent = { tables, blocks, learned: agent.save() };
  agent.dispose();
  return {
    ...residualRecommender(learnedAgent, agentOptions(options), mixes),
    save: agentSaver(learnedAgent),
  };
}

export async function loadPlanning(folder: string, options: TrainOptions): Promise<Recommender> {
  return residualRecommender(await loadAgent(folder), agentOptions(options), mixes);
}

function agentOptions(options: TrainOptions) {
  return { ...planningOptions(options), gates: planningGates };
}
