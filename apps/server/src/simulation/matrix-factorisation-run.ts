import { fitPlanningBlocks, planningGates, ResidualLearner, simulatorDefaults } from '@rl-recsys/drr';
import { Random } from '@rl-recsys/random';
import { createRatingLog } from '@rl-recsys/rating-log';
import { createRecommender, saveRecommender } from '@rl-recsys/recommender';
import { folderStorage } from '@rl-recsys/recommender/folder';
import { simulatedLog } from '@rl-recsys/simulators';

/**
 * Writes a run that has learned nothing but a matrix factorisation of the log that another recommender left. Users may be shown again
 * what they rated then, as in the sessions that they are simulated in.
 */
export async function writeMatrixFactorisation(
  run: string,
  seed: number,
  historySize: number,
): Promise<void> {
  const random = Random.fromSeed(seed).fork('matrix factorisation');
  const { log, users, items } = simulatedLog(seed);
  const { foldIn, blocks, ...vectors } = fitPlanningBlocks(log, random.fork('embeddings'));
  const tables = { users: vectors.users, items: vectors.items };
  const agent = new ResidualLearner({
    ...{ ...simulatorDefaults, ...tables, blocks, gates: planningGates, historySize },
    random: random.fork('agent'),
  });
  const { userCount, itemCount, scale } = log;
  const rows = { users: [], items: [], ratings: [], timestamps: [] };
  const unrated = createRatingLog({ userCount, itemCount, scale, ...rows });
  const recommender = createRecommender({ agent, tables, foldIn, log: unrated, users, items });
  agent.dispose();
  await saveRecommender(recommender, folderStorage(run));
}
