import type { FoldInRule } from '@rl-recsys/embeddings/fold-in';
import { UserFoldIn } from '@rl-recsys/embeddings/fold-in';
import { historyScorer, type RatedHistory, type SavedScorer } from '@rl-recsys/embeddings/scores';
import { createEmbeddingTable, type EmbeddingTable } from '@rl-recsys/embeddings/search';
import { NO_ITEM } from '@rl-recsys/environment/histories';
import type { Fingerprint, RatingScale } from '@rl-recsys/rating-log';
import { denseForward, type DenseForward, type PlainLayer } from '../dense-forward.js';
import { stateFeatures, standardized } from '../residual/policy.js';
import { plainEncoder, type SavedStateLayer, type StateEncoder } from '../state-encoder.js';
import { CANDIDATE_KINDS, kindOfCandidates, type CandidateKind } from './candidate-kind.js';
import type { BlockWeights } from './block-weights.js';
import { mixedScore } from './mixed-score.js';
import { pastSummary } from './past-summary.js';
import { StandardizedScores } from './standardized-scores.js';

/** What an actor's network reads, as plain values. */
export type SavedBlockActor = {
  readonly stateLayer: SavedStateLayer;
  /** w `[n]` of Σ w_a r_a i_a. */
  readonly rewardWeights: Float32Array | null;
  /** What states are standardized by, `[state size]` each. */
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
  /** From the standardized state to `[blocks + k]`. */
  readonly layers: readonly PlainLayer[];
  readonly gateRange: number;
  readonly residualRange: number;
};

/** The vectors of which the state is made: those of items, and how a user's is found. */
export type SavedStateVectors = {
  readonly items: Float32Array;
  readonly size: number;
  readonly itemBias: Float32Array;
  readonly mean: number;
  readonly foldIn: FoldInRule;
};

/** A trained actor of the default variant on a log, with all that it needs to rank the catalogue for anybody, as plain values. */
export type SavedGatedPolicy = SavedBlockActor & {
  readonly kind: 'gated';
  /** n */
  readonly historySize: number;
  /** What gives the blocks' scores, in their order. */
  readonly scorers: readonly SavedScorer[];
  readonly mixes: Readonly<Record<CandidateKind, BlockWeights>>;
  /** How much of what was learned is followed, from 0 to 1: at 0 the static mix ranks. */
  readonly trust: Readonly<Record<CandidateKind, number>>;
  readonly vectors: SavedStateVectors;
  /** float32 `[items]`: log(1 + how often an item was rated). */
  readonly popularity: Float32Array;
  readonly scale: RatingScale;
};

/** Somebody's whole past, and what they liked last. */
export interface Somebody extends RatedHistory {
  /** int32 `[n]`: what they liked last, oldest first, −1 at padding. */
  readonly history: Int32Array;
  /** float32 `[n]`: what each of that earned. */
  readonly rewards: Float32Array;
}

/**
 * The greedy policy of a trained actor of the default variant on a log, in plain loops: it ranks by whole pasts, of users known
 * or new alike.
 */
export class GatedPolicy {
  readonly name = 'DRR';
  readonly itemCount: number;
  readonly historySize: number;
  /** What its blocks were fitted on. */
  readonly fittedOn: readonly Fingerprint[];
  private readonly standardized: StandardizedScores;
  private readonly foldIn: UserFoldIn;
  private readonly items: EmbeddingTable;
  private readonly standardItems: Float32Array;

  /**
   * @param encoder - of its state layer (default: where that has one in plain loops, that).
   * @param dense - runs its layers (default: plain loops).
   * @throws Error where there is no encoder.
   */
  constructor(
    readonly saved: SavedGatedPolicy,
    readonly encoder: StateEncoder | undefined = plainEncoder(saved.stateLayer, saved.vectors.size),
    private readonly dense: DenseForward = denseForward,
  ) {
    if (!encoder) throw new Error(`encoder: expected one for ${saved.stateLayer.className}, got none`);
    const { vectors, scorers, historySize } = saved;
    const made = scorers.map(historyScorer);
    this.standardized = new StandardizedScores(made);
    this.itemCount = this.standardized.itemCount;
    this.historySize = historySize;
    this.fittedOn = made.flatMap(({ fittedOn }) => fittedOn).slice(0, 1); // all have seen the same log
    this.items = createEmbeddingTable(vectors.items, vectors.size);
    this.foldIn = new UserFoldIn({ ...vectors, items: this.items });
    this.standardItems = standardizedRows(this.items);
  }

  /**
   * Writes to `scores[i]` how much `items[i]` should be shown; higher is better.
   *
   * @param items - int32 `[any]`: all that may be shown. Where these are few, they are ranked as items that somebody chose.
   * @param blocks - what {@link GatedPolicy.blockScores} gave for this past: most of the work, for who asks about it again.
   * @throws RangeError where an item is not in the catalogue, of those to score, the past or the history, or the history has
   * another length.
   */
  score(
    somebody: Somebody,
    items: Int32Array,
    scores: Float32Array,
    blocks: Float32Array = this.standardized.of(somebody),
  ): void {
    const { blockCount } = this.standardized;
    const { size } = this.items;
    assertItems('items', items, this.itemCount);
    const kind = kindOfCandidates(items.length, this.itemCount - somebody.items.length);
    const action = this.act(somebody, blocks, kind);
    for (let place = 0; place < items.length; place++) {
      const item = items[place]!;
      let score = mixedScore({ scores: blocks, blockCount }, item, action);
      for (let k = 0; k < size; k++) score += action[blockCount + k]! * this.standardItems[item * size + k]!;
      scores[place] = score;
    }
  }

  /** The standardized scores of all blocks after a past: float32 `[items, blocks]`. */
  blockScores(past: RatedHistory): Float32Array {
    return this.standardized.of(past).slice();
  }

  /** What each block counts for somebody: float32 `[blocks]`. */
  gates(somebody: Somebody, kind: CandidateKind): Float32Array {
    return this.act(somebody, this.standardized.of(somebody), kind).slice(0, this.standardized.blockCount);
  }

  /** The vector that ranks: float32 `[blocks + k]`, the gates and the residual. */
  private act(somebody: Somebody, blocks: Float32Array, kind: CandidateKind): Float32Array {
    const { saved, items, encoder, dense } = this;
    const { blockCount } = this.standardized;
    assertItems('history', somebody.history.filter(isItem), this.itemCount);
    assertLengths(somebody, this.historySize);
    const { vector } = this.foldIn.fold(somebody);
    const features = stateFeatures(saved, encoder!, vector, somebody.history, somebody.rewards, items);
    const summary = pastSummary(somebody, blocks, blockCount, saved);
    const kinds = CANDIDATE_KINDS.map((each) => (each === kind ? 1 : 0));
    const measured = standardized(saved, Float32Array.from([...features, ...summary]));
    const heads = dense(Float32Array.from([...measured, ...kinds]), 1, saved.layers);
    const width = heads.length / kinds.length;
    const action = heads.slice(CANDIDATE_KINDS.indexOf(kind) * width).subarray(0, width);
    const mix = saved.mixes[kind];
    const trust = saved.trust[kind];
    for (let place = 0; place < action.length; place++) {
      const learned = trust * action[place]!;
      action[place] =
        place < blockCount ? mix[place]! + learned * saved.gateRange : learned * saved.residualRange;
    }
    return action;
  }
}

const isItem = (item: number) => item !== NO_ITEM;

function assertItems(name: string, items: Int32Array, itemCount: number): void {
  const unknown = items.find((item) => item < 0 || item >= itemCount);
  if (unknown !== undefined)
    throw new RangeError(`${name}: expected items below ${itemCount}, got ${unknown}`);
}

function assertLengths({ history, rewards }: Somebody, n: number): void {
  for (const [name, { length }] of Object.entries({ history, rewards }))
    if (length !== n) throw new RangeError(`${name}: expected ${n} places, got ${length}`);
}

/** Each dimension brought to mean 0 and deviation 1 over the rows, and clipped, as in training. */
function standardizedRows({ vectors, rows, size }: EmbeddingTable): Float32Array {
  const mean = new Float32Array(size);
  const deviation = new Float32Array(size);
  for (let k = 0; k < size; k++) {
    let [sum, squares] = [0, 0];
    for (let row = 0; row < rows; row++) sum += vectors[row * size + k]!;
    mean[k] = sum / rows;
    for (let row = 0; row < rows; row++) squares += (vectors[row * size + k]! - mean[k]!) ** 2;
    deviation[k] = Math.sqrt(squares / rows) + 0.01;
  }
  return standardized({ mean, deviation }, vectors.slice());
}
