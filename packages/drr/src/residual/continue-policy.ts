import type { Random } from '@rl-recsys/random';
import { layerOf } from '../layer-encoder.js';
import type { EmbeddingTables } from '../tables.js';
import { simulatorDefaults } from './in-simulator.js';
import { ResidualLearner } from './learner.js';
import type { ResidualLearnerOptions } from './options.js';
import type { SavedResidualPolicy } from './policy.js';

/** What the networks of a policy have in common with those beside it. */
export type PolicyOptions = Required<
  Pick<
    ResidualLearnerOptions,
    | 'blocks'
    | 'gates'
    | 'historySize'
    | 'stateLayer'
    | 'rewardsInState'
    | 'hiddenSize'
    | 'gateRange'
    | 'residualRange'
  >
>;

/** What a policy was made with, as far as it can tell: what else is to be a network beside it takes the same. */
export function optionsOfPolicy(policy: SavedResidualPolicy): PolicyOptions {
  const { blocks, gates, historySize, stateLayer, rewardWeights, layers, gateRange, residualRange } = policy;
  return {
    ...{ blocks, historySize, gateRange, residualRange },
    gates: Object.fromEntries(blocks.map(({ name }, place) => [name, gates[place]!])),
    stateLayer: () => layerOf(stateLayer),
    rewardsInState: rewardWeights !== null,
    hiddenSize: layers[0]!.bias.length,
  };
}

/**
 * A learner that goes on from a trained policy, of which nothing but the policy was kept: its actor is that, its critics are new. The first
 * hundred updates are the critics' alone.
 *
 * @param tables - the items that the policy ranks, and users as they are to be learned from: others than it was trained with,
 * such as one row for each situation.
 * @throws RangeError where the policy learned vectors of its own, or the tables' are of another length.
 */
export function continueResidual(
  policy: SavedResidualPolicy,
  tables: EmbeddingTables,
  random: Random,
): ResidualLearner {
  const planned = policy.rewardWeights === null ? {} : simulatorDefaults;
  const learner = new ResidualLearner({ ...planned, ...optionsOfPolicy(policy), ...tables, random });
  try {
    learner.takePolicy(policy);
  } catch (error) {
    learner.dispose();
    throw error;
  }
  return learner;
}
