import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import {
  cascadeDoublyRobust,
  independentSlates,
  perDecisionImportanceSampling,
  rewardInteractionSlates,
  selfNormalizedPerDecisionImportanceSampling,
  selfNormalizedSessionDoublyRobust,
  selfNormalizedTrajectoryImportanceSampling,
  sessionDirectMethod,
  sessionDoublyRobust,
  trajectoryImportanceSampling,
  type LoggedSessions,
} from '../src/index.js';

const options = { random: Random.fromSeed(1), resamples: 50, discount: 0.9 };

/** Sessions of the given ratios: whatever was done was one of four. */
function sessions(ratios: number[][], rewards: number[][]): LoggedSessions {
  const starts = [0];
  for (const session of ratios) starts.push(starts.at(-1)! + session.length);
  return {
    starts: Int32Array.from(starts),
    rewards: Float64Array.from(rewards.flat()),
    propensities: new Float64Array(starts.at(-1)!).fill(0.25),
    targetProbabilities: Float64Array.from(ratios.flat(), (ratio) => 0.25 * ratio),
  };
}

// Six sessions of two steps, of which SCOPE-RL's own classes say the same; it adds 1e-10 to what it divides by.
const log = sessions(
  [
    [0.5, 2],
    [2, 0.5],
    [1, 1],
    [0.5, 0.5],
    [2, 2],
    [1, 3],
  ],
  [
    [1, 0],
    [0, 1],
    [1, 1],
    [0, 0],
    [1, -1],
    [0, 2],
  ],
);
const model = {
  logged: Float64Array.of(0.6, 0.4, 0.3, 0.5, 0.7, 0.6, 0.2, 0.1, 0.5, 0, 0.4, 1.2),
  expected: Float64Array.of(0.8, 0.3, 0.8, 0.6, 0.8, 0.5, 0.8, 0.2, 0.8, 0.4, 0.8, 0.9),
};

describe('six sessions', () => {
  test.each([
    ['TIS', trajectoryImportanceSampling(log, options), 1.6],
    ['SN-TIS', selfNormalizedTrajectoryImportanceSampling(log, options), 0.9365853658536585],
    ['PDIS', perDecisionImportanceSampling(log, options), 1.1833333333333333],
    ['SN-PDIS', selfNormalizedPerDecisionImportanceSampling(log, options), 0.8512195121951218],
    ['DM', sessionDirectMethod(log, model, options), 0.8],
    ['DR', sessionDoublyRobust(log, model, options), 1.2454166666666666],
    ['SNDR', selfNormalizedSessionDoublyRobust(log, model, options), 1.2276480836],
  ])('%s', (_, { value, overlap, warning }, expected) => {
    expect(value).toBeCloseTo(expected, 9);
    expect(overlap.effectiveSampleSize).toBeCloseTo(3.7438752783964366, 12);
    expect(overlap.largestWeight).toBe(4);
    expect(warning).toMatch(/not enough overlap: 6 logged tell as much as 3\.7 of/);
  });
});

describe('sessions of different lengths', () => {
  // Weights 2, 1 and 3: the first is over after one step.
  const uneven = sessions([[2], [1, 3]], [[1], [1, 1]]);
  const undiscounted = { ...options, discount: 1 };

  test('what comes later does not weigh what came before', () => {
    expect(perDecisionImportanceSampling(uneven, undiscounted).value).toBe((2 + 1 + 3) / 2);
    expect(trajectoryImportanceSampling(uneven, undiscounted).value).toBe((2 * 1 + 3 * 2) / 2);
  });

  test('a session that is over earns nothing and keeps its weight', () => {
    // Step 1: (2 + 1) / 3; step 2: 3 / (2 + 3), not 3 / 3.
    expect(selfNormalizedPerDecisionImportanceSampling(uneven, undiscounted).value).toBeCloseTo(
      1 + 3 / 5,
      12,
    );
  });

  test('the gain is over what sessions earned with the same discount', () => {
    const gain = perDecisionImportanceSampling(uneven, { ...options, gain: true });
    // (2 − 1) and (1 + .9 · 3 − 1 − .9 · 1).
    expect(gain.value).toBeCloseTo((1 + 1.8) / 2, 12);
  });
});

test('one step is a round: sessions agree with the sum of ratios by hand', () => {
  const single = sessions([[2], [0.5], [1]], [[1], [2], [3]]);
  expect(trajectoryImportanceSampling(single, options).value).toBeCloseTo((2 + 1 + 3) / 3, 12);
  expect(selfNormalizedPerDecisionImportanceSampling(single, options).value).toBeCloseTo(6 / 3.5, 12);
});

describe('slates', () => {
  const { random } = options;
  const slates = sessions(
    [
      [2, 0.5],
      [1, 4],
    ],
    [
      [1, 2],
      [0, 1],
    ],
  );

  test('independent: each slot by its own ratio', () => {
    const { value, overlap } = independentSlates(slates, { random });
    expect(value).toBe((2 * 1 + 0.5 * 2 + 4 * 1) / 2);
    // Place 1 has 9 / 5 = 1.8 slates, place 2 has 20.25 / 16.25 = 1.25.
    expect(overlap.effectiveSampleSize).toBeCloseTo(20.25 / 16.25, 12);
  });

  test('reward interaction: each slot by those above too', () => {
    expect(rewardInteractionSlates(slates, { random }).value).toBe((2 * 1 + 1 * 2 + 4 * 1) / 2);
  });

  test('cascade doubly robust: corrected by what is expected below', () => {
    const below = { logged: Float64Array.of(2, 1, 1, 1), expected: Float64Array.of(3, 2, 3, 2) };
    // 3 + 2 (1 − 2) + 2 · 2 + 1 (2 − 1), and 3 + 1 (0 − 1) + 1 · 2 + 4 (1 − 1).
    expect(cascadeDoublyRobust(slates, below, { random }).value).toBe((6 + 4) / 2);
  });
});
