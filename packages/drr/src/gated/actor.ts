import {
  assertCount,
  scheduled,
  SessionReturns,
  type Actor,
  type Figures,
  type Schedule,
  type ScoreParts,
  type SessionStep,
  type Weights,
} from '@rl-recsys/agent';
import { NO_ITEM, type RecommendationObservation } from '@rl-recsys/environment';
import { copySaved, restoreTogether, type Random, type SavedState } from '@rl-recsys/random';
import type { Transition } from '@rl-recsys/replay-buffer';
import { joinHistories } from '../histories.js';
import { ofEachSession } from '../of-each-session.js';
import { CANDIDATE_KINDS } from './candidate-kind.js';
import type { CandidatePools } from './candidate-pools.js';
import { DrawnCandidates } from './drawn-candidates.js';
import type { GatedLearner } from './learner.js';
import type { MomentHistories } from './pool-tensors.js';
import type { GatedFields } from './transition-fields.js';

/** How the gated agent explores, and what a later reward is worth. */
export interface GatedActorOptions {
  readonly pools: CandidatePools;
  readonly itemCount: number;
  /** γ */
  readonly gamma: number;
  /** The share of items that are drawn from all candidates instead, ε. */
  readonly epsilon: Schedule;
  readonly random: Random;
}

/** The candidates of a step, and which of them was shown. A type, so that it can be saved. */
type ShownCandidate = {
  readonly rows: Int32Array;
  readonly place: number;
};

/** The actor of the gated agent: in training it shows what a softmax over drawn candidates draws, or now and then any of them. */
export class GatedActor implements Actor<RecommendationObservation, number, GatedFields> {
  private readonly drawn: DrawnCandidates;
  private readonly returns: SessionReturns<RecommendationObservation, ShownCandidate>;
  private readonly random: Random;
  /** What each session was shown last. */
  private shown: ShownCandidate[] = [];
  private rounds = 0;

  constructor(
    private readonly learner: GatedLearner,
    private readonly options: GatedActorOptions,
  ) {
    const { pools, itemCount, gamma, random } = options;
    this.drawn = new DrawnCandidates(pools, { itemCount, count: learner.fields.candidates.size });
    this.returns = new SessionReturns({ steps: 1, gamma });
    this.random = random;
  }

  begin(): void {
    this.returns.drop();
  }

  /** The best of each pool by the averaged networks, which are the ones that recommend. */
  act(observations: readonly RecommendationObservation[]): number[] {
    return observations.map((observation) => {
      const rows = this.drawn.all(observation);
      return this.itemOf(rows[bestPlace(this.learner.scores(this.historiesOf([observation]), rows), rows)]!);
    });
  }

  /** Draws from the softmax of the learning actor, which is to take its maximum after Gumbel noise; or any, ε-greedily. */
  explore(observations: readonly RecommendationObservation[], sessions: readonly number[]): number[] {
    const epsilon = scheduled(this.options.epsilon, this.rounds++);
    if (observations.length === 0) return [];
    const { learner, random } = this;
    const count = learner.fields.candidates.size;
    const rows = new Int32Array(observations.length * count);
    for (const [row, observation] of observations.entries())
      rows.set(this.drawn.draw(observation, random), row * count);
    const preferences = learner.preferences(this.historiesOf(observations), rows);
    return observations.map((_, row) => {
      const [from, to] = [row * count, (row + 1) * count];
      const own = preferences.subarray(from, to);
      if (random.uniform() < epsilon) own.fill(0);
      for (let place = 0; place < count; place++) own[place]! -= Math.log(-Math.log(1 - random.uniform()));
      const shown = { rows: rows.slice(from, to), place: bestPlace(own, rows.subarray(from, to)) };
      this.shown[sessions[row]!] = shown;
      return this.itemOf(shown.rows[shown.place]!);
    });
  }

  observe(step: SessionStep<RecommendationObservation, number>): readonly Transition<GatedFields>[] {
    const shown = this.shown[step.session];
    if (!shown) throw new RangeError(`session: expected one that explored before, got ${step.session}`);
    const item = this.itemOf(shown.rows[shown.place]!);
    if (step.action !== item)
      throw new RangeError(`action: expected ${item}, which was shown, got ${step.action}`);
    const kind = this.kindOf(step.observation);
    return this.returns
      .push({ ...step, action: shown })
      .map(({ observation, action, reward, nextObservation, discount }) => ({
        user: observation.user,
        kind,
        history: observation.history,
        rewards: observation.rewards,
        candidates: action.rows,
        shown: action.place,
        reward,
        discount,
        nextHistory: nextObservation.history,
        nextRewards: nextObservation.rewards,
      }));
  }

  explain(observations: readonly RecommendationObservation[], actions: readonly number[]): ScoreParts[] {
    const rows = Int32Array.from(observations, (observation, place) => {
      const found = this.drawn.all(observation).find((row) => this.itemOf(row) === actions[place]);
      if (found !== undefined) return found;
      throw new RangeError(`action: expected an item of the pool, got ${actions[place]}`);
    });
    return this.learner.explain(this.historiesOf(observations), rows);
  }

  figures(): Figures {
    return { epsilon: scheduled(this.options.epsilon, Math.max(0, this.rounds - 1)) };
  }

  takeWeights(weights: Weights): void {
    this.learner.takeWeights(weights);
  }

  atRound(round: number): void {
    this.rounds = round;
  }

  state(): SavedState {
    const { rounds, shown, random, returns } = this;
    return { rounds, shown: copySaved(shown), random: random.state(), returns: returns.state() };
  }

  restore(state: SavedState): void {
    const { rounds, shown, random, returns } = (state ?? {}) as Record<string, SavedState>;
    assertCount('rounds', rounds);
    const known = ofEachSession<ShownCandidate>('shown', shown, (value) => this.isShown(value));
    restoreTogether([
      [this.random, random],
      [this.returns, returns],
    ]);
    this.shown = known;
    this.rounds = rounds;
  }

  private isShown(value: SavedState): boolean {
    const { rows, place } = value as Partial<ShownCandidate>;
    const { size } = this.learner.fields.candidates;
    return rows instanceof Int32Array && rows.length === size && rows[place!] !== undefined;
  }

  private historiesOf(observations: readonly RecommendationObservation[]): MomentHistories {
    const kind = Int32Array.from(observations, (observation) => this.kindOf(observation));
    return { ...joinHistories(observations, this.learner.historySize), kind };
  }

  private kindOf(observation: RecommendationObservation): number {
    return CANDIDATE_KINDS.indexOf(this.drawn.kindOf(observation));
  }

  private itemOf(row: number): number {
    return this.options.pools.items[row]!;
  }
}

/**
 * The place of the highest score among the candidates that there are; the first of equals.
 *
 * @throws RangeError where there is no candidate.
 */
export function bestPlace(scores: Float32Array, rows: Int32Array): number {
  let best = -1;
  for (let place = 0; place < rows.length; place++) {
    if (rows[place] !== NO_ITEM && (best < 0 || scores[place]! > scores[best]!)) best = place;
  }
  if (best < 0) throw new RangeError('rows: expected a candidate, got none');
  return best;
}
