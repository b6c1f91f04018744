import {
  assertCount,
  assertNumbers,
  assertSchedules,
  gaussianNoise,
  integerFrom,
  scheduled,
  SessionReturns,
  SHARE,
  tidyValues,
  type Actor,
  type Noise,
  type Schedule,
  type SessionStep,
  type Weights,
} from '@rl-recsys/agent';
import type { BoxSpace, Space } from '@rl-recsys/environment';
import {
  assertOptionNames,
  restoreTogether,
  type OptionNames,
  type Random,
  type SavedState,
} from '@rl-recsys/random';
import type { Transition } from '@rl-recsys/replay-buffer';
import * as tf from '@tensorflow/tfjs-core';
import type { ActorCritic } from './actor-critic.js';
import { boxScale, type BoxScale } from './box-scale.js';
import { flatteningOf, type Flattening, type VectorFields } from './vector-fields.js';

/** How DDPG explores, and what it makes of steps. */
export interface DdpgActorOptions<Observation> {
  /** What is observed; boxes, discrete values and dicts of them are flattened into one vector. */
  readonly observationSpace: Space<Observation>;
  /** What may be done: a box whose bounds are all finite. */
  readonly actionSpace: Space<Float32Array>;
  readonly random: Random;
  /** What a reward one step later is worth (default 0.99; Lillicrap et al. 2015, section 7). */
  readonly gamma?: number;
  /** n of n-step returns (default 1). */
  readonly returnSteps?: number;
  /** Rounds of uniform actions before any learning (default 1000). */
  readonly warmup?: number;
  /** What exploration adds to actions in (−1, 1) (default: Gaussian, deviation 0.1). */
  readonly noise?: Noise;
  /** How often exploration draws a uniform action instead (default 0). */
  readonly epsilon?: Schedule;
}

/** The names of {@link DdpgActorOptions}. */
export const DDPG_ACTOR_NAMES: OptionNames<DdpgActorOptions<never>> = {
  ...{ observationSpace: true, actionSpace: true, random: true, gamma: true, returnSteps: true },
  ...{ warmup: true, noise: true, epsilon: true },
};

/** The actor of DDPG and TD3: a deterministic policy, and noise around it. Inside, actions lie in (−1, 1). */
export class DdpgActor<Observation> implements Actor<Observation, Float32Array, VectorFields> {
  private readonly scale: BoxScale;
  private readonly flattening: Flattening<Observation>;
  private readonly returns: SessionReturns<Float32Array, Float32Array>;
  private readonly noise: Noise;
  private readonly random: Random;
  private readonly actionSpace: Space<Float32Array>;
  private readonly warmup: number;
  private readonly epsilon: Schedule;
  private rounds = 0;

  /** @throws TypeError where actions are no box, RangeError where a bound is not finite or an option is out of range or unknown. */
  constructor(
    private readonly networks: Pick<ActorCritic, 'act' | 'takeWeights'>,
    options: DdpgActorOptions<Observation>,
  ) {
    assertOptionNames(options, DDPG_ACTOR_NAMES);
    const { observationSpace, actionSpace, random, gamma = 0.99, returnSteps = 1 } = options;
    const { warmup = 1000, epsilon = 0 } = options;
    assertNumbers(integerFrom(0), { warmup });
    assertSchedules(SHARE, { epsilon });
    this.warmup = warmup;
    this.epsilon = epsilon;
    this.actionSpace = actionSpace;
    this.scale = boxScale(actionSpace);
    this.flattening = flatteningOf(observationSpace);
    this.returns = new SessionReturns({ steps: returnSteps, gamma });
    this.random = random.fork('exploration');
    this.noise = options.noise ?? gaussianNoise({ deviation: 0.1, random: random.fork('noise') });
  }

  begin(): void {
    this.returns.drop();
    this.noise.reset();
  }

  act(observations: readonly Observation[]): Float32Array[] {
    return this.policyActions(observations).map((action) => this.scale.toBox(action));
  }

  explore(observations: readonly Observation[], sessions: readonly number[]): Float32Array[] {
    const { warmup, epsilon, actionSpace } = this;
    const round = this.rounds++;
    const isUniform = observations.map(
      () => round < warmup || this.random.uniform() < scheduled(epsilon, round),
    );
    const actions = isUniform.every(Boolean) ? [] : this.policyActions(observations);
    return isUniform.map((uniform, place) => {
      if (uniform) return actionSpace.sample(this.random);
      const action = actions[place]!;
      this.noise.addTo(action, sessions[place]);
      return this.scale.toBox(action);
    });
  }

  observe(step: SessionStep<Observation, Float32Array>): readonly Transition<VectorFields>[] {
    const { flattening, scale, noise } = this;
    const finished = this.returns.push({
      ...step,
      observation: flattening.flatten([step.observation]),
      action: scale.fromBox(step.action),
      nextObservation: flattening.flatten([step.nextObservation]),
    });
    if (step.terminated || step.truncated) noise.reset(step.session);
    return finished;
  }

  takeWeights(weights: Weights): void {
    this.networks.takeWeights(weights);
  }

  atRound(round: number): void {
    this.rounds = round;
  }

  state(): SavedState {
    const { rounds, random, noise, returns } = this;
    return { rounds, random: random.state(), noise: noise.state(), returns: returns.state() };
  }

  restore(state: SavedState): void {
    const { rounds, random, noise, returns } = (state ?? {}) as Record<string, SavedState>;
    assertCount('rounds', rounds);
    restoreTogether([
      [this.random, random],
      [this.noise, noise],
      [this.returns, returns],
    ]);
    this.rounds = rounds;
  }

  /** π(s) in (−1, 1), one array an observation. */
  private policyActions(observations: readonly Observation[]): Float32Array[] {
    const { flattening } = this;
    const count = observations.length;
    if (count === 0) return [];
    const states = flattening.flatten(observations);
    const actions = tidyValues(() => this.networks.act([tf.tensor2d(states, [count, flattening.size])]));
    const size = actions.length / count;
    return observations.map((_, row) => actions.slice(row * size, (row + 1) * size));
  }
}

/** How long a box of actions is. */
export function actionSizeOf(actionSpace: Space<Float32Array>): number {
  return (actionSpace as BoxSpace).length;
}
