import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import {
  clippedInversePropensityScore,
  directMethod,
  doublyRobust,
  inversePropensityScore,
  selfNormalizedDoublyRobust,
  selfNormalizedInversePropensityScore,
  shrunkDoublyRobust,
  switchDoublyRobust,
  type Estimate,
  type LoggedRounds,
} from '../src/index.js';

const options = { random: Random.fromSeed(1), resamples: 50 };

// Weights 2, .5, 1, 4.
const log: LoggedRounds = {
  rewards: Float64Array.of(1, 0, 3, 2),
  propensities: Float64Array.of(0.25, 0.5, 0.5, 0.125),
  targetProbabilities: Float64Array.of(0.5, 0.25, 0.5, 0.5),
};
const model = { logged: Float64Array.of(0.5, 0.5, 2, 1.5), expected: Float64Array.of(1, 0.5, 2, 1) };

describe('by hand', () => {
  test.each<[string, () => Estimate, number]>([
    ['IPS: (2 + 0 + 3 + 8) / 4', () => inversePropensityScore(log, options), 3.25],
    [
      'clipped at 1.5: (1.5 + 0 + 3 + 3) / 4',
      () => clippedInversePropensityScore(log, { ...options, clip: 1.5 }),
      1.875,
    ],
    ['SNIPS: 13 / 7.5', () => selfNormalizedInversePropensityScore(log, options), 13 / 7.5],
    ['DM: 4.5 / 4', () => directMethod(log, model, options), 1.125],
    // Corrections 2 · .5, .5 · −.5, 1 · 1, 4 · .5 add up to 3.75.
    ['DR: 1.125 + 3.75 / 4', () => doublyRobust(log, model, options), 2.0625],
    ['SNDR: 1.125 + 3.75 / 7.5', () => selfNormalizedDoublyRobust(log, model, options), 1.625],
    [
      'Switch-DR at 2, which is not above it: 1.125 + 1.75 / 4',
      () => switchDoublyRobust(log, model, { ...options, threshold: 2 }),
      1.5625,
    ],
    // Weights 4 w / (w² + 4): 1, 8/17, 4/5, 4/5.
    [
      'DRos of λ 4: 1.125 + (.5 − 4/17 + .8 + .4) / 4',
      () => shrunkDoublyRobust(log, model, { ...options, shrinkage: 4 }),
      1.125 + (0.5 - 4 / 17 + 0.8 + 0.4) / 4,
    ],
  ])('%s', (_, estimate, expected) => expect(estimate().value).toBeCloseTo(expected, 12));

  test('the effective sample is that of weights as they are, whatever is clipped or switched off', () => {
    const overlap = {
      units: 4,
      effectiveSampleSize: 7.5 ** 2 / 21.25,
      largestWeight: 4,
      meanWeight: 1.875,
    };
    expect(inversePropensityScore(log, options).overlap).toEqual(overlap);
    expect(clippedInversePropensityScore(log, { ...options, clip: 1 }).overlap).toEqual(overlap);
    expect(switchDoublyRobust(log, model, { ...options, threshold: 1 }).overlap).toEqual(overlap);
    expect(directMethod(log, model, options).overlap).toEqual(overlap);
  });

  test('the gain is what is above the mean of the log, and its error that of differences', () => {
    const { value, standardError } = inversePropensityScore(log, { ...options, gain: true });
    expect(value).toBeCloseTo(3.25 - 1.5, 12);
    // Differences 1, 0, 0, 6: their mean is 1.75, and their squares about it add up to 24.75.
    expect(standardError).toBeCloseTo(Math.sqrt(24.75 / 3 / 4), 12);
  });

  test('the error of a ratio is by the delta method', () => {
    const { value, standardError } = selfNormalizedInversePropensityScore(log, options);
    const influences = [2, 0.5, 1, 4].map((weight, row) => (weight * (log.rewards[row]! - value)) / 1.875);
    const squares = influences.reduce((sum, influence) => sum + influence ** 2, 0);
    expect(standardError).toBeCloseTo(Math.sqrt(squares / 3 / 4), 12);
  });
});

test('rounds in 32 bits are read as they are', () => {
  const single = {
    rewards: Float32Array.from(log.rewards),
    propensities: Float32Array.from(log.propensities),
    targetProbabilities: Float32Array.from(log.targetProbabilities),
  };
  expect(inversePropensityScore(single, options).value).toBe(3.25);
});

test('a policy that does nothing of what was logged has no value to divide by, and a warning', () => {
  const never = { ...log, targetProbabilities: new Float64Array(4) };
  const { value, overlap, warning } = selfNormalizedInversePropensityScore(never, options);
  expect(value).toBeNaN();
  expect(overlap.effectiveSampleSize).toBe(0);
  expect(warning).toMatch(/^not enough overlap: /);
});
