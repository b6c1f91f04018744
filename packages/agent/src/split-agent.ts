import type { Savable } from '@rl-recsys/random';
import type { Fields, Transition } from '@rl-recsys/replay-buffer';
import type { Agent, Figures, SessionStep } from './agent.js';
import type { Weights } from './learner.js';

/** How fast an agent learns. */
export interface LearningPace {
  /** Updates for each round. */
  readonly updates: number;
  /** The first round after which it learns, counted from 1. */
  readonly learnFrom: number;
}

/**
 * An agent that can be cut between its actor and its learner, so that `observe` happens in two places: where the environments are
 * `collect` makes transitions of a round; where the learner is `store` takes them, and `update` learns. Each place has an agent of its
 * own, made alike, and uses one half of it; `weights` go the other way.
 *
 * `ReplayAgent` is one, and so is every agent that extends it.
 */
export interface SplitAgent<Observation, Action, F extends Fields> extends Agent<Observation, Action> {
  state: Savable['state'];
  restore: Savable['restore'];
  /** The schema of its transitions. */
  readonly fields: F;
  readonly pace: LearningPace;
  /** The actor's half: the transitions that a round's steps finish, in the order in which they are to be stored. */
  collect(steps: readonly SessionStep<Observation, Action>[]): readonly Transition<F>[];
  /**
   * The learner's half: looks at transitions that come from elsewhere, before they are stored.
   *
   * @throws TypeError or RangeError where one can't be learned from: it is not of the schema, a number is beyond all measure, or an
   * index in no table. Its field is named.
   */
  assertTransitions(transitions: readonly Transition<F>[]): void;
  /**
   * The learner's half: stores what some actor's round came to, which counts as a round of its own.
   *
   * @throws TypeError or RangeError where a transition does not fit the schema; those before it are stored then, and no round is counted.
   */
  store(transitions: readonly Transition<F>[]): void;
  /** Whether there is enough to learn from by now. */
  readonly canLearn: boolean;
  /**
   * One update.
   *
   * @throws RangeError where learning runs away: the learner is as it was some updates before then.
   */
  update(): Figures;
  /** Copies of what an actor acts by, for `takeWeights` of another. */
  weights(): Weights;
  /** Acts by these weights from now on. @throws RangeError where they are of other shapes; nothing has changed then. */
  takeWeights(weights: Weights): void;
  /** So many rounds were made by all actors together: how this one explores follows that. */
  atRound(round: number): void;
}
