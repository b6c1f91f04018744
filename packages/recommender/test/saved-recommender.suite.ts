import { expect, test } from '@jest/globals';
import { loadRecommender, memoryStorage, saveRecommender, type Recommender } from '../src/index.js';

const askers = ['user-1', 'user-17', 'nobody', { history: ['item-3', { item: 'item-9', rating: 2 }] }];
const answersOf = (recommender: Recommender) => recommender.recommendBatch(askers, { k: 8 });

/** Tests that recommenders come back as they were saved. */
export function testSaved(
  made: readonly (readonly [name: string, make: () => Promise<Recommender>])[],
): void {
  test.each(made)('%s comes back with the same answers, to the last bit', async (_, make) => {
    const recommender = await make();
    const storage = memoryStorage();
    await saveRecommender(recommender, storage);
    expect(await storage.list()).toEqual(['recommender.bin']);
    const loaded = await loadRecommender(storage);
    expect(answersOf(loaded)).toEqual(answersOf(recommender));
    expect(loaded.parts.policy.fittedOn).toEqual(recommender.parts.policy.fittedOn);
    // What was loaded can be saved again, and is the same record.
    const copy = memoryStorage();
    await saveRecommender(loaded, copy);
    expect(await copy.read('recommender.bin')).toEqual(await storage.read('recommender.bin'));
  });
}
