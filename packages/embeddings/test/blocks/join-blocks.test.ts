import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { fingerprintOf } from '@rl-recsys/rating-log';
import { closeTo } from '@rl-recsys/testing';
import fc from 'fast-check';
import {
  biasBlock,
  createEmbeddingTable,
  fitBpr,
  fitMatrixFactorization,
  itemTable,
  joinBlocks,
  likesBlock,
  popularityBlock,
  predictRating,
  ratingsBlock,
  userTable,
  vectorOf,
  type EmbeddingBlock,
  type EmbeddingTable,
} from '../../src/index.js';
import { drawPlantedRatings, logOf } from '../fit/planted-log.js';

const log = logOf(drawPlantedRatings(Random.fromSeed(1), 8, 6));
const model = fitMatrixFactorization(log, { random: Random.fromSeed(1), factors: 3, regularization: 1 });

function innerProduct(users: EmbeddingTable, user: number, items: EmbeddingTable, item: number): number {
  const own = vectorOf(users, user);
  return vectorOf(items, item).reduce((sum, value, k) => sum + value * own[k]!, 0);
}

test('inner products of joined vectors are the sums of the blocks’', () => {
  const block = ({ size, seed }: { size: number; seed: number }, place: number): EmbeddingBlock => {
    const random = Random.fromSeed(seed);
    const table = (rows: number) =>
      createEmbeddingTable(
        Float32Array.from({ length: rows * size }, () => random.normal()),
        size,
      );
    return { name: `block ${place}`, users: table(4), items: table(5), fittedOn: [] };
  };
  fc.assert(
    fc.property(
      fc.array(fc.record({ size: fc.integer({ min: 1, max: 6 }), seed: fc.integer() }), {
        minLength: 1,
        maxLength: 5,
      }),
      (sizes) => {
        const blocks = sizes.map(block);
        const joined = joinBlocks(blocks);
        for (let user = 0; user < 4; user++) {
          for (let item = 0; item < 5; item++) {
            const sum = blocks.reduce(
              (total, { users, items }) => total + innerProduct(users, user, items, item),
              0,
            );
            expect(innerProduct(joined.users, user, joined.items, item)).toBeCloseTo(sum, 9);
          }
        }
        for (const [place, { start, size }] of joined.blocks.entries()) {
          const at = (table: EmbeddingTable, row: number) => vectorOf(table, row).slice(start, start + size);
          expect(at(joined.users, 3)).toEqual(vectorOf(blocks[place]!.users, 3));
          expect(at(joined.items, 2)).toEqual(vectorOf(blocks[place]!.items, 2));
        }
      },
    ),
    { seed: 1, numRuns: 50 },
  );
});

test('ratings and bias joined are the tables of the model, and rank as it predicts', () => {
  const joined = joinBlocks([ratingsBlock(model), biasBlock(model)]);
  expect(joined.users).toEqual(userTable(model));
  expect(joined.items).toEqual(itemTable(model));
  expect(joined.blocks).toEqual([
    { name: 'ratings', start: 0, size: 3 },
    { name: 'bias', start: 3, size: 1 },
  ]);
  expect(innerProduct(joined.users, 2, joined.items, 4) + model.mean + model.userBias[2]!).toBeCloseTo(
    predictRating(model, 2, 4),
    5,
  );
});

test('popularity, by hand', () => {
  const counted = logOf(
    [
      { user: 0, item: 0, rating: 1 },
      { user: 1, item: 0, rating: 1 },
      { user: 1, item: 1, rating: 1 },
    ],
    { itemCount: 3 },
  );
  const { name, users, items, fittedOn } = popularityBlock(counted);
  const mean = (Math.log(3) + Math.log(2) + 0) / 3;
  expect(name).toBe('popularity');
  expect([...users.vectors]).toEqual([1, 1]);
  expect([...items.vectors]).toEqual(
    closeTo([(Math.log(3) - mean) / 3, (Math.log(2) - mean) / 3, (0 - mean) / 3], 6),
  );
  expect(fittedOn).toEqual([fingerprintOf(counted)]);
});

test('it carries what its blocks were fitted on, each log once', () => {
  const likes = fitBpr(
    logOf([
      { user: 7, item: 5, rating: 100 },
      { user: 0, item: 0, rating: 100 },
    ]),
    { random: Random.fromSeed(1), factors: 2 },
  );
  const popularity = popularityBlock(log);
  const joined = joinBlocks([ratingsBlock(model), likesBlock(likes), biasBlock(model), popularity]);
  expect(joined.fittedOn).toHaveLength(3);
  expect(joined.fittedOn[0]).toBe(model.fittedOn);
  expect(joined.fittedOn[1]).toBe(likes.fittedOn);
  expect(joined.fittedOn[2]).toBe(popularity.fittedOn[0]);
  expect(joined.blocks.map(({ name }) => name)).toEqual(['ratings', 'likes', 'bias', 'popularity']);
  expect(joined.users.size).toBe(3 + 2 + 1 + 1);
});

test('writing to joined vectors leaves the model alone', () => {
  const before = model.items.vectors.slice();
  const joined = joinBlocks([ratingsBlock(model)]);
  joined.items.vectors.fill(0);
  biasBlock(model).items.vectors.fill(7);
  expect(model.items.vectors).toEqual(before);
  expect(model.itemBias).not.toContain(7);
});

describe('errors', () => {
  const block = ratingsBlock(model);

  test('no block', () => {
    expect(() => joinBlocks([])).toThrow(new RangeError('blocks: expected at least one, got none'));
  });

  test('a name twice', () => {
    expect(() => joinBlocks([block, biasBlock(model), ratingsBlock(model)])).toThrow(
      new RangeError('blocks: expected names that differ, got "ratings" twice'),
    );
    expect(joinBlocks([block, { ...block, name: 'again' }]).users.size).toBe(6);
  });

  test('other users or items', () => {
    const other = logOf([{ user: 1, item: 5, rating: 1 }]);
    expect(() => joinBlocks([block, popularityBlock(other)])).toThrow(
      new RangeError('blocks: expected 8 users and 6 items like "ratings", got 2 and 6 in "popularity"'),
    );
  });

  test('vectors of two sizes', () => {
    expect(() => joinBlocks([{ ...block, items: itemTable(model) }])).toThrow(
      new RangeError('blocks: expected user and item vectors of one size, got 3 and 4 in "ratings"'),
    );
  });
});
