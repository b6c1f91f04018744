import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import {
  inversePropensityScore,
  marginalizedInversePropensityScore,
  marginalizedRounds,
} from '../src/index.js';

const options = { random: Random.fromSeed(1), resamples: 50 };

// Items 0 and 2 are of one kind, 1 of another.
const log = {
  rewards: Float64Array.of(1, 2),
  actions: Int32Array.of(0, 1),
  categories: Int32Array.of(7, -1, 7),
  behavior: Float64Array.of(0.1, 0.5, 0.4, 0.2, 0.2, 0.6),
  target: Float64Array.of(0.6, 0.2, 0.2, 0.3, 0.3, 0.4),
};

test('the weight is that of the category: (.6 + .2) / (.1 + .4), and .3 / .2', () => {
  const { value, overlap } = marginalizedInversePropensityScore(log, options);
  expect(value).toBeCloseTo((1.6 * 1 + 1.5 * 2) / 2, 12);
  expect(overlap.largestWeight).toBeCloseTo(1.6, 12);
});

test('one category an item is inverse propensity scoring; one for all weighs nothing', () => {
  const apart = marginalizedRounds({ ...log, categories: Int32Array.of(0, 1, 2) });
  expect([...apart.propensities]).toEqual([0.1, 0.2]);
  expect(inversePropensityScore(apart, options).value).toBeCloseTo((6 * 1 + 1.5 * 2) / 2, 12);
  const { value } = marginalizedInversePropensityScore({ ...log, categories: new Int32Array(3) }, options);
  expect(value).toBeCloseTo(1.5, 12);
});

test.each([
  ['actions[1]: expected an item below 3, got 3', { actions: Int32Array.of(0, 3) }],
  ['actions: expected 2 rows, got 1', { actions: Int32Array.of(0) }],
  [
    'behavior of round 1: expected probabilities that add up to 1, got 0.4',
    { behavior: Float64Array.of(1, 0, 0, 0.2, 0.2, 0) },
  ],
  ['behavior: expected 6 rows, got 3', { behavior: Float64Array.of(1, 0, 0) }],
  [
    'behavior[0]: expected what was shown to be possible, got 0',
    { behavior: Float64Array.of(0, 0.5, 0.5, 0.2, 0.2, 0.6) },
  ],
])('%s', (message, change) => {
  expect(() => marginalizedRounds({ ...log, ...change })).toThrow(message);
});
