import { seedFrom } from '@rl-recsys/agent';
import type { Random } from '@rl-recsys/random';
import { createStateModule, decayingWeights, DrrAve } from '@rl-recsys/state';
import { HISTORY_SIZE } from '@rl-recsys/environment';
import * as tf from '@tensorflow/tfjs-core';
import type { ResidualLearnerOptions } from './options.js';
import type { SharedTensors } from './shared-tensors.js';
import { StateFeatures } from './state-features.js';

/** What an actor and a critic are both made from. */
export interface NetworkParts {
  readonly features: StateFeatures;
  /**
   * The items' vectors `[items, k]`: a variable where they learn, which the network then owns; else a tensor
   * that stays its owner's.
   */
  readonly items: tf.Tensor2D;
  /** `[blocks, k]`, of `blockMembership`; stays its owner's. */
  readonly membership: tf.Tensor2D;
  /** `[k]`: the usual size of each dimension of a user's vector; stays its owner's. */
  readonly userScale: tf.Tensor1D;
  /**
   * `[n]`, where the weights of sums over the history begin: at .3 · .7^age where it holds all that was shown, at 1/n where it
   * is of likes.
   */
  readonly firstWeights: Float32Array;
  readonly hiddenSize: number;
  /** The share of inputs that are dropped in learning. */
  readonly dropout: number;
  /** Draws the starting weights. */
  readonly random: Random;
}

/** How much of an item is remembered one item later; our choice. */
const DECAY = 0.7;

/** What of the options every network is made from. */
export type NetworkOptions = Pick<
  ResidualLearnerOptions,
  'items' | 'historySize' | 'stateLayer' | 'rewardsInState' | 'trainableItems' | 'hiddenSize' | 'random'
>;

/**
 * A network's own parts, and those that it shares.
 *
 * @param network - its name says which random numbers are its own.
 */
export function createParts(
  options: NetworkOptions,
  shared: SharedTensors,
  { name, dropout }: { readonly name: string; readonly dropout: number },
): NetworkParts {
  const { historySize = HISTORY_SIZE, stateLayer = () => new DrrAve({}), rewardsInState = false } = options;
  const { trainableItems = false, hiddenSize = 64, random } = options;
  const sizes = { embeddingSize: options.items.size, historySize };
  const layer = stateLayer({ seed: seedFrom(random.fork(`${name}'s state`)), ...sizes });
  const firstWeights = rewardsInState
    ? decayingWeights(historySize, DECAY)
    : new Float32Array(historySize).fill(1 / historySize);
  return {
    ...{ membership: shared.membership, userScale: shared.userScale, firstWeights, hiddenSize, dropout },
    items: trainableItems ? tf.tidy(() => tf.variable(tf.clone(shared.items))) : shared.items,
    features: new StateFeatures(createStateModule(layer, sizes), rewardsInState ? firstWeights : undefined),
    random: random.fork(name),
  };
}

/** The items' vectors, where they learn. */
export function learnedItems(items: tf.Tensor2D): tf.Variable[] {
  return items instanceof tf.Variable ? [items as tf.Variable] : [];
}
