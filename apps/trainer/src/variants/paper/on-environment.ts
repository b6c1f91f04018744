import { td3 } from '@rl-recsys/ddpg';
import { DrrAgent, type EmbeddingTables } from '@rl-recsys/drr';
import { BlockFoldIn, createEmbeddingTable, type EmbeddingTable } from '@rl-recsys/embeddings';
import type { Environment, RecommendationSpace } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { createRecommender } from '@rl-recsys/recommender';
import { stateLayers } from '@rl-recsys/state';
import { emptyLog, indices } from '../environment-catalogue.js';
import { unknownVectors } from '../unknown-vectors.js';
import { rewardsOf } from '../drr-options.js';
import type { MadeOnEnvironment } from '../variant.js';
import type { PaperOnEnvironmentOptions } from './options.js';

/**
 * DRR on an environment that recommends and brings no embeddings: each item is a dimension of its own, so that an action
 * is one score an item, or of a large catalogue a random direction; each user is a random vector.
 */
export function makeOnEnvironment(
  environment: Environment<unknown, unknown>,
  options: PaperOnEnvironmentOptions,
  random: Random,
): MadeOnEnvironment {
  const { steps, batchSize, gamma, stateModule, stateSignal, algorithm, replay } = options;
  const space = environment.observationSpace as RecommendationSpace;
  const { userCount, itemCount, historySize } = space;
  const items = unknownVectors(itemCount, random.fork('items'));
  const tables: EmbeddingTables = {
    users: randomTable(userCount, items.size, random.fork('users')),
    items,
  };
  const agent = new DrrAgent({
    ...{ ...tables, historySize, batchSize, gamma, rounds: steps, tau: 0.01, random },
    stateLayer: stateLayers[stateModule],
    encoderSignal: stateSignal,
    ...(algorithm === 'td3' && td3(random.fork('target smoothing'))),
    ...(replay === 'uniform' && { prioritized: false }),
    ...rewardsOf(options),
  });
  return {
    agent,
    environment,
    played: environment,
    recommender: () =>
      createRecommender({
        ...{ agent, tables, log: emptyLog(space) },
        // Nothing is known of a new user: their vector is the mean of the others, 0.
        foldIn: new BlockFoldIn({ models: [], parts: [], size: items.size }),
        users: indices(userCount),
        items: indices(itemCount),
      }),
  };
}

function randomTable(rows: number, size: number, random: Random): EmbeddingTable {
  return createEmbeddingTable(
    Float32Array.from({ length: rows * size }, () => random.normal()),
    size,
  );
}
