import type { SavedState } from '@rl-recsys/random';
import type { Space } from './spaces/space.js';

/** A value now or later: a simulator answers at once, a real user or a remote service takes time. */
export type MaybePromise<T> = T | Promise<T>;

/** Anything worth telling beside an observation; agents don't learn from it. */
export type Info = Record<string, unknown>;

export interface ResetOptions {
  /** Starts the environment's own random stream anew: the same seed gives the same episodes. */
  readonly seed?: number;
}

export interface ResetResult<Observation> {
  readonly observation: Observation;
  readonly info: Info;
}

export interface StepResult<Observation> {
  readonly observation: Observation;
  /** What the action earned at once. */
  readonly reward: number;
  /** The task ended here: nothing is earned after it, so an agent must not bootstrap. */
  readonly terminated: boolean;
  /** The episode was cut off from outside, by a time limit say: an agent must bootstrap. */
  readonly truncated: boolean;
  readonly info: Info;
}

/**
 * A task to learn: Gymnasium's contract in TypeScript.
 *
 * There is nothing to extend: any object of this shape is an environment. Call `reset` first, then
 * `step` until `terminated` or `truncated`, then `reset` again. Observations belong to the caller:
 * an environment never writes to one that it has handed out, nor to an action that it was given.
 */
export interface Environment<Observation, Action> {
  readonly observationSpace: Space<Observation>;
  readonly actionSpace: Space<Action>;
  reset(options?: ResetOptions): MaybePromise<ResetResult<Observation>>;
  step(action: Action): MaybePromise<StepResult<Observation>>;
  /**
   * All that decides which answers come next, as a copy: where an episode stands and where its random stream does. With
   * `restore` it lets training that was stopped go on within an episode, in another process. Without the two the episode begins again.
   */
  state?(): MaybePromise<SavedState>;
  /**
   * Stands where `state` was taken, in an environment that was made alike: the same actions get the same answers.
   *
   * @throws Error where `state` is none of this environment's; then nothing here has changed.
   */
  restore?(state: SavedState): MaybePromise<void>;
  /** Frees what the environment holds. Safe to call twice. */
  close?(): MaybePromise<void>;
}
