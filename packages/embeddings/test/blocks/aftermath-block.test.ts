import { Random } from '@rl-recsys/random';
import { createRatingLog, type RatingLog } from '@rl-recsys/rating-log';
import { movingTasteCatalogue, movingTasteLog } from '@rl-recsys/simulators';
import { describe, expect, test } from '@jest/globals';
import {
  aftermathBlock,
  createEmbeddingTable,
  fitMatrixFactorization,
  type MatrixFactorization,
} from '../../src/index.js';

/** Expects 3 of every item but item 1, of which it expects 2. */
function flatModel(log: RatingLog): MatrixFactorization {
  return {
    ...fitMatrixFactorization(log, { random: Random.fromSeed(1), factors: 1, iterations: 1 }),
    mean: 3,
    userBias: new Float32Array(log.userCount),
    itemBias: Float32Array.of(0, -1, 0, 0),
    users: createEmbeddingTable(new Float32Array(log.userCount), 1),
    items: createEmbeddingTable(new Float32Array(log.itemCount), 1),
  };
}

const log = createRatingLog({
  userCount: 2,
  itemCount: 4,
  users: [0, 0, 0, 0, 1, 1],
  items: [0, 1, 2, 3, 3, 0],
  ratings: [5, 4, 1, 5, 2, 4],
  timestamps: [0, 60, 120, 10_000, 0, 60],
  scale: { min: 1, max: 5 },
});

describe('aftermathBlock', () => {
  test('is the weighted mean of what the session rates next, less what was expected', () => {
    // Surprises: user 0: +2, +2, −2, then a pause and +2; user 1: −1, +1.
    // Item 0 is followed by +2 and −2 (weight ½); item 1 by −2; item 2 by a pause; item 3 of user 1 by +1.
    const { name, users, items } = aftermathBlock(log, flatModel(log), { decay: 0.5, regularization: 1 });
    const effects = [(2 - 1) / 2.5, -2 / 2, 0, 1 / 2];
    const rms = Math.sqrt(effects.reduce((sum, effect) => sum + effect ** 2, 0) / 4);
    expect(name).toBe('aftermath');
    expect([...users.vectors]).toEqual([1, 1]);
    for (const [item, effect] of effects.entries()) {
      expect(items.vectors[item]).toBeCloseTo((0.5 * effect) / rms, 6); // the biases' own is ½
    }
  });

  test('looks no further than the window, and no further than the session', () => {
    const signs = (options: object) =>
      [...aftermathBlock(log, flatModel(log), { regularization: 0, ...options }).items.vectors].map(
        Math.sign,
      );
    expect(signs({ window: 1 })).toEqual([1, -1, 0, 1]);
    expect(signs({ window: 1, sessionGap: 20_000 })).toEqual([1, -1, 1, 1]);
    expect(signs({ window: 1, sessionGap: 0 })).toEqual([0, 0, 0, 0]);
  });

  test('finds clickbait that biases alone confuse with quality', () => {
    const random = Random.fromSeed('aftermath');
    const world = movingTasteCatalogue({ users: 1000, items: 100, random: random.fork('world') });
    const real = movingTasteLog({ world, sessionsPerUser: 2, random: random.fork('log') });
    const model = fitMatrixFactorization(real, { factors: 4, random: random.fork('fit') });
    const block = aftermathBlock(real, model);
    expect(correlation(block.items.vectors, world.bait)).toBeLessThan(-0.3);
    expect(block.fittedOn).toHaveLength(1);
  });

  test.each([
    [{ window: 0 }, 'window: expected a positive integer, got 0'],
    [{ decay: 1.5 }, 'decay: expected 0 to 1, got 1.5'],
    [{ sessionGap: -1 }, 'sessionGap: expected a number from 0, got -1'],
    [{ regularization: NaN }, 'regularization: expected a number from 0, got NaN'],
  ])('refuses %j', (options, message) => {
    expect(() => aftermathBlock(log, flatModel(log), options)).toThrow(message);
  });

  test('refuses a model of another log', () => {
    const other = createRatingLog({
      ...log,
      userCount: 2,
      itemCount: 5,
      users: [0, 1],
      items: [0, 4],
      ratings: [1, 2],
      timestamps: [0, 0],
    });
    expect(() => aftermathBlock(log, flatModel(other))).toThrow(
      'model: expected 2 users and 4 items like the log, got 2 and 5',
    );
  });
});

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [a, b].map((values) => {
    const mean = Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
    return Array.from(values, (value) => value - mean);
  }) as [number[], number[]];
  const dot = (p: number[], q: number[]) => p.reduce((sum, value, index) => sum + value * q[index]!, 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}
