import type { EmbeddingTable } from '@rl-recsys/embeddings/search';
import type { OptionNames, Random } from '@rl-recsys/random';
import type { MakeStateLayer } from '@rl-recsys/state';
import type { BlockWeights } from './block-weights.js';
import type { CandidateKind } from './candidate-kind.js';
import type { CandidatePools } from './candidate-pools.js';

/** What a {@link GatedLearner} is made from. Defaults without a source are ours, found on MovieLens. */
export interface GatedLearnerOptions {
  /** What each block counts before anything is learned, for each kind of candidates: the static mixes. */
  readonly mixes: Readonly<Record<CandidateKind, BlockWeights>>;
  /** Scores to learn from. */
  readonly pools: CandidatePools;
  /** What figures call the blocks (default `block 1` and so on). */
  readonly blockNames?: readonly string[];
  /** `[moments, k]`: users' vectors at the moments, of which the state is made. */
  readonly users: EmbeddingTable;
  /** `[items, k]` */
  readonly items: EmbeddingTable;
  /** n, how many items make the history (default 10). */
  readonly historySize?: number;
  /** How many candidates of a step are stored and learned from (default 160). */
  readonly candidateCount?: number;
  /** Makes the state layer, once for each network (default: DRR-ave), such as one of `stateLayers`. */
  readonly stateLayer?: MakeStateLayer;
  /** Units of each hidden layer (default 32). */
  readonly hiddenSize?: number;
  /** How far a gate may leave its first value (default 1). */
  readonly gateRange?: number;
  /** How far the residual may move an item's score, in usual deviations of a block (default 0.2). */
  readonly residualRange?: number;
  /** Of the softmax over candidates that the actor explores and learns by, in deviations of a candidate's score (default 0.25). */
  readonly temperature?: number;
  /** The share of the state's numbers that are dropped in learning (default 0.3). */
  readonly dropout?: number;
  /** Default 1e-3. */
  readonly actorLearningRate?: number;
  /** Default 2e-3. */
  readonly criticLearningRate?: number;
  /** How far the averaged networks move at each update of the actor (default 0.01). */
  readonly tau?: number;
  /** Draws starting weights and dropout. */
  readonly random: Random;
}

/** The names of {@link GatedLearnerOptions}. */
export const GATED_LEARNER_NAMES: OptionNames<GatedLearnerOptions> = {
  ...{ mixes: true, pools: true, blockNames: true, users: true, items: true, historySize: true },
  ...{ candidateCount: true },
  ...{ stateLayer: true, hiddenSize: true, gateRange: true, residualRange: true, temperature: true },
  ...{ dropout: true, actorLearningRate: true, criticLearningRate: true, tau: true, random: true },
};
