import type { SavedState } from '@rl-recsys/random';
import type { Info, ResetOptions } from '../environment.js';
import type { Space } from '../spaces/space.js';

/** The first observations of several environments. */
export interface VectorReset<Observation> {
  /** `[count]` */
  readonly observations: Observation[];
  /** `[count]` */
  readonly infos: Info[];
}

/** What a step of several environments gave. All arrays are new ones, which belong to the caller. */
export interface VectorStep<Observation> {
  /** `[count]` */
  readonly observations: Observation[];
  /** `[count]` */
  readonly rewards: Float64Array;
  /** `[count]` */
  readonly terminated: boolean[];
  /** `[count]` */
  readonly truncated: boolean[];
  /** `[count]` */
  readonly infos: Info[];
  /**
   * `[count]`: whether the environment was reset by this step, its action ignored. That is no
   * transition: never store it.
   */
  readonly reset: boolean[];
}

/**
 * Several environments of one kind, stepped together.
 *
 * An environment that ended at one step is reset by the next (Gymnasium's next-step autoreset). In that
 * step its action is ignored, its observation is the new episode's first, its reward is 0 and both
 * `terminated` and `truncated` are false. `reset[i]` marks it: it leads from one episode's end to
 * another's start, so that an agent that learned from it would learn nonsense. Leave it out:
 *
 * ```ts
 * let { observations } = await environments.reset({ seed: 1 });
 * while (learning) {
 *   const actions = observations.map((observation) => agent.act(observation));
 *   const step = await environments.step(actions);
 *   for (let i = 0; i < environments.count; i++) {
 *     if (step.reset[i]) continue; // a new episode began: no transition
 *     replay.add({
 *       observation: observations[i],
 *       action: actions[i],
 *       reward: step.rewards[i],
 *       nextObservation: step.observations[i],
 *       terminated: step.terminated[i],
 *     });
 *   }
 *   observations = step.observations;
 * }
 * ```
 *
 * Where one environment fails, `reset` and `step` wait for the others and then reject with an error that
 * names it by its index and has its error as `cause`. After that, `reset` comes first.
 */
export interface VectorEnvironment<Observation, Action> {
  /** How many environments there are. */
  readonly count: number;
  /** Of one environment. */
  readonly observationSpace: Space<Observation>;
  /** Of one environment. */
  readonly actionSpace: Space<Action>;
  /** Begins an episode in each; with a seed, environment `i` gets `seed + i`. */
  reset(options?: ResetOptions): Promise<VectorReset<Observation>>;
  /** Takes `count` actions, the `i`-th for environment `i`. */
  step(actions: readonly Action[]): Promise<VectorStep<Observation>>;
  /** All that decides what comes next in each; there where every environment has it. */
  state?(): Promise<SavedState>;
  /**
   * Stands where {@link VectorEnvironment.state} was taken: the next call is `step`.
   *
   * @throws Error where the state is of another number of environments, or one of them refuses its own; `reset` comes first then.
   */
  restore?(state: SavedState): Promise<void>;
  /** Frees what the environments hold. Safe to call twice. */
  close(): Promise<void>;
}
