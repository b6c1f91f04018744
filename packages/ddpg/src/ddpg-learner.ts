import {
  assertNumbers,
  SHARE,
  tidyValues,
  valueFigures,
  type Figures,
  type Learner,
  type LearnResult,
  type Weights,
} from '@rl-recsys/agent';
import { assertOptionNames, type OptionNames, type Random, type SavedState } from '@rl-recsys/random';
import type { Batch, Transition } from '@rl-recsys/replay-buffer';
import { activeKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { ActorCritic } from './actor-critic.js';
import type { DdpgLearnResult } from './ddpg-batch.js';
import { DDPG_OPTION_NAMES, type DdpgOptions } from './ddpg-options.js';
import { fuse } from './fuse.js';
import type { FusedUpdate } from './fused-update.js';
import { createActor, createCritic } from './networks.js';
import { vectorFields, type VectorFields } from './vector-fields.js';

/** What a {@link DdpgLearner} is made from. */
export interface DdpgLearnerOptions extends DdpgOptions {
  readonly stateSize: number;
  readonly actionSize: number;
  /** 1 is DDPG's critic (default), 2 are TD3's. */
  readonly criticCount?: 1 | 2;
  /** Units of each hidden layer (default 128). */
  readonly hiddenSize?: number;
  /** Draws the starting weights. */
  readonly random: Random;
}

/** The names of {@link DdpgLearnerOptions}. */
export const DDPG_LEARNER_NAMES: OptionNames<DdpgLearnerOptions> = {
  ...{ stateSize: true, actionSize: true, criticCount: true, hiddenSize: true, random: true },
  ...DDPG_OPTION_NAMES,
};

/** The learner of DDPG and TD3 over vectors: where fast kernels are active it makes each update in one go. */
export class DdpgLearner implements Learner<VectorFields> {
  readonly fields: VectorFields;
  /** The networks, their targets and optimizers. */
  readonly actorCritic: ActorCritic;
  private fused: FusedUpdate<Float32Array> | undefined;

  /** @throws RangeError where an option is out of range or unknown. */
  constructor(options: DdpgLearnerOptions) {
    assertOptionNames(options, DDPG_LEARNER_NAMES);
    const { stateSize, actionSize, criticCount = 1, hiddenSize = 128, random, ...rest } = options;
    if (criticCount !== 1 && criticCount !== 2) {
      throw new RangeError(`criticCount: expected 1 or 2, got ${String(criticCount)}`);
    }
    this.fields = vectorFields({ stateSize, actionSize });
    const sizes = { stateSize, actionSize, hiddenSize };
    this.actorCritic = new ActorCritic(
      () => ({
        actor: createActor({ ...sizes, random: random.fork('actor') }),
        critics: Array.from({ length: criticCount }, (_, index) =>
          createCritic({ ...sizes, random: random.fork(`critic ${index}`) }),
        ),
      }),
      rest,
    );
  }

  assertTransition({ discount }: Transition<VectorFields>): void {
    assertNumbers(SHARE, { discount });
  }

  learn(batch: Batch<VectorFields>): LearnResult {
    const { tdErrors, ...figures } = this.update(batch);
    return { figures, tdErrors };
  }

  /** Figures of a batch: `meanQ` and `maxQ`. */
  inspect({ columns, weights }: Batch<VectorFields>): Figures {
    const values = tidyValues(() =>
      this.actorCritic.value({
        observation: [matrix(columns.observation, weights.length)],
        action: matrix(columns.action, weights.length),
      }),
    );
    return valueFigures(values);
  }

  weights(): Weights {
    return this.actorCritic.weights();
  }

  scaleLearningRates(share: number): void {
    this.actorCritic.scaleLearningRates(share);
  }

  state(): SavedState {
    return this.actorCritic.state();
  }

  restore(state: SavedState): void {
    this.actorCritic.restore(state);
  }

  dispose(): void {
    this.fused?.free();
    this.fused = undefined;
    this.actorCritic.dispose();
  }

  private update({ columns, weights }: Batch<VectorFields>): DdpgLearnResult {
    this.actorCritic.assertInUse('learn');
    if (activeKernels() !== this.fused?.fast || this.fused?.batchSize !== weights.length) {
      this.fused?.free();
      this.fused = fuse(this.actorCritic, weights.length);
    }
    if (this.fused) return this.fused.learn({ ...columns, weight: weights });
    const batch = tf.tidy(() => ({
      observation: [matrix(columns.observation, weights.length)],
      action: matrix(columns.action, weights.length),
      reward: tf.tensor1d(columns.reward),
      discount: tf.tensor1d(columns.discount),
      nextObservation: [matrix(columns.nextObservation, weights.length)],
      weight: tf.tensor1d(weights),
    }));
    try {
      return this.actorCritic.learn(batch);
    } finally {
      tf.dispose(batch);
    }
  }
}

function matrix(column: Float32Array, rows: number): tf.Tensor2D {
  return tf.tensor2d(column, [rows, column.length / rows]);
}
