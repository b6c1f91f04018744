import {
  scheduled,
  SessionReturns,
  type Actor,
  type Figures,
  type Schedule,
  type SessionStep,
  type Weights,
} from '@rl-recsys/agent';
import type { EmbeddingTable } from '@rl-recsys/embeddings/search';
import type { RecommendationObservation } from '@rl-recsys/environment';
import { copySaved, type Random, type SavedState } from '@rl-recsys/random';
import type { Transition } from '@rl-recsys/replay-buffer';
import { joinHistories } from '../histories.js';
import { bestItem } from '../ranking.js';
import { storedCandidates } from './candidates.js';
import type { ResidualLearner } from './learner.js';
import { residualTransition, type ShownItem } from './transition.js';
import type { ResidualFields } from './transition-fields.js';

/** How the default variant explores, and what a later reward is worth. */
export interface ResidualActorOptions {
  /** γ */
  readonly gamma: number;
  /** n of n-step returns (default 1). */
  readonly returnSteps?: number;
  /** The share of items that are drawn from all candidates instead, ε. */
  readonly epsilon: Schedule;
  readonly random: Random;
}

/** The actor of the default variant: it shows the candidate that its vector ranks first, or now and then any. */
export class ResidualActor implements Actor<RecommendationObservation, number, ResidualFields> {
  private readonly returns: SessionReturns<RecommendationObservation, ShownItem>;
  private readonly random: Random;
  /** The vector by which each session's candidates were ranked last, and what it ranks. */
  private rankedBy: Float32Array[] = [];
  private items: EmbeddingTable;
  private rounds = 0;

  constructor(
    private readonly learner: ResidualLearner,
    private readonly options: ResidualActorOptions,
  ) {
    const { gamma, returnSteps = 1, random } = options;
    this.returns = new SessionReturns({ steps: returnSteps, gamma });
    this.random = random;
    this.items = learner.learningItems;
  }

  /** By the averaged networks, which are the ones that recommend. */
  begin(): void {
    this.returns.drop();
  }

  act(observations: readonly RecommendationObservation[]): number[] {
    if (observations.length === 0) return [];
    const { items } = this.learner;
    const actions = this.learner.actByAverage(joinHistories(observations, this.learner.historySize));
    return observations.map(({ candidates }, row) =>
      bestItem(rowOf(actions, row, items.size), items, candidates),
    );
  }

  /** a = π(s) for all sessions; ε-greedily, each shows its best candidate or any. */
  explore(observations: readonly RecommendationObservation[], sessions: readonly number[]): number[] {
    const epsilon = scheduled(this.options.epsilon, this.rounds++);
    if (observations.length === 0) return [];
    this.items = this.learner.learningItems;
    const actions = this.learner.act(joinHistories(observations, this.learner.historySize));
    return observations.map(({ candidates }, row) => {
      const action = rowOf(actions, row, this.items.size);
      this.rankedBy[sessions[row]!] = action;
      if (this.random.uniform() < epsilon) return candidates[this.random.integer(candidates.length)]!;
      return bestItem(action, this.items, candidates);
    });
  }

  /** What an item earned is stored with the candidates that there were. */
  observe(step: SessionStep<RecommendationObservation, number>): readonly Transition<ResidualFields>[] {
    const action = this.rankedBy[step.session];
    if (!action) throw new RangeError(`session: expected one that explored before, got ${step.session}`);
    const { random, items } = this;
    const count = this.learner.fields.candidates.size;
    const candidates = storedCandidates(
      step.observation.candidates,
      step.action,
      action,
      items,
      count,
      random,
    );
    return this.returns.push({ ...step, action: { item: step.action, candidates } }).map(residualTransition);
  }

  figures(): Figures {
    return { epsilon: scheduled(this.options.epsilon, Math.max(0, this.rounds - 1)) };
  }

  takeWeights(weights: Weights): void {
    this.learner.takeWeights(weights);
  }

  state(): SavedState {
    const { rounds, rankedBy, random, returns } = this;
    return { rounds, rankedBy: copySaved(rankedBy), random: random.state(), returns: returns.state() };
  }

  restore(state: SavedState): void {
    const { rounds, rankedBy, random, returns } = state as Record<string, SavedState>;
    this.random.restore(random!);
    this.returns.restore(returns!);
    this.rankedBy = copySaved(rankedBy!) as Float32Array[];
    this.rounds = rounds as number;
    this.items = this.learner.learningItems; // which the learner, restored before, has again
  }
}

const rowOf = (matrix: Float32Array, row: number, size: number) => matrix.slice(row * size, (row + 1) * size);
