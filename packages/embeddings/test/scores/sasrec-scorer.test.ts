import { expect, test } from '@jest/globals';
import { closeTo } from '@rl-recsys/testing';
import { createEmbeddingTable, historyScorer, type SavedSasrec } from '../../src/index.js';
import { historyOf, type Rated } from './item-log.js';

/** Vectors of two numbers, one for each head, and one hidden unit: it is easy to see what they should do. */
const saved: SavedSasrec = {
  ...{ kind: 'sasrec', name: 'one block', itemCount: 3, window: 2, heads: 2, likedFrom: 4, fittedOn: [] },
  items: createEmbeddingTable(Float32Array.of(1, 0, 0, 1, 2, -1), 2),
  itemBias: Float32Array.of(0, 0.5, -1),
  inputScale: 2,
  opinions: Float32Array.of(-1, 0, 0, 0.25),
  positions: Float32Array.of(0.5, 0, 0, -0.5),
  blocks: [
    {
      attentionScale: Float32Array.of(1, 2),
      attentionOffset: Float32Array.of(0, 0.5),
      // Queries (z₁, z₂), keys (z₂, z₁), values (z₁ + z₂, 2 z₂).
      attentionKernel: Float32Array.of(1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 1, 2),
      attendedKernel: Float32Array.of(1, -1, 0.5, 0),
      hiddenScale: Float32Array.of(2, 1),
      hiddenOffset: Float32Array.of(0, 0.25),
      hiddenKernel: Float32Array.of(1, -1),
      hiddenBias: Float32Array.of(0.5),
      outputKernel: Float32Array.of(0.5, 2),
      outputBias: Float32Array.of(0, -0.25),
    },
  ],
  scale: Float32Array.of(1, 2),
  offset: Float32Array.of(0, 0.5),
};

type Pair = readonly [number, number];

/** Mean 0 and variance 1. */
function normal([a, b]: Pair): Pair {
  const half = (a - b) / 2;
  const value = half / Math.sqrt(half ** 2 + 1e-5);
  return [value, -value];
}

/** z, of what is read. */
function before(x: Pair): Pair {
  const [a, b] = normal(x);
  return [a, 2 * b + 0.5];
}

/** The mean of two values, by how large e is to their scores. */
function attended([score, other]: Pair, [value, otherValue]: Pair): number {
  const [weight, otherWeight] = [Math.exp(score), Math.exp(other)];
  return (weight * value + otherWeight * otherValue) / (weight + otherWeight);
}

/** What comes behind attention. */
function scored(x: Pair, first: number, second: number): number[] {
  const y: Pair = [x[0] + first + 0.5 * second, x[1] - first];
  const [a, b] = normal(y);
  const hidden = Math.max(0, 2 * a - (b + 0.25) + 0.5);
  return ofHead(normal([y[0] + 0.5 * hidden, y[1] + 2 * hidden - 0.25]));
}

function ofHead([a, b]: Pair): number[] {
  const [first, second] = [a, 2 * b + 0.5];
  return [first, second + 0.5, 2 * first - second - 1];
}

function scoresOf(...rated: readonly Rated[]): number[] {
  const scores = new Float32Array(3);
  historyScorer(saved).score(historyOf(...rated), scores);
  return [...scores];
}

test('two items, one liked and one not, by hand', () => {
  // 2 · (1, 0) + (0, .25) + (.5, 0), and 2 · (2, −1) + (−1, 0) + (0, −.5).
  const [old, x]: Pair[] = [
    [2.5, 0.25],
    [3, -2.5],
  ] as const;
  const [z, own] = [before(old), before(x)];
  const first = attended([own[0] * z[1], own[0] * own[1]], [z[0] + z[1], own[0] + own[1]]);
  const second = attended([own[1] * z[0], own[1] * own[0]], [2 * z[1], 2 * own[1]]);
  expect(scoresOf([0, 5], [2, 1])).toEqual(closeTo(scored(x, first, second), 5));
  expect(scoresOf([1, 1], [0, 5], [2, 1])).toEqual(scoresOf([0, 5], [2, 1])); // the window is 2
});

test('one item attends to itself, and none leaves the offset', () => {
  const x: Pair = [-1 + 0.5, 2]; // 2 · (0, 1) + (−1, 0) + (.5, 0)
  const z = before(x);
  expect(scoresOf([1, 1])).toEqual(closeTo(scored(x, z[0] + z[1], 2 * z[1]), 5));
  expect(scoresOf()).toEqual(closeTo(ofHead([0, 0]), 5));
});

test('an array of another size is refused by its name, and so are heads that do not divide a vector', () => {
  const [block] = saved.blocks;
  expect(() => historyScorer({ ...saved, positions: new Float32Array(5) })).toThrow(
    'positions: expected 4 numbers, got 5',
  );
  const short = { ...block!, outputKernel: new Float32Array(3) };
  expect(() => historyScorer({ ...saved, blocks: [block!, short] })).toThrow(
    'blocks[1].outputKernel: expected 2 numbers, got 3',
  );
  expect(() => historyScorer({ ...saved, heads: 4 })).toThrow('heads: expected a divisor of 2, got 4');
});
