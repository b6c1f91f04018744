import {
  assertCount,
  assertNumbers,
  integerFrom,
  SessionReturns,
  tidyValues,
  type Actor,
  type SessionStep,
  type Weights,
} from '@rl-recsys/agent';
import type { Space } from '@rl-recsys/environment';
import {
  assertOptionNames,
  restoreTogether,
  type OptionNames,
  type Random,
  type SavedState,
} from '@rl-recsys/random';
import type { Transition } from '@rl-recsys/replay-buffer';
import * as tf from '@tensorflow/tfjs-core';
import { boxScale, type BoxScale } from '../box-scale.js';
import { actionSizeOf } from '../ddpg-actor.js';
import type { DenseNetwork } from '../dense-network.js';
import { flatteningOf, type Flattening, type VectorFields } from '../vector-fields.js';
import { squashedAction } from './squashed-gaussian.js';

/** How SAC explores, and what it makes of steps. */
export interface SacActorOptions<Observation> {
  /** What is observed; boxes, discrete values and dicts of them are flattened into one vector. */
  readonly observationSpace: Space<Observation>;
  /** What may be done: a box whose bounds are all finite. */
  readonly actionSpace: Space<Float32Array>;
  readonly random: Random;
  /** What a reward one step later is worth (default 0.99; Haarnoja et al. 2018, table 1). */
  readonly gamma?: number;
  /** n of n-step returns (default 1). */
  readonly returnSteps?: number;
  /** Rounds of uniform actions before any learning (default 1000). */
  readonly warmup?: number;
}

/** The names of {@link SacActorOptions}. */
export const SAC_ACTOR_NAMES: OptionNames<SacActorOptions<never>> = {
  ...{ observationSpace: true, actionSpace: true, random: true, gamma: true, returnSteps: true },
  warmup: true,
};

/** The actor of SAC: it explores by drawing from the policy, and its best action is tanh μ(s). */
export class SacActor<Observation> implements Actor<Observation, Float32Array, VectorFields> {
  private readonly scale: BoxScale;
  private readonly flattening: Flattening<Observation>;
  private readonly returns: SessionReturns<Float32Array, Float32Array>;
  private readonly actionSize: number;
  private readonly random: Random;
  private rounds = 0;

  /** @throws TypeError where actions are no box, RangeError where a bound is not finite or an option is out of range or unknown. */
  constructor(
    private readonly policy: DenseNetwork,
    private readonly options: SacActorOptions<Observation>,
  ) {
    assertOptionNames(options, SAC_ACTOR_NAMES);
    const { observationSpace, actionSpace, random, gamma = 0.99, returnSteps = 1 } = options;
    assertNumbers(integerFrom(0), { warmup: options.warmup });
    this.scale = boxScale(actionSpace);
    this.flattening = flatteningOf(observationSpace);
    this.returns = new SessionReturns({ steps: returnSteps, gamma });
    this.actionSize = actionSizeOf(actionSpace);
    this.random = random.fork('exploration');
  }

  begin(): void {
    this.returns.drop();
  }

  act(observations: readonly Observation[]): Float32Array[] {
    return this.policyActions(observations, new Float32Array(observations.length * this.actionSize));
  }

  explore(observations: readonly Observation[]): Float32Array[] {
    const { warmup = 1000, actionSpace } = this.options;
    if (this.rounds++ < warmup) return observations.map(() => actionSpace.sample(this.random));
    const length = observations.length * this.actionSize;
    return this.policyActions(
      observations,
      Float32Array.from({ length }, () => this.random.normal()),
    );
  }

  observe(step: SessionStep<Observation, Float32Array>): readonly Transition<VectorFields>[] {
    return this.returns.push({
      ...step,
      observation: this.flattening.flatten([step.observation]),
      action: this.scale.fromBox(step.action),
      nextObservation: this.flattening.flatten([step.nextObservation]),
    });
  }

  takeWeights(weights: Weights): void {
    this.policy.takeWeights(weights);
  }

  atRound(round: number): void {
    this.rounds = round;
  }

  state(): SavedState {
    return { rounds: this.rounds, random: this.random.state(), returns: this.returns.state() };
  }

  restore(state: SavedState): void {
    const { rounds, random, returns } = (state ?? {}) as Record<string, SavedState>;
    assertCount('rounds', rounds);
    restoreTogether([
      [this.random, random],
      [this.returns, returns],
    ]);
    this.rounds = rounds;
  }

  /** The policy's actions in the box, one array an observation, by the noise `[observations, actionSize]`. */
  private policyActions(observations: readonly Observation[], noise: Float32Array): Float32Array[] {
    const { flattening, actionSize } = this;
    const count = observations.length;
    if (count === 0) return [];
    const states = flattening.flatten(observations);
    const actions = tidyValues(() =>
      squashedAction(this.policy.apply(tf.tensor2d(states, [count, flattening.size])), noise),
    );
    return observations.map((_, row) =>
      this.scale.toBox(actions.slice(row * actionSize, (row + 1) * actionSize)),
    );
  }
}
