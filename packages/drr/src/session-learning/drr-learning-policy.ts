import type { Fingerprint } from '@rl-recsys/rating-log';
import type { DrrAgent } from '../agent.js';
import { drrTransition } from '../drr-transition.js';
import type { UserHistory } from '../policy.js';
import { bestItem } from '../ranking.js';
import type { TransitionFields } from '../transition-fields.js';
import { SessionLearner, type SessionLearningOptions } from './session-learner.js';
import { assertSessionStep, type SessionStep } from './session-step.js';

/** What a {@link DrrLearningPolicy} is made from. */
export interface DrrLearningOptions extends SessionLearningOptions<TransitionFields> {
  /** A trained one; between sessions it is as it was when the policy was made. */
  readonly agent: DrrAgent;
}

/**
 * A DRR that goes on learning within a session, and begins each as it was trained: Algorithm 3 of Liu et al.
 * 2018, arXiv 1810.12027. It is a `LearningPolicy` of `@rl-recsys/evaluation`.
 *
 * It acts greedily, and the agent itself learns: nothing else should train it meanwhile.
 */
export class DrrLearningPolicy {
  /** What tables and errors call it. */
  readonly name = 'DRR, learning';
  /** What its vectors were fitted on, as the tables say. */
  readonly fittedOn: readonly Fingerprint[];
  private readonly agent: DrrAgent;
  private readonly learner: SessionLearner<TransitionFields>;

  /** @throws RangeError where an option is out of range, TypeError where `replay` has other fields. */
  constructor({ agent, ...options }: DrrLearningOptions) {
    this.agent = agent;
    this.fittedOn = agent.policy.fittedOn;
    const { fields, learner } = agent;
    this.learner = new SessionLearner(
      {
        fields,
        save: () => learner.save(),
        restore: (bytes) => learner.restore(bytes),
        learn: (batch) => agent.learn(batch),
      },
      options,
    );
  }

  /**
   * Writes to `scores[i]` how much `items[i]` should be shown by what is learned so far; higher is better.
   *
   * @throws RangeError as `DrrPolicy.score` does.
   */
  score(observation: UserHistory, items: Int32Array, scores: Float32Array): void {
    this.agent.policy.score(observation, items, scores);
  }

  /**
   * Learns from a step; it leaves no tensor behind.
   *
   * @throws RangeError or TypeError where the step holds an index that is in no table or a length or reward that
   * is none, or where the item is not the one that this policy ranks first: the critic would learn about an
   * action that did not choose it. Nothing has changed then.
   */
  observe(step: SessionStep): void {
    const { agent, learner } = this;
    assertSessionStep(agent.tables, agent.fields.history.size, step);
    const { observation, action: item } = step;
    // The vector that chose the item: nothing has been learned since.
    const action = agent.act(observation);
    const best = bestItem(action, agent.tables.items, observation.candidates);
    if (item !== best) throw new RangeError(`action: expected ${best}, which ranks first, got ${item}`);
    learner.learn(drrTransition({ ...step, action, discount: learner.discountOf(step) }));
  }

  /** Goes back to the trained parameters, bit for bit, and forgets every step. */
  reset(): void {
    this.learner.reset();
  }
}
