import {
  assertCount,
  assertNumbers,
  assertSchedules,
  integerFrom,
  scheduled,
  SessionReturns,
  SHARE,
  tidyValues,
  type Actor,
  type Figures,
  type Schedule,
  type SessionStep,
  type Weights,
} from '@rl-recsys/agent';
import { assertMember, type DiscreteSpace, type Space } from '@rl-recsys/environment';
import {
  assertOptionNames,
  restoreTogether,
  type OptionNames,
  type Random,
  type SavedState,
} from '@rl-recsys/random';
import { linearSchedule, type Transition } from '@rl-recsys/replay-buffer';
import * as tf from '@tensorflow/tfjs-core';
import { flatteningOf, type Flattening } from '../vector-fields.js';
import type { ActionValueNetwork } from './action-value-network.js';
import type { DqnFields } from './dqn-learner.js';

/** How DQN explores, and what it makes of steps. */
export interface DqnActorOptions<Observation> {
  /** What is observed; boxes, discrete values and dicts of them are flattened into one vector. */
  readonly observationSpace: Space<Observation>;
  /** What may be done: a discrete space. */
  readonly actionSpace: Space<number>;
  readonly random: Random;
  /** What a reward one step later is worth (default 0.99; Mnih et al. 2015, extended data table 1). */
  readonly gamma?: number;
  /** n of n-step returns (default 1). */
  readonly returnSteps?: number;
  /** Rounds of uniform actions before any learning (default 1000). */
  readonly warmup?: number;
  /** ε, how often exploration draws a uniform action (default: from 1 to 0.05 over the first 10,000 rounds). */
  readonly epsilon?: Schedule;
}

/** The names of {@link DqnActorOptions}. */
export const DQN_ACTOR_NAMES: OptionNames<DqnActorOptions<never>> = {
  ...{ observationSpace: true, actionSpace: true, random: true, gamma: true, returnSteps: true },
  ...{ warmup: true, epsilon: true },
};

const EPSILON: Schedule = (round) => linearSchedule(round, { from: 1, to: 0.05, steps: 10_000 });

/** The actor of DQN: the action of the highest value, and ε-greedily any other. */
export class DqnActor<Observation> implements Actor<Observation, number, DqnFields> {
  private readonly start: number;
  private readonly flattening: Flattening<Observation>;
  private readonly returns: SessionReturns<Float32Array, number>;
  private readonly random: Random;
  private rounds = 0;

  /** @throws TypeError where actions are not discrete, RangeError where an option is out of range or unknown. */
  constructor(
    private readonly network: ActionValueNetwork,
    private readonly options: DqnActorOptions<Observation>,
  ) {
    assertOptionNames(options, DQN_ACTOR_NAMES);
    const { observationSpace, actionSpace, random, gamma = 0.99, returnSteps = 1 } = options;
    assertNumbers(integerFrom(0), { warmup: options.warmup });
    assertSchedules(SHARE, { epsilon: options.epsilon });
    this.start = asDiscrete(actionSpace).start;
    this.flattening = flatteningOf(observationSpace);
    this.returns = new SessionReturns({ steps: returnSteps, gamma });
    this.random = random.fork('exploration');
  }

  begin(): void {
    this.returns.drop();
  }

  act(observations: readonly Observation[]): number[] {
    const { flattening, start } = this;
    const count = observations.length;
    if (count === 0) return [];
    const states = flattening.flatten(observations);
    const best = tidyValues(() =>
      tf.argMax(this.network.apply(tf.tensor2d(states, [count, flattening.size])), 1),
    );
    return Array.from(best, (index) => start + index);
  }

  explore(observations: readonly Observation[]): number[] {
    const { actionSpace } = this.options;
    const epsilon = this.epsilonOf(this.rounds++);
    const isUniform = observations.map(() => this.random.uniform() < epsilon);
    const best = isUniform.every(Boolean) ? [] : this.act(observations);
    return isUniform.map((uniform, place) => (uniform ? actionSpace.sample(this.random) : best[place]!));
  }

  observe(step: SessionStep<Observation, number>): readonly Transition<DqnFields>[] {
    assertMember(this.options.actionSpace, step.action, 'action');
    return this.returns.push({
      ...step,
      observation: this.flattening.flatten([step.observation]),
      action: step.action - this.start,
      nextObservation: this.flattening.flatten([step.nextObservation]),
    });
  }

  /** `epsilon` of the last round. */
  figures(): Figures {
    return { epsilon: this.epsilonOf(Math.max(0, this.rounds - 1)) };
  }

  takeWeights(weights: Weights): void {
    this.network.takeWeights(weights);
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

  private epsilonOf(round: number): number {
    const { warmup = 1000, epsilon = EPSILON } = this.options;
    return round < warmup ? 1 : scheduled(epsilon, round);
  }
}

/** @throws TypeError where the space is not discrete. */
export function asDiscrete(space: Space<number>): DiscreteSpace {
  const { kind } = space as DiscreteSpace;
  if (kind !== 'discrete') throw new TypeError(`actionSpace: expected a discrete space, got ${String(kind)}`);
  return space as DiscreteSpace;
}
