import { train } from '@rl-recsys/agent';
import {
  residualInSimulator,
  type EmbeddingTables,
  type RankingPolicy,
  type ResidualFields,
} from '@rl-recsys/drr';
import type { BlockPlace } from '@rl-recsys/embeddings';
import type { Random } from '@rl-recsys/random';
import type { Replay } from '@rl-recsys/replay-buffer';
import { movingTasteEnvironment, type MovingTasteWorld } from '@rl-recsys/simulators';
import { stateLayers, type StateLayerName } from '@rl-recsys/state';

export interface PolicyTraining {
  readonly world: MovingTasteWorld;
  readonly tables: EmbeddingTables;
  readonly blocks: readonly BlockPlace[];
  /** What the blocks count at first (default all alike). */
  readonly gates?: Readonly<Record<string, number>>;
  readonly stateModule: StateLayerName;
  /** Who comes in training. */
  readonly users: readonly number[];
  readonly gamma: number;
  readonly steps: number;
  readonly random: Random;
}

/** DRR trained in a world, where it sees what was shown and earned, and never the state; and what it was shown there. */
export async function trainPolicy({
  world,
  tables,
  stateModule,
  users,
  random,
  ...training
}: PolicyTraining): Promise<{
  readonly policy: RankingPolicy;
  readonly replay: Replay<ResidualFields>;
}> {
  const historySize = world.dynamics.sessionLength; // so that the history tells how much of it is left
  const visits = random.fork('environment');
  const { agent, environment, steps } = residualInSimulator({
    ...{ ...training, ...tables, historySize, random },
    stateLayer: stateLayers[stateModule],
    candidateCount: Math.min(32, world.itemCount),
    makeEnvironment: (session) =>
      movingTasteEnvironment({ world, users, historySize, random: visits.fork(String(session)) }),
  });
  await train({ agent, environment, steps });
  const policy = agent.policy();
  agent.dispose();
  return { policy, replay: agent.replay };
}
