import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import fc from 'fast-check';
import {
  createEmbeddingTable,
  itemTable,
  predictRating,
  topK,
  userTable,
  vectorOf,
  type MatrixFactorization,
} from '../src/index.js';

const nothingSeen = { userCount: 0, itemCount: 0, offsets: new Int32Array(1), items: new Int32Array() };
const origin = {
  fittedOn: nothingSeen,
  foldIn: { kind: 'ratings', regularization: 1, biasRegularization: 1 },
} as const;

const model: MatrixFactorization = {
  ...origin,
  mean: 3,
  userBias: Float32Array.of(0.5, -1),
  itemBias: Float32Array.of(1, 0, -2),
  users: createEmbeddingTable(Float32Array.of(1, 2, 3, 4), 2),
  items: createEmbeddingTable(Float32Array.of(1, 0, 0, 1, 2, -1), 2),
};

function randomModel(seed: number): MatrixFactorization {
  const random = Random.fromSeed(seed);
  const draw = (length: number) => Float32Array.from({ length }, () => random.normal());
  return {
    ...origin,
    mean: 3,
    userBias: draw(4),
    itemBias: draw(20),
    users: createEmbeddingTable(draw(4 * 5), 5),
    items: createEmbeddingTable(draw(20 * 5), 5),
  };
}

function innerProduct(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, k) => sum + value * b[k]!, 0);
}

describe('predictRating', () => {
  test('mean + biases + inner product, by hand', () => {
    expect(predictRating(model, 0, 0)).toBe(3 + 0.5 + 1 + 1);
    expect(predictRating(model, 0, 2)).toBe(3 + 0.5 - 2 + 0);
    expect(predictRating(model, 1, 1)).toBe(3 - 1 + 0 + 4);
  });

  test('an index that there is not is named', () => {
    expect(() => predictRating(model, 2, 0)).toThrow(new RangeError('user: expected 0 to 1, got 2'));
    expect(() => predictRating(model, 0, -1)).toThrow(new RangeError('item: expected 0 to 2, got -1'));
    expect(() => predictRating(model, 0.5, 0)).toThrow(new RangeError('user: expected 0 to 1, got 0.5'));
  });
});

describe('tables', () => {
  test('the bias is the last dimension of an item, 1 that of a user', () => {
    const items = itemTable(model);
    expect({ rows: items.rows, size: items.size }).toEqual({ rows: 3, size: 3 });
    expect([...items.vectors]).toEqual([1, 0, 1, 0, 1, 0, 2, -1, -2]);
    expect([...userTable(model).vectors]).toEqual([1, 2, 1, 3, 4, 1]);
  });

  test('writing to them leaves the model as it was', () => {
    vectorOf(itemTable(model), 0).fill(9);
    vectorOf(userTable(model), 0).fill(9);
    expect([...model.items.vectors]).toEqual([1, 0, 0, 1, 2, -1]);
    expect([...model.users.vectors]).toEqual([1, 2, 3, 4]);
  });

  test('their inner product ranks items as predictRating does', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat({ max: 3 }), (seed, user) => {
        const random = randomModel(seed);
        const vector = vectorOf(userTable(random), user);
        const items = Array.from({ length: 20 }, (_, item) => item);
        const scores = items.map((item) => innerProduct(vector, vectorOf(itemTable(random), item)));
        const ratings = items.map((item) => predictRating(random, user, item));
        const order = (values: number[]) => topK(values, 20).map(({ item }) => item);
        expect(order(scores)).toEqual(order(ratings));
      }),
      { seed: 1, numRuns: 50 },
    );
  });
});
