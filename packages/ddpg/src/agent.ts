import type { EnvironmentStep } from '@rl-recsys/replay-buffer';
import type { DdpgLearnResult } from './learner-batch.js';

/**
 * Whatever can be trained by `trainAgent`. Implement it to train an agent of your own with the same
 * loop:
 *
 * `explore`, the environment's `step`, `observe`; and again.
 */
export interface Agent<Observation, Action> {
  /** The action that is best as far as the agent knows; drawing it changes nothing. */
  act(observation: Observation): Action;
  /** An action to learn from. */
  explore(observation: Observation): Action;
  /**
   * Tells what came of an action. The agent keeps what it needs, and learns when it sees fit.
   *
   * @returns the figures of its last update, or undefined where it made none.
   */
  observe(step: EnvironmentStep<Observation, Action>): DdpgLearnResult | undefined;
}
