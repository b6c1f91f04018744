import { stateLayers } from '@rl-recsys/state';
import { expect, test } from '@jest/globals';
import {
  encodeSaved,
  loadRecommender,
  memoryStorage,
  saveRecommender,
  type Recommender,
} from '../src/index.js';
import { gated, paper, residual } from './toy-recommenders.js';

const askers = ['user-1', 'user-17', 'nobody', { history: ['item-3', { item: 'item-9', rating: 2 }] }];
const answersOf = (recommender: Recommender) => recommender.recommendBatch(askers, { k: 8 });

test.each([
  ['the default variant', () => gated()],
  [
    'the default variant with a state layer that TensorFlow.js runs',
    () => gated({ stateLayer: stateLayers.gru }),
  ],
  ['the variant that plans', () => residual()],
  ['with items that learn', () => residual({ trainableItems: true, rewardsInState: true })],
  ['with a state layer that TensorFlow.js runs', () => residual({ stateLayer: stateLayers.gru })],
  ['the paper’s', () => paper()],
  ['the paper’s with pairs', () => paper({ stateLayer: stateLayers['drr-u'], historySize: 4 })],
])('%s comes back with the same answers, to the last bit', async (_, make) => {
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

test('what is no recommender, or a damaged one, is refused by the record’s name', async () => {
  const storage = memoryStorage();
  await expect(loadRecommender(storage)).rejects.toThrow(
    'recommender.bin: expected a saved recommender, but there is no such record',
  );
  await storage.write('recommender.bin', encodeSaved({ format: 'something' }));
  await expect(loadRecommender(storage)).rejects.toThrow(
    'recommender.bin: expected a recommender, got something',
  );
  await storage.write('recommender.bin', encodeSaved({ format: '@rl-recsys/recommender', version: 9 }));
  await expect(loadRecommender(storage)).rejects.toThrow(
    'recommender.bin: expected version 2 of a recommender, got 9',
  );
  await saveRecommender(await residual(), storage);
  const bytes = (await storage.read('recommender.bin'))!;
  bytes[bytes.length >> 1]! ^= 1;
  await storage.write('recommender.bin', bytes);
  await expect(loadRecommender(storage)).rejects.toThrow(
    'recommender.bin: bytes: the saved value is damaged',
  );
});
