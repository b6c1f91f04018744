import { expect, test } from '@jest/globals';
import { encodeSaved, loadRecommender, memoryStorage, saveRecommender } from '../src/index.js';
import { testSaved } from './saved-recommender.suite.js';
import { gated, paper, residual } from './toy-recommenders.js';

// With other state layers, and items that learn, in the long tests.
testSaved([
  ['the default variant', () => gated()],
  ['the variant that plans', () => residual()],
  ['the paper’s', () => paper()],
]);

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
