import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { runInWorkerd } from '@rl-recsys/testing';
import { loadRecommender, memoryStorage, saveRecommender, tarStorage, toTar } from '../src/index.js';
import { gated, paper, residual } from './toy-recommenders.js';

test.each([
  ['gated', gated],
  ['residual', residual],
  ['paper', paper],
])('a %s recommender answers in workerd as in Node', async (_, make) => {
  const storage = memoryStorage();
  await saveRecommender(await make(), storage);
  const tar = await toTar(storage);
  const code = `
    import { loadRecommender, tarStorage } from '@rl-recsys/recommender';
    export default async () => {
      const tar = Uint8Array.from(atob('${Buffer.from(tar).toString('base64')}'), (each) => each.charCodeAt(0));
      const recommender = await loadRecommender(tarStorage(tar));
      return ['user-1', { history: ['item-3', 'item-9'] }].map((asker) => recommender.recommend(asker, { k: 5 }));
    };`;
  const recommender = await loadRecommender(tarStorage(tar));
  const here = ['user-1', { history: ['item-3', 'item-9'] }].map((asker) =>
    recommender.recommend(asker, { k: 5 }),
  );
  expect(here[0]).toHaveLength(5);
  expect(await runInWorkerd(code, fileURLToPath(new URL('.', import.meta.url)))).toEqual(here);
});
