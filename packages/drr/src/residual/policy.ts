import type { BlockPlace } from '@rl-recsys/embeddings';
import { NO_ITEM } from '@rl-recsys/environment/histories';
import { denseForward, type DenseForward, type PlainLayer } from '../dense-forward.js';
import { RankingPolicy, type ActionFunction } from '../ranking-policy.js';
import { plainEncoder, type SavedStateLayer, type StateEncoder } from '../state-encoder.js';
import type { EmbeddingTables } from '../tables.js';

/** What an actor's network reads, as plain values. */
export type SavedActorNetwork = {
  readonly stateLayer: SavedStateLayer;
  /** w `[n]` of Σ w_a r_a i_a; null where the state has no rewards. */
  readonly rewardWeights: Float32Array | null;
  /** What states are standardized by, `[state size]` each. */
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
  /** From the standardized state to `[k + blocks]`. */
  readonly layers: readonly PlainLayer[];
  /** `[blocks]`: the gates before anything was learned. */
  readonly gates: readonly number[];
  readonly gateRange: number;
  readonly residualRange: number;
};

/** A trained actor of the default variant as plain values, beside the vectors of its users and items. */
export type SavedResidualPolicy = SavedActorNetwork & {
  readonly kind: 'residual';
  /** n */
  readonly historySize: number;
  readonly blocks: readonly BlockPlace[];
  /** `[k]`: the usual size of each dimension of a user's vector. */
  readonly userScale: Float32Array;
  /** `[items, k]`: the items' vectors where they were learned; null where the tables' are ranked. */
  readonly itemVectors: Float32Array | null;
};

/** Where standardized states are clipped, as in training. */
const LIMIT = 5;

/**
 * The greedy policy of a trained actor of the default variant, in plain loops:
 * a = gate(s) ⊗ u + range · scale ⊗ tanh(h(s)), and items ranked by their inner products with a.
 *
 * @param encoder - of its state layer (default: where that has one in plain loops, that).
 * @param dense - runs its layers (default: plain loops).
 * @throws Error where there is no encoder.
 */
export function residualPolicy(
  saved: SavedResidualPolicy,
  tables: EmbeddingTables,
  encoder: StateEncoder | undefined = plainEncoder(saved.stateLayer, tables.items.size),
  dense: DenseForward = denseForward,
): RankingPolicy {
  if (!encoder) throw new Error(`encoder: expected one for ${saved.stateLayer.className}, got none`);
  const { historySize, itemVectors } = saved;
  const { rows, size } = tables.items;
  const ranked = itemVectors ? { ...tables, items: { rows, size, vectors: itemVectors } } : tables;
  return new RankingPolicy({
    ...{ name: 'DRR', tables: ranked, historySize },
    actions: actionsOf(saved, ranked, encoder, dense),
  });
}

/** The actions of a trained actor. */
export function actionsOf(
  saved: SavedResidualPolicy,
  { items }: EmbeddingTables,
  encoder: StateEncoder,
  dense: DenseForward,
): ActionFunction {
  const { layers, blocks, gates, gateRange, residualRange, userScale } = saved;
  const k = items.size;
  const width = k + blocks.length;
  const scales = userScale.map((scale) => scale * residualRange);
  return (users, { history, rewards }) => {
    const batch = users.length / k;
    const states = standardized(saved, stateFeatures(saved, encoder, users, history, rewards, items));
    const heads = dense(states, batch, layers);
    const actions = new Float32Array(users.length);
    for (let row = 0; row < batch; row++) {
      const [from, head] = [row * k, row * width];
      for (const [block, { start, size }] of blocks.entries()) {
        const gate = Math.fround(heads[head + k + block]! * gateRange + gates[block]!);
        for (let d = start; d < start + size; d++) {
          actions[from + d] = users[from + d]! * gate + heads[head + d]! * scales[d]!;
        }
      }
    }
    return actions;
  };
}

/** The state: what the encoder makes, how full the history is, and what its items earned. */
export function stateFeatures(
  {
    rewardWeights,
    historySize: n,
  }: { readonly rewardWeights: Float32Array | null; readonly historySize: number },
  encoder: StateEncoder,
  users: Float32Array,
  history: Int32Array,
  rewards: Float32Array,
  items: { readonly size: number; readonly rows: number; readonly vectors: Float32Array },
): Float32Array {
  const k = items.size;
  const batch = users.length / k;
  const encoded = encoder.encode(users, history, items);
  const size = encoder.size + 1 + (rewardWeights ? k : 0);
  const states = new Float32Array(batch * size);
  for (let row = 0; row < batch; row++) {
    states.set(encoded.subarray(row * encoder.size, (row + 1) * encoder.size), row * size);
    const earned = (row + 1) * size - k; // the last k numbers
    let count = 0;
    for (let place = row * n; place < (row + 1) * n; place++) {
      const item = history[place]!;
      if (item === NO_ITEM) continue;
      count += 1;
      if (!rewardWeights) continue;
      const weight = rewards[place]! * rewardWeights[place - row * n]!;
      for (let d = 0; d < k; d++) states[earned + d]! += weight * items.vectors[item * k + d]!;
    }
    states[row * size + encoder.size] = count / n;
  }
  return states;
}

/** Brings states to one scale, in place. */
export function standardized(
  { mean, deviation }: { readonly mean: Float32Array; readonly deviation: Float32Array },
  states: Float32Array,
): Float32Array {
  const size = mean.length;
  for (let row = 0; row < states.length; row += size) {
    for (let column = 0; column < size; column++) {
      const value = (states[row + column]! - mean[column]!) / deviation[column]!;
      states[row + column] = Math.max(-LIMIT, Math.min(LIMIT, value));
    }
  }
  return states;
}
