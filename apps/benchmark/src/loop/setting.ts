import {
  fitPlanningBlocks,
  planningGates,
  ResidualLearner,
  RewardModel,
  simulatorDefaults,
  type EmbeddingTables,
} from '@rl-recsys/drr';
import type { BlockPlace } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { simulatedLog, simulatedWorld, type MovingTasteWorld } from '@rl-recsys/simulators';
import { playSessions, type PlayedSession } from './play.js';
import { softmaxOf, type SoftmaxPolicy } from './softmax-policy.js';

/** T of the softmax that serves: it costs 3 % of what is earned, and leaves something to learn from. */
export const TEMPERATURE = 0.1;
/** Sessions of each pool that canaries draw from. */
const POOL = 2000;

/** A world of moving taste with the policy that serves there, a matrix factorisation of the log of another recommender. */
export interface Setting {
  readonly seed: number;
  readonly world: MovingTasteWorld;
  readonly users: readonly number[];
  readonly tables: EmbeddingTables;
  readonly blocks: readonly BlockPlace[];
  readonly serving: SoftmaxPolicy;
  /** Sessions of the policy that serves, and of one that is worse: it chooses twice as freely. */
  readonly pools: { readonly serving: readonly PlayedSession[]; readonly worse: readonly PlayedSession[] };
  /** Frees what serves. */
  dispose(): void;
}

export function makeSetting(seed: number): Setting {
  const random = Random.fromSeed(seed).fork('loop');
  const { world, trained: users } = simulatedWorld(seed);
  const { log } = simulatedLog(seed);
  const { blocks, users: userVectors, items } = fitPlanningBlocks(log, random.fork('embeddings'));
  const tables = { users: userVectors, items };
  const place = { world, users, tables, blocks };
  const untrained = makeLearner(place, random.fork('serving'));
  const serving = softmaxOf(untrained, TEMPERATURE);
  const pool = (policy: SoftmaxPolicy, name: string) =>
    playSessions({ world, users, items, policy, sessions: POOL, random: random.fork(name) });
  return {
    ...{ seed, ...place, serving },
    pools: {
      serving: pool(serving, 'pool of serving'),
      worse: pool(softmaxOf(untrained, 2 * TEMPERATURE), 'pool of worse'),
    },
    dispose: () => untrained.dispose(),
  };
}

type Place = Pick<Setting, 'world' | 'tables' | 'blocks'>;

/** A learner that has learned nothing: it ranks as the matrix factorisation does. */
export function makeLearner({ world, tables, blocks }: Place, random: Random): ResidualLearner {
  const historySize = world.dynamics.sessionLength;
  return new ResidualLearner({
    ...{ ...simulatorDefaults, ...tables, blocks, gates: planningGates, historySize, random },
  });
}

/** A model of what sessions earn, fitted to nothing yet. */
export function makeModel({ world, tables, blocks }: Place, random: Random): RewardModel {
  const { stateLayer, rewardsInState } = simulatorDefaults;
  return new RewardModel({
    ...{ ...tables, blocks, historySize: world.dynamics.sessionLength, dropout: 0, random },
    ...(stateLayer && { stateLayer }),
    ...(rewardsInState !== undefined && { rewardsInState }),
  });
}
