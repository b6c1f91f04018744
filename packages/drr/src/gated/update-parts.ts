import type { Adam } from '@rl-recsys/agent';
import type { Random } from '@rl-recsys/random';
import type { Batch } from '@rl-recsys/replay-buffer';
import type { GatedNetworks } from './networks.js';
import type { PoolTensors } from './pool-tensors.js';
import type { GatedFields } from './transition-fields.js';

/** A batch as a replay buffer with {@link gatedFields} fills it. */
export type GatedBatch = Batch<GatedFields>;

/** All that an update reads and changes, whichever way it is computed. */
export interface GatedUpdateParts {
  readonly online: GatedNetworks;
  readonly averaged: GatedNetworks;
  readonly actorOptimizer: Adam;
  readonly criticOptimizer: Adam;
  readonly tensors: PoolTensors;
  /** n */
  readonly historySize: number;
  /** How many candidates a transition has. */
  readonly candidateCount: number;
  /** Of the softmax that the actor learns through. */
  readonly temperature: number;
  readonly tau: number;
  /** What dropout draws from. */
  readonly masks: Random;
}

/** Updates of the critics before the first of the actor, who would else follow values that mean nothing yet. */
const HEAD_START = 150;

/** Whether the actor learns in the update of the critics that was just made. */
export function isActorsTurn({ criticOptimizer: { step } }: GatedUpdateParts): boolean {
  return step > HEAD_START;
}

/** int32 `[batch]`: the rows of the pools that were shown. */
export function shownRows({ candidates, shown }: GatedBatch['columns']): Int32Array {
  const count = candidates.length / shown.length;
  return Int32Array.from(shown, (place, row) => candidates[row * count + place]!);
}
