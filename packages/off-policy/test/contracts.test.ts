import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import {
  checkLoggedRounds,
  checkLoggedSessions,
  clippedInversePropensityScore,
  doublyRobust,
  inversePropensityScore,
  perDecisionImportanceSampling,
  selfNormalizedInversePropensityScore,
  sessionDoublyRobust,
  shrunkDoublyRobust,
  switchDoublyRobust,
} from '../src/index.js';

const random = Random.fromSeed(1);
const rounds = {
  rewards: Float64Array.of(1, 0),
  propensities: Float64Array.of(0.5, 1),
  targetProbabilities: Float64Array.of(1, 0),
};
const model = { logged: Float64Array.of(1, 1), expected: Float64Array.of(1, 1) };
const sessions = { ...rounds, starts: Int32Array.of(0, 1, 2) };

test('a log that keeps its contract is taken: an item that the policy never shows, and one that was certain', () => {
  expect(() => checkLoggedRounds(rounds)).not.toThrow();
  expect(() => checkLoggedSessions(sessions)).not.toThrow();
});

describe('a log is refused by column and row', () => {
  test.each([
    [
      'propensities[1]: expected a probability above 0 and at most 1, got 0',
      { propensities: Float64Array.of(1, 0) },
    ],
    [
      'propensities[0]: expected a probability above 0 and at most 1, got 1.5',
      { propensities: Float64Array.of(1.5, 1) },
    ],
    [
      'propensities[0]: expected a probability above 0 and at most 1, got NaN',
      { propensities: Float64Array.of(NaN, 1) },
    ],
    [
      'targetProbabilities[1]: expected a probability from 0 to 1, got -0.5',
      { targetProbabilities: Float64Array.of(1, -0.5) },
    ],
    ['targetProbabilities: expected 2 rows, got 3', { targetProbabilities: Float64Array.of(1, 1, 1) }],
    ['rewards[1]: expected a finite number, got Infinity', { rewards: Float64Array.of(1, Infinity) }],
    ['propensities: expected a Float64Array or a Float32Array, got Array', { propensities: [1, 1] as never }],
  ])('%s', (message, change) => {
    expect(() => inversePropensityScore({ ...rounds, ...change }, { random })).toThrow(message);
    expect(() => doublyRobust({ ...rounds, ...change }, model, { random })).toThrow(message);
    expect(() => perDecisionImportanceSampling({ ...sessions, ...change }, { random })).toThrow(message);
  });

  test.each([
    ['starts[0]: expected 0, got 1', [1, 2, 2]],
    ['starts[2]: expected more than 2, where the session before starts, got 2', [0, 2, 2]],
    ['sessions: expected two or more, got 1', [0, 2]],
    ['rewards: expected 3 rows, got 2', [0, 1, 3]],
  ])('%s', (message, starts) => {
    expect(() => checkLoggedSessions({ ...sessions, starts: Int32Array.from(starts) })).toThrow(message);
  });

  test('one round tells nothing of how much rounds vary', () => {
    const one = {
      rewards: Float64Array.of(1),
      propensities: Float64Array.of(1),
      targetProbabilities: Float64Array.of(1),
    };
    expect(() => checkLoggedRounds(one)).toThrow('rounds: expected two or more, got 1');
  });

  test('predictions', () => {
    const nan = { ...model, logged: Float64Array.of(1, NaN) };
    expect(() => doublyRobust(rounds, nan, { random })).toThrow(
      'logged[1]: expected a finite number, got NaN',
    );
    const short = { ...model, expected: Float64Array.of(1) };
    expect(() => doublyRobust(rounds, short, { random })).toThrow('expected: expected 2 rows, got 1');
    expect(() => sessionDoublyRobust(sessions, short, { random })).toThrow(
      'expected: expected 2 rows, got 1',
    );
  });
});

describe('options', () => {
  test.each([
    [
      'resamples: expected a positive integer, got 0',
      () => inversePropensityScore(rounds, { random, resamples: 0 }),
    ],
    [
      'confidence: expected a number above 0 and below 1, got 95',
      () => inversePropensityScore(rounds, { random, confidence: 95 }),
    ],
    [
      'clip: expected a positive finite number, got 0',
      () => clippedInversePropensityScore(rounds, { random, clip: 0 }),
    ],
    [
      'threshold: expected a positive finite number, got NaN',
      () => switchDoublyRobust(rounds, model, { random, threshold: NaN }),
    ],
    [
      'shrinkage: expected a positive finite number, got -1',
      () => shrunkDoublyRobust(rounds, model, { random, shrinkage: -1 }),
    ],
    [
      'discount: expected a number above 0 and at most 1, got 2',
      () => perDecisionImportanceSampling(sessions, { random, discount: 2 }),
    ],
    [
      'range: expected what holds all contributions, 0 to 2, got 0 to 1',
      () => inversePropensityScore(rounds, { random, range: { low: 0, high: 1 } }),
    ],
    [
      'range: expected none for an estimate that divides by weights',
      () => selfNormalizedInversePropensityScore(rounds, { random, range: { low: 0, high: 9 } }),
    ],
  ])('%s', (message, estimate) => expect(estimate).toThrow(message));
});
