import type { EmbeddingTable } from '@rl-recsys/embeddings/search';
import { savedCount, savedRecord, type Random, type Savable, type SavedState } from '@rl-recsys/random';
import type { Fingerprint } from '@rl-recsys/rating-log';
import { scoreItems } from '../ranking.js';
import { withShown } from '../residual/candidates.js';
import { joinHistories, type RewardedHistory } from '../histories.js';
import type { ResidualLearner } from '../residual/learner.js';
import { rankCandidates } from '../residual/rank-candidates.js';
import type { ResidualFields } from '../residual/transition-fields.js';
import { residualTransition } from '../residual/transition.js';
import { SessionLearner, type SessionLearningOptions } from './session-learner.js';
import { assertSessionStep, type SessionStep } from './session-step.js';

/** What a {@link ResidualLearningPolicy} is made from. */
export interface ResidualLearningOptions extends SessionLearningOptions<ResidualFields> {
  /** A trained one; between sessions it is as it was when the policy was made. */
  readonly learner: ResidualLearner;
}

/**
 * DRR's default variant, which goes on learning within a session, and begins each as it was trained: Algorithm
 * 3 of Liu et al. 2018, arXiv 1810.12027. It is a `LearningPolicy` of `@rl-recsys/evaluation`.
 *
 * The learning actor recommends, not the averaged one of `policy()`, which a session hardly moves: by τ =
 * 0.01 at each of the actor's updates. So the two rank differently before the first step too. Where items'
 * vectors learn, they are ranked by what they are now.
 *
 * The learner itself learns: nothing else should train it meanwhile. Its learning rates are those that it has
 * now: where a schedule has let them fall, `scaleLearningRates` sets them.
 */
export class ResidualLearningPolicy implements Savable {
  /** What tables and errors call it. */
  readonly name = 'DRR, learning';
  /** What its vectors were fitted on, as the tables say. */
  readonly fittedOn: readonly Fingerprint[];
  private readonly trained: ResidualLearner;
  private readonly learner: SessionLearner<ResidualFields>;
  private readonly random: Random;
  /** What the actions rank; undefined where that has changed since. */
  private items: EmbeddingTable | undefined;
  private steps = 0;

  /** @throws RangeError where an option is out of range, TypeError where `replay` has other fields. */
  constructor({ learner, ...options }: ResidualLearningOptions) {
    this.trained = learner;
    this.random = options.random;
    this.fittedOn = learner.fittedOn;
    this.learner = new SessionLearner(learner, options);
  }

  /**
   * Writes to `scores[i]` how much `items[i]` should be shown by what is learned so far; higher is better.
   *
   * @throws RangeError where the user or an item is in no table, or the history has another length.
   */
  score(observation: RewardedHistory, items: Int32Array, scores: Float32Array): void {
    scoreItems(this.act(observation), this.currentItems(), items, scores);
  }

  /**
   * Learns from a step, whoever chose the item; it leaves no tensor behind.
   *
   * @throws RangeError or TypeError where the step holds an index that is in no table, a length or reward that
   * is none, or an item that was no candidate. Nothing has changed then.
   */
  observe(step: SessionStep): void {
    const { fields, tables } = this.trained;
    assertSessionStep(tables, fields.history.size, step);
    const { observation, action: item, nextObservation } = step;
    // A stream for each step, so that one that is refused draws from no other's.
    const random = this.random.fork(`step ${this.steps}`);
    const [now, next] = rankCandidates(this.trained, [observation, nextObservation], random);
    const candidates = withShown(now!, observation.candidates, item);
    const discount = this.learner.discountOf(step);
    this.learner.learn(residualTransition({ ...step, action: { item, candidates }, discount }, next!));
    this.steps += 1;
    this.items = undefined;
  }

  /** Goes back to the trained parameters, bit for bit, and forgets every step. */
  reset(): void {
    this.learner.reset();
    this.steps = 0;
    this.items = undefined;
  }

  /** All of it, within a session too: what it goes on from and goes back to. */
  state(): SavedState {
    return { steps: this.steps, learning: this.learner.state() };
  }

  /** @throws Error where the state is of another learner; nothing has changed then. */
  restore(state: SavedState): void {
    const { steps, learning } = savedRecord(state, 'state', ['steps', 'learning']);
    const count = savedCount(steps, 'steps');
    this.learner.restore(learning);
    this.steps = count;
    this.items = undefined;
  }

  private act(observation: RewardedHistory): Float32Array {
    return this.trained.act(joinHistories([observation], this.trained.historySize));
  }

  private currentItems(): EmbeddingTable {
    this.items ??= this.trained.learningItems;
    return this.items;
  }
}
