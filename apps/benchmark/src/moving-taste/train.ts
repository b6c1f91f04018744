import { ResidualPolicy, type EmbeddingTables, type ResidualFields } from '@rl-recsys/drr';
import type { BlockPlace } from '@rl-recsys/embeddings';
import type { Random } from '@rl-recsys/random';
import type { Replay } from '@rl-recsys/replay-buffer';
import type { MovingTasteWorld } from '@rl-recsys/simulators';
import type { StateLayerName } from '@rl-recsys/state';
import { planningOptions, trainInWorld } from '@rl-recsys/trainer/moving-taste/train-in-world';

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

/** DRR trained in a world, and what it was shown there. */
export async function trainPolicy({ stateModule, gates, ...training }: PolicyTraining): Promise<{
  readonly policy: ResidualPolicy;
  readonly replay: Replay<ResidualFields>;
}> {
  const historySize = training.world.dynamics.sessionLength; // so that the history tells how much of it is left
  const options = planningOptions({ historySize, stateModule, trainableEmbeddings: false });
  const { agent, replay } = await trainInWorld({
    ...training,
    agentOptions: { ...options, ...(gates && { gates }) },
    ...{ batchSize: 128, replay: 'uniform' },
    onMetrics: () => {},
  });
  return { policy: new ResidualPolicy(agent), replay };
}
