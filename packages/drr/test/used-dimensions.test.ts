import { createEmbeddingTable } from '@rl-recsys/embeddings';
import { expect, test } from '@jest/globals';
import { usedDimensions } from '../src/used-dimensions.js';

const items = createEmbeddingTable(Float32Array.of(1, 2, 3, 4, 5, 6), 3);
const tablesOf = (...users: number[]) => ({
  users: createEmbeddingTable(Float32Array.from(users), 3),
  items,
});

test('dimensions that are 0 for every user are not read', () => {
  const { users, items: taken } = usedDimensions({ ...tablesOf(7, 0, 0, 0, 0, 9), fittedOn: [] });
  expect(users).toEqual(createEmbeddingTable(Float32Array.of(7, 0, 0, 9), 2));
  expect(taken).toEqual(createEmbeddingTable(Float32Array.of(1, 3, 4, 6), 2));
});

test.each([[[1, 2, 3]], [[0, 0, 0]]])('where all count or none does, vectors stay: %j', (users) => {
  const tables = tablesOf(...users);
  expect(usedDimensions(tables)).toBe(tables);
});
