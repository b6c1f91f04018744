import * as tf from '@tensorflow/tfjs-core';
import { flatSize, flattenInto, type BoxSpace, type Space } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import {
  float32,
  NStepReturns,
  UniformReplay,
  type Batch,
  type EnvironmentStep,
  type Field,
} from '@rl-recsys/replay-buffer';
import { activeKernels } from '@rl-recsys/wasm-kernels';
import { boxScale, type BoxScale } from './box-scale.js';
import type { Agent } from './agent.js';
import { fuse } from './fuse.js';
import type { FusedUpdate } from './fused-update.js';
import { DdpgLearner } from './learner.js';
import type { DdpgLearnResult } from './learner-batch.js';
import type { DdpgOptions } from './learner-options.js';
import { createActor, createCritic } from './networks.js';
import { gaussianNoise, scheduled, type Noise, type Schedule } from './noise.js';
import { tidyValues } from './tidy-values.js';

export interface DdpgAgentOptions<Observation> extends DdpgOptions {
  /** What is observed; boxes, discrete values and dicts of them are flattened into one vector. */
  readonly observationSpace: Space<Observation>;
  /** What may be done: a box whose bounds are all finite. */
  readonly actionSpace: Space<Float32Array>;
  readonly random: Random;
  /** 1 is DDPG's critic (default), 2 are TD3's. */
  readonly criticCount?: 1 | 2;
  /** Units of each hidden layer (default 128). */
  readonly hiddenSize?: number;
  /** What a reward one step later is worth (default 0.99; Lillicrap et al. 2015, section 7). */
  readonly gamma?: number;
  /** n of n-step returns (default 1). */
  readonly returnSteps?: number;
  /** Transitions in an update (default 64; the same section). */
  readonly batchSize?: number;
  /** Transitions kept (default 100,000). */
  readonly capacity?: number;
  /** Actions drawn uniformly before any learning (default 1000). */
  readonly warmup?: number;
  /** What exploration adds to actions in (−1, 1) (default: Gaussian, deviation 0.1). */
  readonly noise?: Noise;
  /** How often exploration draws a uniform action instead (default 0). */
  readonly epsilon?: Schedule;
}

/** What TD3 changes (Fujimoto et al. 2018, table 3); spread it into the options of an agent. */
export function td3(
  random: Random,
): Required<Pick<DdpgAgentOptions<never>, 'criticCount' | 'policyDelay' | 'targetSmoothing'>> {
  return { criticCount: 2, policyDelay: 2, targetSmoothing: { deviation: 0.2, clip: 0.5, random } };
}

type TransitionFields = {
  readonly observation: Field<'float32'>;
  readonly action: Field<'float32'>;
  readonly reward: Field<'float32', 1>;
  readonly discount: Field<'float32', 1>;
  readonly nextObservation: Field<'float32'>;
};

/**
 * DDPG, or TD3, for any environment with a box of actions: networks, noise and replay in one.
 *
 * Inside, actions lie in (−1, 1); they are scaled to the box on their way out. After a warm-up of
 * uniform actions it learns once a step.
 */
export class DdpgAgent<Observation> implements Agent<Observation, Float32Array> {
  readonly learner: DdpgLearner;
  private readonly scale: BoxScale;
  private readonly stateSize: number;
  private readonly returns: NStepReturns<Float32Array, Float32Array>;
  private readonly replay: UniformReplay<TransitionFields>;
  private readonly batch: Batch<TransitionFields>;
  private readonly noise: Noise;
  private readonly random: Random;
  private fused: FusedUpdate<Float32Array> | undefined;
  private steps = 0;

  /** @throws TypeError where actions are no box, RangeError where a bound of the actions is not finite or an option is out of range. */
  constructor(private readonly options: DdpgAgentOptions<Observation>) {
    const { observationSpace, actionSpace, random, hiddenSize = 128, criticCount = 1, ...rest } = options;
    const { gamma = 0.99, returnSteps = 1, batchSize = 64, capacity = 100_000 } = rest;
    this.scale = boxScale(actionSpace);
    const actionSize = (actionSpace as BoxSpace).length;
    this.stateSize = flatSize(observationSpace);
    const sizes = { stateSize: this.stateSize, actionSize, hiddenSize };
    this.learner = new DdpgLearner(
      () => ({
        actor: createActor({ ...sizes, random: random.fork('actor') }),
        critics: Array.from({ length: criticCount }, (_, index) =>
          createCritic({ ...sizes, random: random.fork(`critic ${index}`) }),
        ),
      }),
      rest,
    );
    this.returns = new NStepReturns({ steps: returnSteps, gamma });
    const fields = {
      observation: float32(this.stateSize),
      action: float32(actionSize),
      reward: float32(),
      discount: float32(),
      nextObservation: float32(this.stateSize),
    };
    this.replay = new UniformReplay({ capacity, fields, random: random.fork('replay') });
    this.batch = this.replay.createBatch(batchSize);
    this.random = random.fork('exploration');
    this.noise = rest.noise ?? gaussianNoise({ deviation: 0.1, random: random.fork('noise') });
  }

  act(observation: Observation): Float32Array {
    return this.scale.toBox(this.policyAction(observation));
  }

  explore(observation: Observation): Float32Array {
    const { warmup = 1000, epsilon = 0, actionSpace } = this.options;
    const uniform = this.steps < warmup || this.random.uniform() < scheduled(epsilon, this.steps);
    if (uniform) return actionSpace.sample(this.random);
    const action = this.policyAction(observation);
    this.noise.addTo(action);
    return this.scale.toBox(action);
  }

  observe(step: EnvironmentStep<Observation, Float32Array>): DdpgLearnResult | undefined {
    const { warmup = 1000 } = this.options;
    const transitions = this.returns.push({
      ...step,
      observation: this.flatten(step.observation),
      action: this.scale.fromBox(step.action),
      nextObservation: this.flatten(step.nextObservation),
    });
    for (const transition of transitions) this.replay.add(transition);
    if (step.terminated || step.truncated) this.noise.reset();
    this.steps += 1;
    if (this.steps <= warmup || this.replay.size < this.batch.ids.length) return undefined;
    this.replay.sample(this.batch);
    return this.learn();
  }

  /**
   * The first critic's value of each of several actions in one observation.
   *
   * @param actions - float32 `[actions, actionSize]`, in (−1, 1) as the networks see them.
   * @returns float32 `[actions]`
   */
  valuesOf(observation: Observation, actions: Float32Array): Float32Array {
    const { length: actionSize } = this.options.actionSpace as BoxSpace;
    const count = actions.length / actionSize;
    return tidyValues(() => {
      const state = tf.tile(tf.tensor2d(this.flatten(observation), [1, this.stateSize]), [count, 1]);
      const [critic] = this.learner.networks.critics;
      return critic!.apply([state, tf.tensor2d(actions, [count, actionSize])]) as tf.Tensor;
    });
  }

  /** Frees the networks. */
  dispose(): void {
    this.fused?.free();
    this.learner.dispose();
  }

  private learn(): DdpgLearnResult {
    const { columns, weights } = this.batch;
    if (activeKernels() !== this.fused?.fast) {
      this.fused?.free();
      this.fused = fuse(this.learner, weights.length);
    }
    if (this.fused) return this.fused.learn({ ...columns, weight: weights });
    const matrix = (column: Float32Array) =>
      tf.tensor2d(column, [weights.length, column.length / weights.length]);
    const batch = tf.tidy(() => ({
      observation: [matrix(columns.observation)],
      action: matrix(columns.action),
      reward: tf.tensor1d(columns.reward),
      discount: tf.tensor1d(columns.discount),
      nextObservation: [matrix(columns.nextObservation)],
      weight: tf.tensor1d(weights),
    }));
    try {
      return this.learner.learn(batch);
    } finally {
      tf.dispose(batch);
    }
  }

  private policyAction(observation: Observation): Float32Array {
    const state = this.flatten(observation);
    return tidyValues(() => this.learner.act([tf.tensor2d(state, [1, this.stateSize])]));
  }

  private flatten(observation: Observation): Float32Array {
    const vector = new Float32Array(this.stateSize);
    flattenInto(this.options.observationSpace, observation, vector, 0);
    return vector;
  }
}
