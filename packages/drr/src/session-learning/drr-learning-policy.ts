import type { Fingerprint } from '@rl-recsys/rating-log';
import type { Savable, SavedState } from '@rl-recsys/random';
import type { DrrLearner } from '../paper/learner.js';
import { drrTransition } from '../paper/transition.js';
import type { UserHistory } from '../paper/policy-network.js';
import { bestItem, scoreItems } from '../ranking.js';
import type { TransitionFields } from '../paper/transition-fields.js';
import { SessionLearner, type SessionLearningOptions } from './session-learner.js';
import { assertSessionStep, type SessionStep } from './session-step.js';

/** What a {@link DrrLearningPolicy} is made from. */
export interface DrrLearningOptions extends SessionLearningOptions<TransitionFields> {
  /** A trained one; between sessions it is as it was when the policy was made. */
  readonly learner: DrrLearner;
}

/**
 * A DRR that goes on learning within a session, and begins each as it was trained: Algorithm 3 of Liu et al.
 * 2018, arXiv 1810.12027. It is a `LearningPolicy` of `@rl-recsys/evaluation`.
 *
 * It acts greedily, and the learner itself learns: nothing else should train it meanwhile.
 */
export class DrrLearningPolicy implements Savable {
  /** What tables and errors call it. */
  readonly name = 'DRR, learning';
  /** What its vectors were fitted on, as the tables say. */
  readonly fittedOn: readonly Fingerprint[];
  private readonly trained: DrrLearner;
  private readonly learner: SessionLearner<TransitionFields>;

  /** @throws RangeError where an option is out of range, TypeError where `replay` has other fields. */
  constructor({ learner, ...options }: DrrLearningOptions) {
    this.trained = learner;
    this.fittedOn = learner.tables.fittedOn ?? [];
    this.learner = new SessionLearner(learner, options);
  }

  /**
   * Writes to `scores[i]` how much `items[i]` should be shown by what is learned so far; higher is better.
   *
   * @throws RangeError where the user or an item is in no table, or the history has another length.
   */
  score(observation: UserHistory, items: Int32Array, scores: Float32Array): void {
    const { policyNetwork, tables } = this.trained;
    scoreItems(policyNetwork.act(observation), tables.items, items, scores);
  }

  /**
   * Learns from a step; it leaves no tensor behind.
   *
   * @throws RangeError or TypeError where the step holds an index that is in no table or a length or reward that
   * is none, or where the item is not the one that this policy ranks first: the critic would learn about an
   * action that did not choose it. Nothing has changed then.
   */
  observe(step: SessionStep): void {
    const { trained, learner } = this;
    assertSessionStep(trained.tables, trained.fields.history.size, step);
    const { observation, action: item } = step;
    // The vector that chose the item: nothing has been learned since.
    const action = trained.policyNetwork.act(observation);
    const best = bestItem(action, trained.tables.items, observation.candidates);
    if (item !== best) throw new RangeError(`action: expected ${best}, which ranks first, got ${item}`);
    learner.learn(drrTransition({ ...step, action, discount: learner.discountOf(step) }));
  }

  /** Goes back to the trained parameters, bit for bit, and forgets every step. */
  reset(): void {
    this.learner.reset();
  }

  /** All of it, within a session too: what it goes on from and goes back to. */
  state(): SavedState {
    return this.learner.state();
  }

  /** @throws Error where the state is of another learner; nothing has changed then. */
  restore(state: SavedState): void {
    this.learner.restore(state);
  }
}
