import {
  assertCount,
  scheduled,
  SessionReturns,
  type Actor,
  type Figures,
  type Schedule,
  type SessionStep,
  type Weights,
} from '@rl-recsys/agent';
import type { RecommendationObservation } from '@rl-recsys/environment';
import { copySaved, restoreTogether, type Random, type SavedState } from '@rl-recsys/random';
import type { Transition } from '@rl-recsys/replay-buffer';
import { ofEachSession } from '../of-each-session.js';
import { bestItem } from '../ranking.js';
import type { DrrLearner } from './learner.js';
import { drrTransition } from './transition.js';
import type { TransitionFields } from './transition-fields.js';

/** How DRR explores, and what a later reward is worth. */
export interface DrrActorOptions {
  /** γ (default 0.9; Liu et al. 2018, section 5.1). */
  readonly gamma?: number;
  /** n of n-step returns (default 1). */
  readonly returnSteps?: number;
  /** The share of vectors that are drawn uniformly instead, ε. */
  readonly epsilon: Schedule;
  readonly random: Random;
}

/** The actor of DRR: the action is a vector, and what is shown is the candidate that it ranks first. */
export class DrrActor implements Actor<RecommendationObservation, number, TransitionFields> {
  private readonly returns: SessionReturns<RecommendationObservation, Float32Array>;
  private readonly random: Random;
  /** The vector that chose each session's last item. */
  private chosenBy: Float32Array[] = [];
  private rounds = 0;

  constructor(
    private readonly learner: DrrLearner,
    private readonly options: DrrActorOptions,
  ) {
    const { gamma = 0.9, returnSteps = 1, random } = options;
    this.returns = new SessionReturns({ steps: returnSteps, gamma });
    this.random = random;
  }

  begin(): void {
    this.returns.drop();
  }

  act(observations: readonly RecommendationObservation[]): number[] {
    const { items } = this.learner.tables;
    const actions = this.policyActions(observations);
    return observations.map(({ candidates }, place) => bestItem(actions[place]!, items, candidates));
  }

  explore(observations: readonly RecommendationObservation[], sessions: readonly number[]): number[] {
    // Exploring, ε-greedily, draws the whole vector: it must be the action that chose the item, or the critic would
    // learn about one and be told of another.
    const { items } = this.learner.tables;
    const epsilon = scheduled(this.options.epsilon, this.rounds++);
    const drawn = observations.map(() => (this.random.uniform() < epsilon ? this.randomAction() : undefined));
    const others = this.policyActions(observations.filter((_, place) => !drawn[place]));
    return observations.map(({ candidates }, place) => {
      const action = drawn[place] ?? others.shift()!;
      this.chosenBy[sessions[place]!] = action;
      return bestItem(action, items, candidates);
    });
  }

  observe(step: SessionStep<RecommendationObservation, number>): readonly Transition<TransitionFields>[] {
    const action = this.chosenBy[step.session];
    if (!action) throw new RangeError(`session: expected one that explored before, got ${step.session}`);
    if (!step.observation.candidates.includes(step.action)) {
      throw new RangeError(`action: expected one of the candidates, got ${step.action}`);
    }
    return this.returns.push({ ...step, action }).map(drrTransition);
  }

  figures(): Figures {
    return { epsilon: scheduled(this.options.epsilon, Math.max(0, this.rounds - 1)) };
  }

  takeWeights(weights: Weights): void {
    this.learner.actorCritic.takeWeights(weights);
  }

  atRound(round: number): void {
    this.rounds = round;
  }

  state(): SavedState {
    const { rounds, chosenBy, random, returns } = this;
    return { rounds, chosenBy: copySaved(chosenBy), random: random.state(), returns: returns.state() };
  }

  restore(state: SavedState): void {
    const { rounds, chosenBy, random, returns } = (state ?? {}) as Record<string, SavedState>;
    assertCount('rounds', rounds);
    const { size } = this.learner.tables.items;
    const isAction = (value: SavedState) => value instanceof Float32Array && value.length === size;
    const known = ofEachSession<Float32Array>('chosenBy', chosenBy, isAction);
    restoreTogether([
      [this.random, random],
      [this.returns, returns],
    ]);
    this.chosenBy = known;
    this.rounds = rounds;
  }

  /** a = π(s), where s = f(H). */
  private policyActions(observations: readonly RecommendationObservation[]): Float32Array[] {
    const { policyNetwork } = this.learner;
    if (observations.length === 0) return [];
    if (observations.length === 1) return [policyNetwork.act(observations[0]!)];
    const actions = policyNetwork.actBatch(observations);
    const { size } = this.learner.tables.items;
    return observations.map((_, row) => actions.slice(row * size, (row + 1) * size));
  }

  /** A vector uniform over the action space, (−1, 1)ᵏ. */
  private randomAction(): Float32Array {
    const action = new Float32Array(this.learner.tables.items.size);
    for (let place = 0; place < action.length; place++) action[place] = 2 * this.random.uniform() - 1;
    return action;
  }
}
