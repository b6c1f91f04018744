import type { Figures, LearningPace, SessionStep, SplitAgent, Weights } from '@rl-recsys/agent';
import { assertMember, box, discrete, type Space } from '@rl-recsys/environment';
import {
  assertOptionNames,
  namesWithout,
  optionsNamed,
  type OptionNames,
  type SavedState,
} from '@rl-recsys/random';
import type { Transition } from '@rl-recsys/replay-buffer';
import { DDPG_AGENT_NAMES, DdpgAgent, type DdpgAgentOptions } from './ddpg-agent.js';
import type { VectorFields } from './vector-fields.js';
import { wolpertinger } from './wolpertinger.js';

export interface WolpertingerAgentOptions<Observation> extends Omit<
  DdpgAgentOptions<Observation>,
  'actionSpace'
> {
  /** What stands for each action, float32 `[count, size]`, every number from −1 to 1. */
  readonly vectors: Float32Array;
  /** How many numbers stand for one action. */
  readonly vectorSize: number;
  /** k, how many of the nearest actions the critic compares. */
  readonly neighbors: number;
  /** Whether an action may be taken; by default all may. */
  readonly isAllowed?: (observation: Observation, action: number) => boolean;
}

const INNER_NAMES = namesWithout(DDPG_AGENT_NAMES, 'actionSpace');

const NAMES: OptionNames<WolpertingerAgentOptions<never>> = {
  ...{ vectors: true, vectorSize: true, neighbors: true, isAllowed: true },
  ...INNER_NAMES,
};

/**
 * DDPG, or TD3, for many discrete actions, given by their index: the actor says a vector, and of the
 * allowed actions nearest to it the critic takes the best. It explores by the action nearest to a noisy
 * vector, and learns from the vector of the action that was taken.
 *
 * See "Deep reinforcement learning in large discrete action spaces", Dulac-Arnold et al. 2015, arXiv
 * 1512.07679.
 */
export class WolpertingerAgent<Observation> implements SplitAgent<Observation, number, VectorFields> {
  /** What learns, and says the vectors. */
  readonly inner: DdpgAgent<Observation>;
  private readonly actions: Space<number>;

  /**
   * @throws RangeError where `neighbors` is not a positive integer, the vectors don't fit their size, a number is outside −1 to 1,
   * or an option is out of range or unknown.
   */
  constructor(private readonly options: WolpertingerAgentOptions<Observation>) {
    const { vectors, vectorSize, neighbors } = options;
    assertOptionNames(options, NAMES);
    if (!Number.isSafeInteger(neighbors) || neighbors < 1) {
      throw new RangeError(`neighbors: expected a positive integer, got ${neighbors}`);
    }
    if (
      !(Number.isSafeInteger(vectorSize) && vectorSize >= 1) ||
      vectors.length === 0 ||
      vectors.length % vectorSize !== 0
    ) {
      throw new RangeError(`vectorSize: expected a divisor of ${vectors.length}, got ${vectorSize}`);
    }
    const bad = vectors.findIndex((number) => !(Math.abs(number) <= 1));
    if (bad >= 0) throw new RangeError(`vectors[${bad}]: expected −1 to 1, got ${vectors[bad]}`);
    this.actions = discrete(vectors.length / vectorSize);
    const actionSpace = box({ low: -1, high: 1, length: vectorSize });
    this.inner = new DdpgAgent({ ...optionsNamed(options, INNER_NAMES), actionSpace });
  }

  begin(): void {
    this.inner.begin();
  }

  act(observations: readonly Observation[]): number[] {
    const { neighbors } = this.options;
    const actions = this.inner.act(observations);
    return observations.map((observation, place) => this.choose(observation, actions[place]!, neighbors));
  }

  explore(observations: readonly Observation[], sessions: readonly number[]): number[] {
    // The nearest alone: were the critic asked, it would take the same action whatever was drawn.
    const actions = this.inner.explore(observations, sessions);
    return observations.map((observation, place) => this.choose(observation, actions[place]!, 1));
  }

  observe(steps: readonly SessionStep<Observation, number>[]): readonly Figures[] {
    return this.inner.observe(this.withVectors(steps));
  }

  collect(steps: readonly SessionStep<Observation, number>[]): readonly Transition<VectorFields>[] {
    return this.inner.collect(this.withVectors(steps));
  }

  assertTransitions(transitions: readonly Transition<VectorFields>[]): void {
    this.inner.assertTransitions(transitions);
  }

  store(transitions: readonly Transition<VectorFields>[]): void {
    this.inner.store(transitions);
  }

  get canLearn(): boolean {
    return this.inner.canLearn;
  }

  get pace(): LearningPace {
    return this.inner.pace;
  }

  get fields(): VectorFields {
    return this.inner.fields;
  }

  update(): Figures {
    return this.inner.update();
  }

  weights(): Weights {
    return this.inner.weights();
  }

  takeWeights(weights: Weights): void {
    this.inner.takeWeights(weights);
  }

  atRound(round: number): void {
    this.inner.atRound(round);
  }

  state(): SavedState {
    return this.inner.state();
  }

  /** As `state`, without a copy of the replay buffer's transitions: they are good until the next `observe`. */
  view(): SavedState {
    return this.inner.view();
  }

  restore(state: SavedState): void {
    this.inner.restore(state);
  }

  /** As `restore`, but the replay buffer takes the transitions of `state` for its own. */
  adopt(state: SavedState): void {
    this.inner.adopt(state);
  }

  /** Frees the networks; safe to call twice. */
  dispose(): void {
    this.inner.dispose();
  }

  /** The same steps, with the vectors that stand for their actions. */
  private withVectors(
    steps: readonly SessionStep<Observation, number>[],
  ): SessionStep<Observation, Float32Array>[] {
    const { vectors, vectorSize } = this.options;
    return steps.map((step) => {
      const { action } = step;
      assertMember(this.actions, action, 'action');
      return { ...step, action: vectors.slice(action * vectorSize, (action + 1) * vectorSize) };
    });
  }

  private choose(observation: Observation, action: Float32Array, neighbors: number): number {
    const { vectors, isAllowed } = this.options;
    return wolpertinger({
      ...{ action, vectors, neighbors },
      isAllowed: (index) => isAllowed?.(observation, index) ?? true,
      valuesOf: (candidates) => this.inner.valuesOf(observation, candidates),
    });
  }
}
