import { ResidualAgent, type EmbeddingTables, type ResidualFields } from '@rl-recsys/drr';
import type { BlockPlace } from '@rl-recsys/embeddings';
import type { MaybePromise } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import type { Replay } from '@rl-recsys/replay-buffer';
import { movingTasteEnvironment, type MovingTasteWorld } from '@rl-recsys/simulators';
import { stateLayers } from '@rl-recsys/state';
import { createReplay } from '../create-replay.js';
import type { TrainingMetrics } from '../metrics.js';
import type { TrainOptions } from '../options.js';
import type { AgentOptions } from '../residual-recommender.js';
import { trainResidual } from '../train-residual.js';

/**
 * n of n-step returns: a mood lasts for some steps after an item. Bootstrapped after one step, three quarters of
 * what planning gains were reached, after five 0.9 (`movingTasteTypes`, on users apart from those measured).
 */
const RETURN_STEPS = 5;

/** How an agent is made that learns in a simulator, where data comes without end. */
export function planningOptions({
  historySize,
  stateModule,
  trainableEmbeddings,
}: Pick<TrainOptions, 'historySize' | 'stateModule' | 'trainableEmbeddings'>): Omit<AgentOptions, 'gates'> {
  return {
    ...{ historySize, stateLayer: stateLayers[stateModule], trainableItems: trainableEmbeddings },
    rewardsInState: true, // satiation and mood show in what items earned
    residualRange: 2.5, // the optimum is far from where it starts
    temperature: 0.2,
    actorDropout: 0, // there is no end of fresh data
    criticDropout: 0,
    actorLearningRate: 1e-3,
  };
}

export interface WorldTraining {
  readonly world: MovingTasteWorld;
  readonly tables: EmbeddingTables;
  readonly blocks: readonly BlockPlace[];
  readonly agentOptions: Omit<AgentOptions, 'gates'> & Partial<Pick<AgentOptions, 'gates'>>;
  /** Who comes in training. */
  readonly users: ArrayLike<number>;
  /** 0 makes it myopic: it then learns what the next item earns and nothing else. */
  readonly gamma: number;
  readonly steps: number;
  readonly batchSize: number;
  readonly replay: TrainOptions['replay'];
  readonly random: Random;
  readonly onMetrics: (metrics: TrainingMetrics) => MaybePromise<void>;
}

/** Trains DRR in a world of moving taste, where it sees what was shown and earned, and never the state. */
export async function trainInWorld(
  options: WorldTraining,
): Promise<{ readonly agent: ResidualAgent; readonly replay: Replay<ResidualFields> }> {
  const { world, tables, blocks, agentOptions, users, gamma, steps, batchSize, random, onMetrics } = options;
  const agent = new ResidualAgent({
    ...{ ...agentOptions, ...tables, blocks },
    candidateCount: Math.min(32, world.itemCount),
    random: random.fork('agent'),
  });
  const replay = createReplay(options.replay, {
    fields: agent.fields,
    steps: steps + 64, // whole rounds of sessions side by side
    random: random.fork('replay'),
  });
  const visits = random.fork('environment');
  const { historySize } = agent;
  await trainResidual({
    makeEnvironment: (index) =>
      movingTasteEnvironment({ world, users, historySize, random: visits.fork(String(index)) }),
    ...{ agent, replay, random: random.fork('exploration'), steps, batchSize, gamma, onMetrics },
    returnSteps: gamma === 0 ? 1 : RETURN_STEPS,
    lastEpsilon: 0.1,
  });
  return { agent, replay };
}
