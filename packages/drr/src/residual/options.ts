import type { BlockPlace } from '@rl-recsys/embeddings';
import type { OptionNames, Random } from '@rl-recsys/random';
import type { MakeStateLayer } from '@rl-recsys/state';
import { TABLE_NAMES, type EmbeddingTables } from '../tables.js';

/** What a {@link ResidualLearner} is made from. Defaults without a source are ours, found on MovieLens. */
export interface ResidualLearnerOptions extends EmbeddingTables {
  /** What the vectors are made of; together they are all dimensions. */
  readonly blocks: readonly BlockPlace[];
  /**
   * What each block of the user's vector is multiplied by before anything is learned, by name (default 1):
   * give those that already rank well a 1, those that may help a 0.
   */
  readonly gates?: Readonly<Record<string, number>>;
  /** n, how many items make the history (default 10). */
  readonly historySize?: number;
  /** How many candidates of a step are stored and learned from, the shown one among them (default 32). */
  readonly candidateCount?: number;
  /** Makes the state layer, once for each network (default: DRR-ave), such as one of `stateLayers`. */
  readonly stateLayer?: MakeStateLayer;
  /** Whether the state has what each item earned, for histories that are not of likes alone (default false). */
  readonly rewardsInState?: boolean;
  /** Whether actor and critics train the items' vectors too, each its own (default false). */
  readonly trainableItems?: boolean;
  /** Units of each hidden layer (default 64). */
  readonly hiddenSize?: number;
  /** How far an action may leave the gated user's vector, in usual sizes of its dimensions (default 0.2). */
  readonly residualRange?: number;
  /** How far a gate may leave its first value (default 1.5). */
  readonly gateRange?: number;
  /** Of the softmax over candidates that the actor learns through, in scores (default 0.3). */
  readonly temperature?: number;
  /** The share of the actor's inputs that are dropped in learning (default 0.5). */
  readonly actorDropout?: number;
  /** The same of the critics' (default 0.3). */
  readonly criticDropout?: number;
  /** Default 3e-4. */
  readonly actorLearningRate?: number;
  /** Default 1e-3. */
  readonly criticLearningRate?: number;
  /** How far the averaged networks move at each update of the actor (default 0.01). */
  readonly tau?: number;
  /** Updates of the critics for each one of the actor (default 2; Fujimoto et al. 2018). */
  readonly policyDelay?: number;
  /**
   * Whether updates and actions are computed in one go, without a tensor for each step, where fast kernels are active, the state
   * layer is `DrrAve` or `DecayingSums` and the items' vectors do not learn (default true). The arithmetic is the same.
   */
  readonly fusedStep?: boolean;
  /** Draws starting weights and dropout. */
  readonly random: Random;
}

/** The names of {@link ResidualLearnerOptions}. */
export const RESIDUAL_LEARNER_NAMES: OptionNames<ResidualLearnerOptions> = {
  ...TABLE_NAMES,
  ...{ blocks: true, gates: true, historySize: true, candidateCount: true, stateLayer: true },
  ...{ rewardsInState: true, trainableItems: true, hiddenSize: true, residualRange: true },
  ...{ gateRange: true, temperature: true, actorDropout: true, criticDropout: true, tau: true },
  ...{ actorLearningRate: true, criticLearningRate: true, policyDelay: true, fusedStep: true, random: true },
};
