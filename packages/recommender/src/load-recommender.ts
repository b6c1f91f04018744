import type { EmbeddingTables, RankingPolicy } from '@rl-recsys/drr';
import { drrPolicy } from '@rl-recsys/drr/paper/policy';
import { residualPolicy } from '@rl-recsys/drr/residual/policy';
import { plainEncoder } from '@rl-recsys/drr/state-encoder';
import { recommenderOf } from './create-recommender.js';
import type { Recommender, SavedPolicy } from './recommender.js';
import { partsOf } from './saved-recommender.js';
import { RECORD } from './save-recommender.js';
import type { RecordStorage } from './storage/record-storage.js';
import { decodeSaved } from './storage/saved-bytes.js';

/**
 * The recommender that `saveRecommender` wrote.
 *
 * State layers that have no plain loops are run by TensorFlow.js, which is loaded only then: choose a backend before.
 *
 * @throws Error where there is none, or the record is damaged or of something else; the record is named.
 */
export async function loadRecommender(storage: RecordStorage): Promise<Recommender> {
  const bytes = await storage.read(RECORD);
  if (!bytes) throw new Error(`${RECORD}: expected a saved recommender, but there is no such record`);
  try {
    const { policy, ...catalogue } = partsOf(decodeSaved(bytes));
    return recommenderOf(await policyOf(policy, catalogue.tables), policy, catalogue);
  } catch (cause) {
    throw new Error(`${RECORD}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

async function policyOf(saved: SavedPolicy, tables: EmbeddingTables): Promise<RankingPolicy> {
  const sizes = { embeddingSize: tables.items.size, historySize: saved.historySize };
  const encoder =
    plainEncoder(saved.stateLayer, sizes.embeddingSize) ??
    (await import('@rl-recsys/drr/layer-encoder')).layerEncoder(saved.stateLayer, sizes);
  return saved.kind === 'paper' ? drrPolicy(saved, tables, encoder) : residualPolicy(saved, tables, encoder);
}
