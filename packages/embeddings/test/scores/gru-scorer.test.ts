import { expect, test } from '@jest/globals';
import { closeTo } from '@rl-recsys/testing';
import { createEmbeddingTable, historyScorer, type SavedGru } from '../../src/index.js';
import { historyOf, type Rated } from './item-log.js';

/** Vectors of two numbers and one unit, of which it is easy to see what it should do. */
const saved: SavedGru = {
  ...{ kind: 'gru', name: 'one unit', itemCount: 3, window: 2, likedFrom: 4, fittedOn: [] },
  items: createEmbeddingTable(Float32Array.of(1, 0, 0, 1, 2, -1), 2),
  itemBias: Float32Array.of(0, 0.5, -1),
  inputScale: 2,
  opinions: Float32Array.of(-1, 0, 0, 0.25),
  kernel: Float32Array.of(1, 0, 0.5, 0, 1, -0.5),
  recurrentKernel: Float32Array.of(0.5, -1, 2),
  bias: Float32Array.of(0.1, 0.2, 0.3),
  outputKernel: Float32Array.of(1, -2),
  outputBias: Float32Array.of(0.25, 0),
  scale: Float32Array.of(1, 2),
  offset: Float32Array.of(0, 0.5),
};
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** One step: of x W + b, column by column. */
function stepped(h: number, [forZ, forR, forC]: readonly [number, number, number]): number {
  const [z, r] = [sigmoid(forZ + 0.5 * h), sigmoid(forR - h)];
  return h + z * (Math.tanh(forC + 2 * r * h) - h);
}

function scored(h: number): number[] {
  const [a, b] = [h + 0.25, -2 * h];
  const [mean, half] = [(a + b) / 2, (a - b) / 2];
  const shrink = 1 / Math.sqrt(half ** 2 + 1e-5);
  const [first, second] = [(a - mean) * shrink, (b - mean) * shrink * 2 + 0.5];
  return [first, second + 0.5, 2 * first - second - 1];
}

function scoresOf(...rated: readonly Rated[]): number[] {
  const scores = new Float32Array(3);
  historyScorer(saved).score(historyOf(...rated), scores);
  return [...scores];
}

test('two items, one liked and one not, by hand', () => {
  // 2 · (1, 0) + (0, .25), and 2 · (2, −1) + (−1, 0).
  const first = stepped(0, [0.1 + 2, 0.2 + 0.25, 0.3 + 1 - 0.125]);
  const second = stepped(first, [0.1 + 3, 0.2 - 2, 0.3 + 1.5 + 1]);
  expect(scoresOf([0, 5], [2, 1])).toEqual(closeTo(scored(second), 5));
  expect(scoresOf([1, 1], [0, 5], [2, 1])).toEqual(scoresOf([0, 5], [2, 1])); // the window is 2
  expect(scoresOf()).toEqual(closeTo(scored(0), 5));
});

test('an array of another size is refused by its name', () => {
  expect(() => historyScorer({ ...saved, kernel: new Float32Array(5) })).toThrow(
    'kernel: expected 6 numbers, got 5',
  );
});
