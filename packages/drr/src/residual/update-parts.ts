import type { Adam, Figures, LearnResult } from '@rl-recsys/agent';
import type { BlockPlace, EmbeddingTable } from '@rl-recsys/embeddings';
import type { Random } from '@rl-recsys/random';
import type { Batch } from '@rl-recsys/replay-buffer';
import type { ResidualNetworks } from './networks.js';
import type { SharedTensors } from './shared-tensors.js';
import type { ResidualFields } from './transition-fields.js';

/** A batch as a replay buffer with {@link residualFields} fills it. */
export type ResidualBatch = Batch<ResidualFields>;

/** What one update tells; a type and not an interface, so that it is a record of figures. */
export type ResidualFigures = {
  /** Importance-weighted squared TD errors, of both critics together. */
  readonly criticLoss: number;
  /** −Σ_x π(x | s) Q(s, x), the mean of the batch; undefined where it was not the actor's turn. */
  readonly actorLoss: number | undefined;
};

/** What an update gives. */
export type ResidualLearnResult = LearnResult & { readonly figures: ResidualFigures & Figures };

/** All that an update reads and changes, whichever way it is computed. */
export interface UpdateParts {
  readonly online: ResidualNetworks;
  readonly averaged: ResidualNetworks;
  readonly actorOptimizer: Adam;
  readonly criticOptimizer: Adam;
  readonly shared: SharedTensors;
  /** The items' vectors, for their number. */
  readonly items: EmbeddingTable;
  /** What the vectors are made of. */
  readonly blocks: readonly BlockPlace[];
  /** n */
  readonly historySize: number;
  /** How many candidates a transition has. */
  readonly candidateCount: number;
  /** Of the softmax that the actor learns through. */
  readonly temperature: number;
  readonly tau: number;
  readonly policyDelay: number;
  /** What dropout draws from. */
  readonly masks: Random;
}

/** Updates of the critics before the first of the actor, who would else follow values that mean nothing yet. */
const HEAD_START = 100;

/** Whether the actor learns in the update of the critics that was just made. */
export function isActorsTurn({ criticOptimizer: { step }, policyDelay }: UpdateParts): boolean {
  return step > HEAD_START && step % policyDelay === 0;
}
