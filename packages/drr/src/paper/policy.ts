import { denseForward, type DenseForward, type PlainLayer } from '../dense-forward.js';
import { RankingPolicy } from '../ranking-policy.js';
import { plainEncoder, type SavedStateLayer, type StateEncoder } from '../state-encoder.js';
import type { EmbeddingTables } from '../tables.js';

/** A trained DRR as plain values, beside the vectors of its users and items. */
export type SavedDrrPolicy = {
  readonly kind: 'paper';
  /** n */
  readonly historySize: number;
  readonly stateLayer: SavedStateLayer;
  /** From state to action. */
  readonly actor: readonly PlainLayer[];
};

/**
 * The greedy policy of a trained DRR, in plain loops: a = π(f(s)), and items ranked by their inner products with a.
 *
 * @param encoder - of its state layer (default: where that has one in plain loops, that).
 * @param dense - runs its layers (default: plain loops).
 * @throws Error where there is no encoder.
 */
export function drrPolicy(
  { historySize, stateLayer, actor }: SavedDrrPolicy,
  tables: EmbeddingTables,
  encoder: StateEncoder | undefined = plainEncoder(stateLayer, tables.items.size),
  dense: DenseForward = denseForward,
): RankingPolicy {
  if (!encoder) throw new Error(`encoder: expected one for ${stateLayer.className}, got none`);
  return new RankingPolicy({
    ...{ name: 'DRR', tables, historySize },
    actions: (users, { history }) =>
      dense(encoder.encode(users, history, tables.items), users.length / tables.users.size, actor),
  });
}
