import type { Recommender } from './recommender.js';
import { recommenderState } from './saved-recommender.js';
import { encodeSaved, type RecordStorage } from '@rl-recsys/storage';

/** The record that a recommender is. */
export const RECORD = 'recommender.bin';

/** Writes a recommender to a storage, as one record: whoever reads meanwhile gets the old one or the new one. */
export async function saveRecommender(recommender: Recommender, storage: RecordStorage): Promise<void> {
  await storage.write(RECORD, encodeSaved(recommenderState(recommender)));
}
