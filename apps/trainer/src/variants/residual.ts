import { ResidualAgent } from '@rl-recsys/drr';
import { createEmbeddingTable } from '@rl-recsys/embeddings';
import { timeLimit } from '@rl-recsys/environment';
import { logMomentsEnvironment } from '@rl-recsys/simulators';
import { stateLayers } from '@rl-recsys/state';
import { createReplay } from '../create-replay.js';
import type { FittedTables } from '../embedding-files.js';
import { firstGates, fitBlocks, staticMix } from '../fit-blocks.js';
import type { TrainOptions } from '../options.js';
import { fittingProgress } from '../progress.js';
import type { Recommender, TrainedRecommender, TrainingContext } from '../recommender.js';
import { agentSaver, loadAgent, residualRecommender, type LearnedAgent } from '../residual-recommender.js';
import { pastRows } from '../past-rows.js';
import { trainResidual } from '../train-residual.js';
import { trainingMoments } from '../training-moments.js';

const mixes = { 'matrix factorisation': firstGates, 'static mix': staticMix };

/** Averages over most of a run rank better than its end does: .0015 for 30,720 steps (found on validation slices of MovieLens). */
const averagingRate = (steps: number) => Math.min(0.01, (0.0015 * 30_720) / steps);

/** DRR's default variant: it starts at matrix factorisation and learns to correct it. */
export async function trainResidualVariant({
  train,
  options,
  random,
  onMetrics,
}: TrainingContext): Promise<TrainedRecommender> {
  const { steps, batchSize, gamma, historySize, sessionLength } = options;
  const moments = trainingMoments(train, random.fork('moments'));
  // First the users as their training part leaves them, then as they were at each moment: a vector that knew
  // what a session is about to show would teach the agent to trust it too much.
  const progress = fittingProgress('fits');
  const { users, items, blocks, fittedOn } = fitBlocks(train, pastRows(train, moments), {
    random: random.fork('embeddings'),
    onFit: progress.show,
  });
  progress.stop();

  const agent = new ResidualAgent({
    ...agentOptions(options),
    users,
    items,
    blocks,
    random: random.fork('agent'),
  });
  const replay = createReplay(options.replay, {
    fields: agent.fields,
    steps: steps + 64, // whole rounds of sessions side by side
    random: random.fork('replay'),
  });
  const sessions = random.fork('environment');
  await trainResidual({
    makeEnvironment: (index) => {
      const environment = { log: train, moments, historySize, random: sessions.fork(String(index)) };
      return timeLimit(logMomentsEnvironment(environment), sessionLength);
    },
    ...{ agent, replay, random: random.fork('exploration'), steps, batchSize, gamma, onMetrics },
  });

  const today = createEmbeddingTable(users.vectors.slice(0, train.userCount * users.size), users.size);
  const tables: FittedTables = { users: today, items, fittedOn: [fittedOn[0]!] };
  const learnedAgent: LearnedAgent = { tables, blocks, learned: agent.save() };
  agent.dispose();
  return {
    ...residualRecommender(learnedAgent, agentOptions(options), mixes),
    save: agentSaver(learnedAgent),
  };
}

export async function loadResidual(folder: string, options: TrainOptions): Promise<Recommender> {
  return residualRecommender(await loadAgent(folder), agentOptions(options), mixes);
}

function agentOptions({ historySize, stateModule, steps, trainableEmbeddings }: TrainOptions) {
  const stateLayer = stateLayers[stateModule];
  return {
    historySize,
    gates: firstGates,
    stateLayer,
    tau: averagingRate(steps),
    trainableItems: trainableEmbeddings,
  };
}
