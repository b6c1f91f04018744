import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { judgeNearStep, largestShare, mixScores, overlapOf, type LoggedSessions } from '../src/index.js';

test('scores between two policies', () => {
  const [serving, fresh] = [Float32Array.of(1, 2), Float32Array.of(3, -2)];
  expect([...mixScores(serving, fresh, 0.25)]).toEqual([1.5, 1]);
  expect(mixScores(serving, fresh, 0)).toEqual(serving);
  expect(mixScores(serving, fresh, 1)).toEqual(fresh);
  expect(() => mixScores(serving, Float32Array.of(1), 0.5)).toThrow('fresh: expected 2 scores, got 1');
  expect(() => mixScores(serving, fresh, 1.5)).toThrow('share: expected a number from 0 to 1, got 1.5');
});

describe('the largest share', () => {
  /** Units whose effective sample falls as 1 − share. */
  const falling = (share: number) => ({
    units: 1000,
    effectiveSampleSize: 1000 * (1 - share),
    largestWeight: 1,
    meanWeight: 1,
  });

  test('is where just so much is kept', () => {
    expect(largestShare(falling, 0.3)).toBeCloseTo(0.7, 2);
    expect(largestShare(falling, 0.3)).toBeLessThanOrEqual(0.7);
    expect(largestShare(falling)).toBeCloseTo(0.8, 2);
  });

  test('is all of the way where all of it is near, and none where nothing can be kept', () => {
    expect(largestShare(() => ({ ...falling(0), effectiveSampleSize: 1000 }))).toBe(1);
    expect(largestShare(() => ({ ...falling(0), effectiveSampleSize: 0 }))).toBe(0);
  });

  test('of a softmax between two others', () => {
    const softmax = (scores: Float32Array) => {
      const powers = scores.map(Math.exp);
      const sum = powers.reduce((total, power) => total + power, 0);
      return powers.map((power) => power / sum);
    };
    const [serving, fresh] = [Float32Array.of(2, 0, 0), Float32Array.of(0, 0, 8)];
    const random = Random.fromSeed(1);
    const behavior = softmax(serving);
    const actions = Array.from({ length: 2000 }, () => {
      const place = random.uniform();
      return place < behavior[0]! ? 0 : place < behavior[0]! + behavior[1]! ? 1 : 2;
    });
    const overlapAt = (share: number) => {
      const target = softmax(mixScores(serving, fresh, share));
      return overlapOf(Float64Array.from(actions, (action) => target[action]! / behavior[action]!));
    };
    const share = largestShare(overlapAt, 0.5);
    expect(overlapAt(share).effectiveSampleSize).toBeGreaterThanOrEqual(1000);
    expect(overlapAt(share + 0.01).effectiveSampleSize).toBeLessThan(1000);
  });
});

/** Sessions of one step: item 1 earns 1, item 0 nothing; logged evenly, judged for `often` of item 1. */
function sessions(count: number, often: number, seed = 1): LoggedSessions {
  const random = Random.fromSeed(seed);
  const actions = Array.from({ length: count }, () => (random.uniform() < 0.5 ? 0 : 1));
  return {
    starts: Int32Array.from({ length: count + 1 }, (_, session) => session),
    rewards: Float64Array.from(actions),
    propensities: new Float64Array(count).fill(0.5),
    targetProbabilities: Float64Array.from(actions, (action) => (action === 1 ? often : 1 - often)),
  };
}
const nothingKnown = (count: number) => ({
  logged: new Float64Array(count),
  expected: new Float64Array(count),
});
const options = { random: Random.fromSeed(1), resamples: 200 };

describe('a near step', () => {
  test('is published where it is better beyond doubt', () => {
    const { publish, gain, reasons } = judgeNearStep(sessions(2000, 0.7), nothingKnown(2000), options);
    expect(reasons).toEqual([]);
    expect(publish).toBe(true);
    expect(gain.value).toBeCloseTo(0.2, 1);
  });

  test('is not where it is no better', () => {
    const { publish, reasons } = judgeNearStep(sessions(2000, 0.3), nothingKnown(2000), options);
    expect(publish).toBe(false);
    expect(reasons).toEqual([expect.stringMatching(/^the gain's lower bound is -0\.\d+, not above 0$/)]);
  });

  test('is not on few sessions', () => {
    const { publish, reasons } = judgeNearStep(sessions(90, 0.7), nothingKnown(90), options);
    expect(publish).toBe(false);
    expect(reasons[0]).toMatch(/^not enough overlap: 90 logged/);
  });

  test('is not where the log lacks what it does, however large the effective sample', () => {
    // It shows what was never logged nine times of ten: what is left of it has even weights.
    const log = sessions(2000, 0.7);
    const far = { ...log, targetProbabilities: log.targetProbabilities.map((each) => 0.1 * each) };
    const { publish, gain, reasons } = judgeNearStep(
      far,
      { logged: new Float64Array(2000).fill(0.5), expected: new Float64Array(2000).fill(2) },
      options,
    );
    expect(gain.overlap.effectiveSampleSize).toBeGreaterThan(1000);
    expect(gain.bootstrap.low).toBeGreaterThan(0);
    expect(publish).toBe(false);
    expect(reasons).toEqual([expect.stringMatching(/^the mean weight is 0\.10, further than 0\.15 from 1$/)]);
  });
});
