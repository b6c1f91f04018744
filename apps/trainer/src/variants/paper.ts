import { join } from 'node:path';
import { td3 } from '@rl-recsys/ddpg';
import { DrrAgent, DrrPolicy } from '@rl-recsys/drr';
import { fitMatrixFactorization, itemTable, userTable } from '@rl-recsys/embeddings';
import { timeLimit } from '@rl-recsys/environment';
import { ratingLogEnvironment } from '@rl-recsys/simulators';
import { stateLayers } from '@rl-recsys/state';
import { createReplay } from '../create-replay.js';
import { loadEmbeddings, saveEmbeddings, type FittedTables } from '../embedding-files.js';
import { loadModel, saveModel } from '../model-files.js';
import { fittingProgress } from '../progress.js';
import type { Recommender, TrainedRecommender, TrainingContext } from '../recommender.js';
import { trainDrr } from '../train-drr.js';
import { vectorPolicy } from '../vector-policy.js';

/** DRR to the letter: Algorithm 1 on the vectors of a matrix factorisation. */
export async function trainPaper({
  train,
  options,
  random,
  onMetrics,
}: TrainingContext): Promise<TrainedRecommender> {
  const { steps, batchSize, gamma, historySize, sessionLength, stateSignal, stateModule, algorithm } =
    options;
  const tables = fitTables({ train, options, random });
  const playback = ratingLogEnvironment({
    log: train,
    historySize,
    minimumCandidates: sessionLength,
    random: random.fork('environment'),
  });
  const agent = new DrrAgent({
    ...tables,
    historySize,
    stateLayer: stateLayers[stateModule],
    encoderSignal: stateSignal,
    ...(algorithm === 'td3' && td3(random.fork('target smoothing'))),
    tau: 0.01, // ten times DDPG's: the targets must get somewhere within a few thousand updates
    random: random.fork('agent'),
  });
  const replay = createReplay(options.replay, {
    ...{ fields: agent.fields, steps },
    random: random.fork('replay'),
  });
  await trainDrr({
    environment: timeLimit(playback, sessionLength),
    ...{ agent, replay, items: tables.items, random: random.fork('exploration') },
    ...{ steps, batchSize, gamma, onMetrics },
  });
  return {
    ...besideFactorization(agent.policy, tables),
    save: async (folder) => {
      const { encoder, actor, critics } = agent.learner.networks;
      await saveEmbeddings(folder, tables);
      await saveModel(encoder!, join(folder, 'state'));
      await saveModel(actor, join(folder, 'actor'));
      await saveModel(critics[0]!, join(folder, 'critic'));
    },
  };
}

export async function loadPaper(folder: string): Promise<Recommender> {
  const tables = await loadEmbeddings(folder);
  const stateModule = await loadModel(join(folder, 'state'));
  const actor = await loadModel(join(folder, 'actor'));
  return besideFactorization(new DrrPolicy(tables, { stateModule, actor }), tables);
}

function fitTables({ train, options, random }: Omit<TrainingContext, 'onMetrics'>): FittedTables {
  const iterations = 8;
  const progress = fittingProgress('sweeps', iterations);
  const model = fitMatrixFactorization(train, {
    random: random.fork('embeddings'),
    factors: options.embeddingSize - 1, // the item's bias is the last dimension
    iterations,
    onIteration: ({ done }) => progress.show(done),
  });
  progress.stop();
  return { users: userTable(model), items: itemTable(model), fittedOn: [model.fittedOn] };
}

function besideFactorization(policy: DrrPolicy, tables: FittedTables): Recommender {
  return { policy, baselines: [vectorPolicy('matrix factorisation', tables)] };
}
