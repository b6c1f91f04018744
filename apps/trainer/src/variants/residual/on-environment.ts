import { fitPlanningBlocks, planningGates, residualInSimulator } from '@rl-recsys/drr';
import type { Environment, RecommendationObservation, RecommendationSpace } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { createRecommender } from '@rl-recsys/recommender';
import { stateLayers } from '@rl-recsys/state';
import { emptyLog, indices } from '../environment-catalogue.js';
import type { MadeOnEnvironment } from '../variant.js';
import type { ResidualOnEnvironmentOptions } from './options.js';
import { playedLog } from './played-log.js';

/** How many items are shown at random first: a fifth as many as training shows, and at most so many. */
const PLAYED = { share: 0.2, most: 5_000 };

/**
 * DRR's default variant on an environment that recommends: it shows items at random first, fits vectors on what they earned, and
 * learns from there which item to show when. Items that may not be shown are no candidates.
 */
export async function makeOnEnvironment(
  environment: Environment<unknown, unknown>,
  options: ResidualOnEnvironmentOptions,
  random: Random,
  another: () => Promise<Environment<unknown, unknown>>,
): Promise<MadeOnEnvironment> {
  const { steps, batchSize, gamma, stateModule, replay, sessions } = options;
  const space = environment.observationSpace as RecommendationSpace;
  const { userCount, itemCount, historySize } = space;
  const played = Math.ceil(Math.min(PLAYED.share * steps, PLAYED.most));
  const log = await playedLog(
    environment as Environment<RecommendationObservation, number>,
    played,
    random.fork('random play'),
  );
  const { users, items, blocks, foldIn } = fitPlanningBlocks(log, random.fork('embeddings'));
  const rest = await Promise.all(Array.from({ length: sessions - 1 }, another));
  const side = [environment, ...rest] as Environment<RecommendationObservation, number>[];
  const made = residualInSimulator({
    ...{ users, items, blocks, gates: planningGates, historySize, batchSize, gamma, random },
    ...{ steps, sessions, makeEnvironment: (session) => side[session]! },
    candidateCount: Math.min(32, itemCount),
    stateLayer: stateLayers[stateModule],
    ...(replay === 'prioritized' && { prioritized: {} }),
  });
  const { agent } = made;
  return {
    agent: agent,
    environment: made.environment as MadeOnEnvironment['environment'],
    played: environment,
    recommender: () =>
      createRecommender({
        ...{ agent, foldIn, tables: { users, items }, log: emptyLog(space) },
        ...{ users: indices(userCount), items: indices(itemCount) },
      }),
  };
}
