import { GatedPolicy } from '@rl-recsys/drr/gated/policy';
import { drrPolicy } from '@rl-recsys/drr/paper/policy';
import { mixedPolicy } from '@rl-recsys/drr/residual/mixed-policy';
import { residualPolicy } from '@rl-recsys/drr/residual/policy';
import { plainEncoder, type SavedStateLayer, type StateEncoder } from '@rl-recsys/drr/state-encoder';
import { recommenderOf } from './create-recommender.js';
import type { PastParts } from './past-ranker.js';
import type { Recommender } from './recommender.js';
import { partsOf, type RestoredPolicy } from './saved-recommender.js';
import { RECORD } from './save-recommender.js';
import { decodeSaved, type RecordStorage } from '@rl-recsys/storage';
import type { VectorParts } from './vector-ranker.js';

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
    const { ranks, catalogue } = partsOf(decodeSaved(bytes));
    return recommenderOf(await policyOf(ranks), catalogue);
  } catch (cause) {
    throw new Error(`${RECORD}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

async function policyOf(ranks: RestoredPolicy): Promise<VectorParts | PastParts> {
  const { historySize } = ranks.saved;
  if (!('tables' in ranks)) {
    const { stateLayer } = ranks.saved;
    const encoder = await encoderOf(stateLayer, { embeddingSize: ranks.saved.vectors.size, historySize });
    return { policy: new GatedPolicy(ranks.saved, encoder) };
  }
  const { saved, tables, foldIn } = ranks;
  const sizes = { embeddingSize: tables.items.size, historySize };
  if (saved.kind === 'mixed') {
    const encoders = await Promise.all(saved.parts.map(({ policy }) => encoderOf(policy.stateLayer, sizes)));
    return { policy: mixedPolicy(saved, tables, encoders), savedPolicy: saved, tables, foldIn };
  }
  const encoder = await encoderOf(saved.stateLayer, sizes);
  const policy =
    saved.kind === 'paper' ? drrPolicy(saved, tables, encoder) : residualPolicy(saved, tables, encoder);
  return { policy, savedPolicy: saved, tables, foldIn };
}

async function encoderOf(
  layer: SavedStateLayer,
  sizes: { readonly embeddingSize: number; readonly historySize: number },
): Promise<StateEncoder> {
  const plain = plainEncoder(layer, sizes.embeddingSize);
  return plain ?? (await import('@rl-recsys/drr/layer-encoder')).layerEncoder(layer, sizes);
}
