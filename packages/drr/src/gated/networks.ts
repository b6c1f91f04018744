import type * as tf from '@tensorflow/tfjs-core';
import { BlockActor } from './block-actor.js';
import { BlockCritic } from './block-critic.js';
import type { GatedLearnerOptions } from './options.js';
import type { GatedObserved } from './state.js';

/** An actor and two critics. */
export interface GatedNetworks {
  readonly actor: BlockActor;
  readonly critics: readonly [BlockCritic, BlockCritic];
  /** What learns, in one order for all networks of the same options. */
  readonly variables: readonly tf.Variable[];
  /** What is fitted once or does not learn, in such an order. */
  readonly constants: readonly tf.Variable[];
  /** What state modules have that does not learn; it is among the constants. */
  readonly ofModules: readonly tf.Variable[];
  /** Brings all inputs to one scale. */
  fit(observed: GatedObserved): void;
  dispose(): void;
}

/** @param items - `[items, k]`; stays its owner's. */
export function createGatedNetworks(options: GatedLearnerOptions, items: tf.Tensor2D): GatedNetworks {
  const { random } = options;
  const actor = new BlockActor(options, items, random.fork('actor'));
  const critics = [
    new BlockCritic(options, items, random.fork('critic 1')),
    new BlockCritic(options, items, random.fork('critic 2')),
  ] as const;
  const all = [actor, ...critics];
  return {
    actor,
    critics,
    variables: all.flatMap(({ variables }) => variables),
    constants: all.flatMap(({ constants }) => constants),
    ofModules: all.flatMap(({ ofModule }) => ofModule),
    fit: (observed) => all.forEach((network) => network.fit(observed)),
    dispose: () => all.forEach((network) => network.dispose()),
  };
}
