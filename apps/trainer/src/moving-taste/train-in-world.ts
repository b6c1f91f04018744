import { ResidualAgent, ResidualPolicy, type EmbeddingTables } from '@rl-recsys/drr';
import type { BlockPlace } from '@rl-recsys/embeddings';
import type { Random } from '@rl-recsys/random';
import { UniformReplay } from '@rl-recsys/replay-buffer';
import { movingTasteEnvironment, type MovingTasteWorld } from '@rl-recsys/simulators';
import { trainResidual } from '@rl-recsys/trainer/train-residual';

/** The whole session, so that the history tells how much of it is left. */
export const HISTORY_SIZE = 20;

export interface WorldTraining {
  readonly world: MovingTasteWorld;
  readonly tables: EmbeddingTables;
  readonly blocks: readonly BlockPlace[];
  readonly gates?: Readonly<Record<string, number>>;
  /** Who comes in training. */
  readonly users: ArrayLike<number>;
  /** 0 makes it myopic: it then learns what the next item earns and nothing else. */
  readonly gamma: number;
  readonly steps: number;
  readonly random: Random;
}

/** Trains DRR in a world of moving taste, where it sees what was shown and earned, and never the state. */
export async function trainInWorld(options: WorldTraining): Promise<ResidualPolicy> {
  const { world, tables, blocks, gates, users, gamma, steps, random } = options;
  const agent = new ResidualAgent({
    ...{ ...tables, blocks, historySize: HISTORY_SIZE, candidateCount: Math.min(32, world.itemCount) },
    ...(gates ? { gates } : {}),
    rewardsInState: true, // satiation and mood show in what items earned
    residualRange: 2.5, // the optimum is far from where it starts
    temperature: 0.2,
    actorDropout: 0, // there is no end of fresh data
    criticDropout: 0,
    actorLearningRate: 1e-3,
    random: random.fork('agent'),
  });
  const replay = new UniformReplay({
    capacity: steps + 64,
    fields: agent.fields,
    random: random.fork('replay'),
  });
  const visits = random.fork('environment');
  await trainResidual({
    makeEnvironment: (index) =>
      movingTasteEnvironment({ world, users, historySize: HISTORY_SIZE, random: visits.fork(String(index)) }),
    ...{ agent, replay, random: random.fork('exploration'), steps, gamma, batchSize: 128, lastEpsilon: 0.1 },
    onMetrics: () => {},
  });
  return new ResidualPolicy(agent);
}
