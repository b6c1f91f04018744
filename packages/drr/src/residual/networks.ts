import type * as tf from '@tensorflow/tfjs-core';
import { ItemCritic } from './item-critic.js';
import { createParts } from './network-parts.js';
import { ActorNetwork } from './actor-network.js';
import type { ResidualLearnerOptions } from './options.js';
import type { SharedTensors } from './shared-tensors.js';

/** An actor and two critics, and what they read but never change. */
export interface ResidualNetworks {
  readonly actor: ActorNetwork;
  readonly critics: readonly [ItemCritic, ItemCritic];
  /** What learns, in one order for all networks of the same options. */
  readonly variables: readonly tf.Variable[];
  /** What is fitted once or does not learn, in such an order. */
  readonly constants: readonly tf.Variable[];
  /** What state modules have that does not learn; it is among the constants. */
  readonly ofModules: readonly tf.Variable[];
  dispose(): void;
}

export function createNetworks(options: ResidualLearnerOptions, shared: SharedTensors): ResidualNetworks {
  const { blocks, gates = {}, gateRange = 1.5, residualRange = 0.2 } = options;
  const { actorDropout = 0.5, criticDropout = 0.3 } = options;
  const actor = new ActorNetwork({
    ...createParts(options, shared, { name: 'actor', dropout: actorDropout }),
    ...{ gateRange, residualRange },
    gates: blocks.map(({ name }) => gates[name] ?? 1),
  });
  const critic = (name: string) =>
    new ItemCritic(createParts(options, shared, { name, dropout: criticDropout }));
  const critics = [critic('critic 1'), critic('critic 2')] as const;
  const all = [actor, ...critics];
  return {
    actor,
    critics,
    variables: all.flatMap(({ variables }) => variables),
    constants: all.flatMap(({ constants }) => constants),
    ofModules: all.flatMap(({ ofModule }) => ofModule),
    dispose: () => all.forEach((network) => network.dispose()),
  };
}
