import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import {
  describeEstimate,
  inversePropensityScore,
  selfNormalizedInversePropensityScore,
  type LoggedRounds,
} from '../src/index.js';

/** A log whose policy is the logging one: weights are 1. */
const itself = (rewards: Float64Array): LoggedRounds => ({
  rewards,
  propensities: new Float64Array(rewards.length).fill(0.5),
  targetProbabilities: new Float64Array(rewards.length).fill(0.5),
});

test('the Bernstein interval is the formula of Maurer and Pontil', () => {
  const log = itself(Float64Array.of(0, 1, 1, 0, 1));
  const { bernstein } = inversePropensityScore(log, {
    random: Random.fromSeed(1),
    confidence: 0.9,
    range: { low: 0, high: 2 },
  });
  const logarithm = Math.log(40);
  const margin = Math.sqrt((2 * 0.3 * logarithm) / 5) + (7 * 2 * logarithm) / 12;
  expect(bernstein.high - 0.6).toBeCloseTo(margin, 12);
  expect(0.6 - bernstein.low).toBeCloseTo(margin, 12);
});

test('without a range it is the range seen', () => {
  const log = itself(Float64Array.of(0, 2, 2, 0, 2));
  const random = Random.fromSeed(1);
  const seen = inversePropensityScore(log, { random }).bernstein;
  expect(seen).toEqual(inversePropensityScore(log, { random, range: { low: 0, high: 2 } }).bernstein);
});

test('the bootstrap is that of a normal mean where there are many, and of a lower confidence narrower', () => {
  const draws = Random.fromSeed(2);
  const log = itself(Float64Array.from({ length: 2000 }, () => draws.normal()));
  const random = Random.fromSeed(3);
  const { value, standardError, bootstrap } = inversePropensityScore(log, { random });
  expect((bootstrap.high - value) / standardError).toBeCloseTo(1.96, 0);
  expect((value - bootstrap.low) / standardError).toBeCloseTo(1.96, 0);
  const narrow = inversePropensityScore(log, { random, confidence: 0.5 }).bootstrap;
  expect((narrow.high - narrow.low) / standardError).toBeCloseTo(2 * 0.674, 0);
  expect(narrow.high).toBeLessThan(bootstrap.high);
});

test('the bootstrap of a ratio draws its weights too', () => {
  // Rewards are all 3: whatever is drawn the ratio is 3, where a mean of w r varies.
  const log: LoggedRounds = {
    rewards: new Float64Array(50).fill(3),
    propensities: new Float64Array(50).fill(0.5),
    targetProbabilities: Float64Array.from({ length: 50 }, (_, row) => (row % 2 === 0 ? 1 : 0.25)),
  };
  const random = Random.fromSeed(1);
  const { low, high } = selfNormalizedInversePropensityScore(log, { random }).bootstrap;
  expect(low).toBeCloseTo(3, 12);
  expect(high).toBeCloseTo(3, 12);
  const plain = inversePropensityScore(log, { random }).bootstrap;
  expect(plain.high - plain.low).toBeGreaterThan(0.5);
});

test('the same stream gives the same interval, and stays where it is', () => {
  const draws = Random.fromSeed(2);
  const log = itself(Float64Array.from({ length: 200 }, () => draws.normal()));
  const random = Random.fromSeed(3);
  const first = inversePropensityScore(log, { random }).bootstrap;
  expect(inversePropensityScore(log, { random }).bootstrap).toEqual(first);
  expect(inversePropensityScore(log, { random: Random.fromSeed(4) }).bootstrap).not.toEqual(first);
  expect(random.uniform()).toBe(Random.fromSeed(3).uniform());
});

test('a line says the value, the interval, what it stands on and the warning', () => {
  const log = itself(Float64Array.of(1, 1, 1, 1));
  const random = Random.fromSeed(1);
  expect(describeEstimate(inversePropensityScore(log, { random }))).toBe(
    '1.000 (1.000 to 1.000), effective sample 4 of 4, largest weight 1.000, mean weight 1.000; ' +
      'not enough overlap: 4 logged tell as much as 4.0 of the policy itself, and 100 are needed',
  );
  const enough = itself(new Float64Array(100).fill(1));
  expect(describeEstimate(inversePropensityScore(enough, { random }))).not.toContain('overlap');
});
