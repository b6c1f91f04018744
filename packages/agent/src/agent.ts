import type { MaybePromise } from '@rl-recsys/environment';
import type { Savable } from '@rl-recsys/random';
import type { EnvironmentStep } from '@rl-recsys/replay-buffer';

/** One step of one of the sessions that run side by side. */
export interface SessionStep<Observation, Action> extends EnvironmentStep<Observation, Action> {
  /** Which session it is of: 0 where there is one. */
  readonly session: number;
}

/** What an agent tells of itself, by name, such as losses; undefined where there is nothing to tell this time. */
export type Figures = Readonly<Record<string, number | undefined>>;

/** What a look at an agent finds. */
export interface Inspection {
  readonly figures: Figures;
  /** Many values of one kind each, such as TD errors, of which a histogram is made; they are only read. */
  readonly samples: Readonly<Record<string, ArrayLike<number>>>;
}

/** What each part of an agent, such as a block of vectors, adds to an item's score; together they are the score. */
export type ScoreParts = Readonly<Record<string, number>>;

/**
 * Whatever learns and explores. Implement it to train an agent of your own with `train`; `checkAgent` says what is
 * still wrong.
 *
 * All sessions that run side by side act together, in rounds: `explore`, the environments' `step`, `observe`; and
 * again. Where there is one session each list has one entry.
 *
 * `state` and `restore` make it one that can be stopped and go on; leave them out where it can't.
 */
export interface Agent<Observation, Action> extends Partial<Savable> {
  /** All sessions begin anew, as `train` does first; episodes that were open are given up, and come to no end. */
  begin?(): void;
  /** The actions that are best as far as the agent knows, one for each observation; it learns and draws nothing. */
  act(observations: readonly Observation[]): Action[];
  /**
   * Actions to learn from, one for each observation.
   *
   * @param sessions - which session each observation is of, in ascending order; those that have just ended are
   * left out, so that it may be empty.
   */
  explore(observations: readonly Observation[], sessions: readonly number[]): Action[];
  /**
   * Tells what came of a round, and lets the agent learn when it sees fit.
   *
   * @param steps - of the sessions that `explore` named last, in that order.
   * @returns the figures of this round: of each update that was made, say. Training waits for a promise, as where a learner is elsewhere.
   */
  observe(steps: readonly SessionStep<Observation, Action>[]): MaybePromise<readonly Figures[]>;
  /** What is too much to tell with each round: `train` asks for it once a line of metrics. It learns and draws nothing. */
  inspect?(): Inspection;
  /**
   * What makes the score of each of some actions, one for each observation, by what it knows now; undefined where it can't tell.
   * It learns and draws nothing.
   */
  explain?(
    observations: readonly Observation[],
    actions: readonly Action[],
  ): readonly ScoreParts[] | undefined;
}
