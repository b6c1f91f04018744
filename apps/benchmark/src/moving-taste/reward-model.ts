import {
  learningRateShare,
  RewardModel,
  SIMULATED_SESSIONS,
  type EmbeddingTables,
  type ResidualFields,
} from '@rl-recsys/drr';
import type { BlockPlace } from '@rl-recsys/embeddings';
import type { Random } from '@rl-recsys/random';
import type { Replay } from '@rl-recsys/replay-buffer';
import { stateLayers, type StateLayerName } from '@rl-recsys/state';

/**
 * The greedy reward model, from what a myopic agent has shown: as many updates as that agent made, at a rate
 * that falls in the second half as well.
 */
export function trainRewardModel(options: {
  readonly world: { readonly dynamics: { readonly sessionLength: number } };
  readonly tables: EmbeddingTables;
  readonly blocks: readonly BlockPlace[];
  readonly stateModule: StateLayerName;
  /** Of one-step transitions. */
  readonly replay: Replay<ResidualFields>;
  readonly steps: number;
  readonly sessions?: number;
  readonly random: Random;
}): RewardModel {
  const {
    world,
    tables,
    blocks,
    stateModule,
    replay,
    steps,
    sessions = SIMULATED_SESSIONS,
    random,
  } = options;
  const model = new RewardModel({
    ...{ ...tables, blocks, historySize: world.dynamics.sessionLength },
    stateLayer: stateLayers[stateModule],
    rewardsInState: true,
    dropout: 0, // as of the agent in a simulator
    random,
  });
  const batch = replay.createBatch(128);
  replay.sample(batch, { beta: 1 });
  model.prepare(batch);
  const updates = 4 * Math.ceil(steps / sessions); // as many as the agent's
  for (let update = 0; update < updates; update++) {
    model.scaleLearningRates(learningRateShare(update, updates));
    replay.sample(batch, { beta: 1 });
    model.learn(batch);
  }
  return model;
}
