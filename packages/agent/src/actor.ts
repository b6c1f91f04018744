import type { Savable } from '@rl-recsys/random';
import type { Fields, Transition } from '@rl-recsys/replay-buffer';
import type { Figures, ScoreParts, SessionStep } from './agent.js';
import type { Weights } from './learner.js';

/**
 * The half of an agent that acts: it chooses, and turns what came of it into transitions. It needs a learner's weights
 * and nothing else of it, so that actors can run where the environments are.
 *
 * An actor that was made beside its learner acts by the learner's own networks as they learn; `takeWeights` is for
 * one that was made elsewhere.
 */
export interface Actor<Observation, Action, F extends Fields> extends Savable {
  /** As `Agent.begin`: n-step returns that are open are dropped, and noise begins an episode. */
  begin?(): void;
  /** As `Agent.act`. */
  act(observations: readonly Observation[]): Action[];
  /** As `Agent.explore`. */
  explore(observations: readonly Observation[], sessions: readonly number[]): Action[];
  /**
   * Takes a step, and hands out the transitions that are finished by now, to be stored in this order: none while n-step
   * returns wait for more, or for what `explore` will know of the next state.
   */
  observe(step: SessionStep<Observation, Action>): readonly Transition<F>[];
  /** How it explores now, such as `epsilon`. */
  figures?(): Figures;
  /** As `Agent.explain`. */
  explain?(observations: readonly Observation[], actions: readonly Action[]): readonly ScoreParts[];
  /**
   * Acts by these weights from now on.
   *
   * @throws RangeError where they are of other shapes; nothing has changed then.
   */
  takeWeights(weights: Weights): void;
  /**
   * So many rounds were made by now, by all actors of a learner together: schedules such as ε follow them. Leave it out where nothing
   * changes with time.
   */
  atRound?(round: number): void;
}
