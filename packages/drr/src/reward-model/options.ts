import type { OptionNames } from '@rl-recsys/random';
import type { ResidualLearnerOptions } from '../residual/options.js';
import { TABLE_NAMES } from '../tables.js';

/** What a {@link RewardModel} is made from; what it has in common with {@link ResidualLearnerOptions} means the same. */
export interface RewardModelOptions extends Pick<
  ResidualLearnerOptions,
  | 'users'
  | 'items'
  | 'fittedOn'
  | 'blocks'
  | 'historySize'
  | 'stateLayer'
  | 'rewardsInState'
  | 'hiddenSize'
  | 'fusedStep'
  | 'random'
> {
  /** The share of the inputs that are dropped in learning (default 0.3, as of the agent's critics). */
  readonly dropout?: number;
  /** Of Adam (default 1e-3, as of the agent's critics). */
  readonly learningRate?: number;
}

/** The names of {@link RewardModelOptions}. */
export const REWARD_MODEL_NAMES: OptionNames<RewardModelOptions> = {
  ...TABLE_NAMES,
  ...{ blocks: true, historySize: true, stateLayer: true, rewardsInState: true, hiddenSize: true },
  ...{ random: true, dropout: true, learningRate: true, fusedStep: true },
};
