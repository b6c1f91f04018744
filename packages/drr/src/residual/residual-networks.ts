import { createStateModule, DrrAve } from '@rl-recsys/state';
import { seedFrom } from '@rl-recsys/ddpg';
import * as tf from '@tensorflow/tfjs-core';
import type { EmbeddingTable } from '@rl-recsys/embeddings';
import { blockMembership } from './blocks.js';
import { ItemCritic } from './item-critic.js';
import { ResidualActor } from './residual-actor.js';
import type { ResidualOptions } from './residual-options.js';
import { rootMeanSquare } from './standardiser.js';
import { StateFeatures } from './state-features.js';

/** An actor and two critics, and what they read but never change. */
export interface ResidualNetworks {
  readonly actor: ResidualActor;
  readonly critics: readonly [ItemCritic, ItemCritic];
  /** What learns, in one order for all networks of the same options. */
  readonly variables: readonly tf.Variable[];
  /** What is fitted once, in such an order. */
  readonly constants: readonly tf.Variable[];
  dispose(): void;
}

/** Tensors that all networks of an agent read. */
export interface SharedTensors {
  /** `[users, k]` */
  readonly users: tf.Tensor2D;
  /** `[items, k]` */
  readonly items: tf.Tensor2D;
  /** `[blocks, k]` */
  readonly membership: tf.Tensor2D;
  /** `[k]`: the usual size of each dimension of a user's vector; saved, because other users may come later. */
  readonly userScale: tf.Variable<tf.Rank.R1>;
}

export function shareTensors({ users, items, blocks }: ResidualOptions): SharedTensors {
  const upload = ({ vectors, rows, size }: EmbeddingTable) => tf.tensor2d(vectors, [rows, size]);
  const userVectors = upload(users);
  return {
    users: userVectors,
    items: upload(items),
    membership: blockMembership(blocks, items.size),
    userScale: tf.tidy(() => tf.variable(rootMeanSquare(userVectors), false)),
  };
}

export function createNetworks(options: ResidualOptions, shared: SharedTensors): ResidualNetworks {
  const {
    blocks,
    gates = {},
    historySize = 10,
    stateLayer = () => new DrrAve({}),
    rewardsInState = false,
    trainableItems = false,
    hiddenSize = 64,
    gateRange = 1.5,
    residualRange = 0.2,
    actorDropout = 0.5,
    criticDropout = 0.3,
    random,
  } = options;
  const sizes = { embeddingSize: options.items.size, historySize };
  const parts = (name: string, dropout: number) => ({
    ...{ membership: shared.membership, userScale: shared.userScale, hiddenSize, dropout },
    items: trainableItems ? tf.tidy(() => tf.variable(tf.clone(shared.items))) : shared.items,
    features: new StateFeatures(
      createStateModule(stateLayer({ seed: seedFrom(random.fork(`${name}'s state`)) }), sizes),
      { withRewards: rewardsInState },
    ),
    random: random.fork(name),
  });
  const actor = new ResidualActor({
    ...parts('actor', actorDropout),
    ...{ gateRange, residualRange },
    gates: blocks.map(({ name }) => gates[name] ?? 1),
  });
  const critic = (name: string) => new ItemCritic({ ...parts(name, criticDropout), historySize });
  const critics = [critic('critic 1'), critic('critic 2')] as const;
  const all = [actor, ...critics];
  return {
    actor,
    critics,
    variables: all.flatMap(({ variables }) => variables),
    constants: all.flatMap(({ constants }) => constants),
    dispose: () => all.forEach((network) => network.dispose()),
  };
}
