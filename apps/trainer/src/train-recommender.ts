import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DrrAgent } from '@rl-recsys/drr';
import { createEmbeddingTable, type EmbeddingTable } from '@rl-recsys/embeddings';
import type { Environment, RecommendationObservation, RecommendationSpace } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { PrioritizedReplay } from '@rl-recsys/replay-buffer';
import type { TrainingMetrics } from './metrics.js';
import { identityMatrix } from './identity-matrix.js';
import { saveModel } from './model-files.js';
import type { EnvironmentRun, StartedTraining } from './train-environment.js';
import { trainDrr } from './train-drr.js';
import { trainingProgress } from './training-progress.js';

/**
 * Trains DRR on an environment that recommends and brings no embeddings: each item is a dimension of
 * its own, so that an action is one score an item, and each user is a random vector.
 */
export function trainRecommender(
  environment: Environment<RecommendationObservation, number>,
  { userCount, itemCount, historySize }: RecommendationSpace,
  { steps, random }: EnvironmentRun,
): StartedTraining {
  const tables = {
    users: randomTable(userCount, itemCount, random.fork('users')),
    items: createEmbeddingTable(identityMatrix(itemCount), itemCount),
  };
  const agent = new DrrAgent({ ...tables, historySize, tau: 0.01, random: random.fork('agent') });
  const replay = new PrioritizedReplay({
    capacity: Math.min(steps, 1_000_000),
    fields: agent.fields,
    random: random.fork('replay'),
  });
  const metrics: TrainingMetrics[] = [];
  const progress = trainingProgress(steps);
  const finished = trainDrr({
    ...{ environment, agent, replay, items: tables.items, steps },
    random: random.fork('exploration'),
    batchSize: 64,
    gamma: 0.95,
    onMetrics: async (line) => {
      metrics.push(line);
      progress.show(line);
      await nextTurn(); // lets the bar be drawn
    },
  }).finally(() => progress.stop());
  const saveLearned = async (draft: string) => {
    const { encoder, actor, critics } = agent.learner.networks;
    await saveModel(encoder!, join(draft, 'state'));
    await saveModel(actor, join(draft, 'actor'));
    await saveModel(critics[0]!, join(draft, 'critic'));
    await writeFile(join(draft, 'agent.msgpack'), agent.learner.save());
    await writeFile(
      join(draft, 'metrics.jsonl'),
      metrics.map((line) => JSON.stringify(line) + '\n').join(''),
    );
  };
  return { saveLearned, finished };
}

function randomTable(rows: number, size: number, random: Random): EmbeddingTable {
  return createEmbeddingTable(
    Float32Array.from({ length: rows * size }, () => random.normal()),
    size,
  );
}
