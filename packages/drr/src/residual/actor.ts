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
import type { RecommendationObservation } from '@rl-recsys/environment';
import { copySaved, restoreTogether, type Random, type SavedState } from '@rl-recsys/random';
import type { Transition } from '@rl-recsys/replay-buffer';
import { HistoryRoom, joinHistories, type RewardedHistory } from '../histories.js';
import { ofEachSession } from '../of-each-session.js';
import { bestItem } from '../ranking.js';
import { withShown } from './candidates.js';
import type { ResidualLearner } from './learner.js';
import { LookAhead } from './look-ahead.js';
import { rankCandidates } from './rank-candidates.js';
import type { ShownItem } from './transition.js';
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

/**
 * The actor of the default variant: it shows the candidate that its vector ranks first, or now and then any.
 *
 * What is stored of a transition's next state are that state's own candidates as the actor ranks them, which it does
 * when it chooses there. So `observe` hands out what a step finished one round later.
 */
export class ResidualActor implements Actor<RecommendationObservation, number, ResidualFields> {
  private readonly returns: SessionReturns<RewardedHistory, ShownItem>;
  private readonly random: Random;
  /** `[sessions]`: what is stored of the candidates that each chose among last. */
  private ranked: Int32Array[] = [];
  private readonly lookAhead = new LookAhead();
  private readonly room = new HistoryRoom();
  private rounds = 0;

  constructor(
    private readonly learner: ResidualLearner,
    private readonly options: ResidualActorOptions,
  ) {
    const { gamma, returnSteps = 1, random } = options;
    this.returns = new SessionReturns({ steps: returnSteps, gamma });
    this.random = random;
  }

  /** Drops what is open, and what waits for a state that nobody will be in. */
  begin(): void {
    this.returns.drop();
    this.lookAhead.drop();
  }

  /** By the averaged networks, which are the ones that recommend. */
  act(observations: readonly RecommendationObservation[]): number[] {
    if (observations.length === 0) return [];
    const { items, historySize } = this.learner;
    const actions = this.learner.actByAverage(joinHistories(observations, historySize));
    return observations.map(({ candidates }, row) =>
      bestItem(actions.subarray(row * items.size, (row + 1) * items.size), items, candidates),
    );
  }

  /** a = π(s) for all sessions; ε-greedily, each shows its best candidate or any. */
  explore(observations: readonly RecommendationObservation[], sessions: readonly number[]): number[] {
    const { learner, random, lookAhead } = this;
    const epsilon = scheduled(this.options.epsilon, this.rounds++);
    const ranked = rankCandidates(learner, [...observations, ...lookAhead.cutOffs()], random, this.room);
    for (let place = 0; place < sessions.length; place++) this.ranked[sessions[place]!] = ranked[place]!;
    lookAhead.complete(this.ranked, ranked.slice(observations.length));
    return observations.map(({ candidates }, place) => {
      if (random.uniform() < epsilon) return candidates[random.integer(candidates.length)]!;
      return ranked[place]![0]!;
    });
  }

  /** Keeps what a step earned, and hands out what waited for the states that are ranked by now. */
  observe(step: SessionStep<RecommendationObservation, number>): readonly Transition<ResidualFields>[] {
    const ranked = this.ranked[step.session];
    if (!ranked) throw new RangeError(`session: expected one that explored before, got ${step.session}`);
    const candidates = withShown(ranked, step.observation.candidates, step.action);
    const { session, observation, reward, nextObservation, terminated, truncated } = step;
    const { user, history, rewards } = observation; // its candidates may be lent
    const finished = this.returns.push({
      session,
      observation: { user, history, rewards },
      action: { item: step.action, candidates },
      ...{ reward, nextObservation, terminated, truncated },
    });
    this.lookAhead.push(step, finished);
    return this.lookAhead.take();
  }

  explain(observations: readonly RecommendationObservation[], actions: readonly number[]): ScoreParts[] {
    const { historySize } = this.learner;
    return this.learner.explain(joinHistories(observations, historySize), Int32Array.from(actions));
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
    const { rounds, ranked, lookAhead, random, returns } = this;
    return {
      ...{ rounds, ranked: copySaved(ranked) },
      ...{ lookAhead: lookAhead.state(), random: random.state(), returns: returns.state() },
    };
  }

  restore(state: SavedState): void {
    const { rounds, ranked, lookAhead, random, returns } = (state ?? {}) as Record<string, SavedState>;
    assertCount('rounds', rounds);
    const { size } = this.learner.fields.candidates;
    const isRanked = (value: SavedState) => value instanceof Int32Array && value.length === size;
    const known = ofEachSession<Int32Array>('ranked', ranked, isRanked);
    restoreTogether([
      [this.random, random],
      [this.returns, returns],
      [this.lookAhead, lookAhead],
    ]);
    this.ranked = known;
    this.rounds = rounds;
  }
}
