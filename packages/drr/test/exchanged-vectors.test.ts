import {
  alignVectors,
  createEmbeddingTable,
  decodeParquet,
  decodeWord2Vec,
  encodeParquet,
  encodeWord2Vec,
} from '@rl-recsys/embeddings';
import type { EmbeddingTable, IdentifiedVectors } from '@rl-recsys/embeddings';
import { IdMap } from '@rl-recsys/rating-log';
import { expect, test } from '@jest/globals';
import { drrPolicy, type EmbeddingTables } from '../src/index.js';
import { observe, toyLearner, toyTables } from './paper/toy-learner.js';

const idsOf = (kind: string, { rows }: EmbeddingTable) =>
  new IdMap(Array.from({ length: rows }, (_, row) => `${kind}:${row}`));

/** As they come back from another system: in another order. */
function reversed({ ids, table: { rows, size, vectors } }: IdentifiedVectors): IdentifiedVectors {
  const numbers = Array.from({ length: rows }, (_, row) => [
    ...vectors.subarray(row * size, (row + 1) * size),
  ]);
  return {
    ids: [...ids].reverse(),
    table: createEmbeddingTable(Float32Array.from(numbers.reverse().flat()), size),
  };
}

test('vectors exported, brought into another order and imported give the same recommendations', async () => {
  const { users, items } = toyTables();
  const [userIds, itemIds] = [idsOf('user', users), idsOf('item', items)];
  const outAndIn = async (table: EmbeddingTable, ids: IdMap) =>
    reversed(await decodeParquet(await encodeParquet({ ids: ids.ids, table })));
  const imported = {
    users: alignVectors(await outAndIn(users, userIds), userIds),
    items: alignVectors(decodeWord2Vec(encodeWord2Vec(await outAndIn(items, itemIds))), itemIds),
  };
  const saved = toyLearner().savedPolicy();
  const recommend = (tables: EmbeddingTables) =>
    drrPolicy(saved, tables).recommend(observe(), { k: 4, seen: [2] });
  expect(recommend(imported)).toEqual(recommend({ users, items }));
  expect(recommend(imported)).toHaveLength(4);
});
