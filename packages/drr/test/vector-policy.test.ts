import { createEmbeddingTable } from '@rl-recsys/embeddings';
import { describe, expect, test } from '@jest/globals';
import { vectorPolicy, weighBlocks } from '../src/index.js';

const tables = {
  users: createEmbeddingTable(Float32Array.of(1, 2, 3, 4, 5, 6), 3),
  items: createEmbeddingTable(Float32Array.of(1, 0, -1, 2, 1, 0.5), 3),
};
const blocks = [
  { name: 'taste', start: 0, size: 2 },
  { name: 'fame', start: 2, size: 1 },
];

describe('weighBlocks', () => {
  test("multiplies each block of the users' vectors by its weight", () => {
    const weighed = weighBlocks(tables, blocks, { taste: 0.5, fame: -2 });
    expect(Array.from(weighed.users.vectors)).toEqual([0.5, 1, -6, 2, 2.5, -12]);
    expect(weighed.items).toBe(tables.items);
    expect(Array.from(tables.users.vectors)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test.each([
    [{ taste: 1 }, 'weights: expected a number for fame, got undefined'],
    [{ taste: 1, fame: NaN }, 'weights: expected a number for fame, got NaN'],
    [{ taste: 1, fame: 1, likes: 1 }, 'weights: expected a block likes, got taste, fame'],
  ])('refuses %j', (weights, message) => {
    expect(() => weighBlocks(tables, blocks, weights as Record<string, number>)).toThrow(
      new RangeError(message),
    );
  });
});

describe('vectorPolicy', () => {
  test('scores by inner products', () => {
    const scores = new Float32Array(2);
    vectorPolicy('MF', tables).score({ user: 1 }, Int32Array.of(1, 0), scores);
    expect(Array.from(scores)).toEqual([8 + 5 + 3, 4 - 6]);
    expect(vectorPolicy('MF', tables)).toMatchObject({ name: 'MF', fittedOn: [] });
  });

  test('scores by blocks of which some have no weight as by all numbers', () => {
    const scoresOf = (weights: Record<string, number>) => {
      const scores = new Float32Array(2);
      vectorPolicy('mix', weighBlocks(tables, blocks, weights)).score(
        { user: 0 },
        Int32Array.of(0, 1),
        scores,
      );
      return Array.from(scores);
    };
    expect(scoresOf({ taste: 1, fame: 0 })).toEqual([1, 4]);
    expect(scoresOf({ taste: 0, fame: 2 })).toEqual([-6, 3]);
    expect(scoresOf({ taste: 0, fame: 0 })).toEqual([0, 0]);
  });

  test('refuses a user or an item that is in no table, and vectors of different lengths', () => {
    const score = () => vectorPolicy('MF', tables).score({ user: 2 }, Int32Array.of(0), new Float32Array(1));
    expect(score).toThrow('user: expected an index from 0 to 1, got 2');
    const unknown = () =>
      vectorPolicy('MF', tables).score({ user: 0 }, Int32Array.of(2), new Float32Array(1));
    expect(unknown).toThrow('candidates: expected an index from 0 to 1, got 2');
    const users = createEmbeddingTable(Float32Array.of(1, 2), 2);
    expect(() => vectorPolicy('MF', { ...tables, users })).toThrow('users: expected vectors of 3 numbers');
  });
});
