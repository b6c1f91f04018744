import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import fc from 'fast-check';
import {
  doublyRobust,
  inversePropensityScore,
  perDecisionImportanceSampling,
  selfNormalizedInversePropensityScore,
  selfNormalizedSessionDoublyRobust,
  sessionDoublyRobust,
  type LoggedSessions,
} from '../src/index.js';

const options = { random: Random.fromSeed(1), resamples: 2 };
const probability = fc.double({ min: 0.01, max: 1, noNaN: true });
const number = fc.double({ min: -10, max: 10, noNaN: true });
const row = fc.record({ reward: number, propensity: probability, target: probability, q: number, v: number });
const logs = fc.array(fc.array(row, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 12 });

type Row = { reward: number; propensity: number; target: number; q: number; v: number };

function toLog(sessions: readonly (readonly Row[])[]): LoggedSessions {
  const rows = sessions.flat();
  let at = 0;
  return {
    starts: Int32Array.from([0, ...sessions.map(({ length }) => (at += length))]),
    rewards: Float64Array.from(rows, ({ reward }) => reward),
    propensities: Float64Array.from(rows, ({ propensity }) => propensity),
    targetProbabilities: Float64Array.from(rows, ({ target }) => target),
  };
}

const toModel = (sessions: readonly (readonly Row[])[]) => ({
  logged: Float64Array.from(sessions.flat(), ({ q }) => q),
  expected: Float64Array.from(sessions.flat(), ({ v }) => v),
});

test('the policy that logged has the value of the log, by every estimator that has no model', () => {
  fc.assert(
    fc.property(logs, (sessions) => {
      const log = toLog(sessions);
      const same = { ...log, targetProbabilities: log.propensities };
      const mean = sessions.flat().reduce((sum, { reward }) => sum + reward, 0) / log.rewards.length;
      if (log.rewards.length > 1) {
        expect(inversePropensityScore(same, options).value).toBeCloseTo(mean, 9);
        expect(selfNormalizedInversePropensityScore(same, options).value).toBeCloseTo(mean, 9);
      }
      const returns = (mean * log.rewards.length) / sessions.length;
      const pdis = perDecisionImportanceSampling(same, { ...options, gain: true });
      expect(pdis.value).toBeCloseTo(0, 9);
      expect(perDecisionImportanceSampling(same, options).value).toBeCloseTo(returns, 9);
      expect(pdis.overlap.effectiveSampleSize).toBeCloseTo(sessions.length, 9);
    }),
  );
});

test('a self-normalized value lies among the rewards', () => {
  fc.assert(
    fc.property(logs, (sessions) => {
      const log = toLog(sessions);
      const { value } = selfNormalizedInversePropensityScore(log, options);
      expect(value).toBeGreaterThanOrEqual(Math.min(...log.rewards) - 1e-9);
      expect(value).toBeLessThanOrEqual(Math.max(...log.rewards) + 1e-9);
    }),
  );
});

test('sessions of one step are rounds, and their order says nothing', () => {
  const single = fc.array(row, { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(single, (rows) => {
      const sessions = rows.map((one) => [one]);
      const robust = doublyRobust(toLog(sessions), toModel(sessions), options);
      const ofSessions = sessionDoublyRobust(toLog(sessions), toModel(sessions), options);
      expect(ofSessions).toEqual(robust);
      const turned = [...sessions].reverse();
      const other = sessionDoublyRobust(toLog(turned), toModel(turned), options);
      expect(other.value).toBeCloseTo(robust.value, 6);
      expect(other.standardError).toBeCloseTo(robust.standardError, 6);
    }),
  );
});

test('a model that always says 0 corrects nothing', () => {
  fc.assert(
    fc.property(logs, (sessions) => {
      const log = toLog(sessions);
      const nothing = {
        logged: new Float64Array(log.rewards.length),
        expected: new Float64Array(log.rewards.length),
      };
      expect(sessionDoublyRobust(log, nothing, options).value).toBeCloseTo(
        perDecisionImportanceSampling(log, options).value,
        6,
      );
    }),
  );
});

test('what is added to every reward of a round is added to the value', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 30 }), number, (rows, more) => {
      const sessions = rows.map((one) => [one]);
      const raised = rows.map((one) => [
        { ...one, reward: one.reward + more, q: one.q + more, v: one.v + more },
      ]);
      const value = selfNormalizedSessionDoublyRobust(toLog(sessions), toModel(sessions), options).value;
      const higher = selfNormalizedSessionDoublyRobust(toLog(raised), toModel(raised), options).value;
      expect(higher).toBeCloseTo(value + more, 6);
    }),
  );
});

test('over many logs the mean of IPS, PDIS and DR is the truth, and that of SNIPS near it', () => {
  // Two items; the second earns 1, the first 0. Logged by (.7, .3), judged for (.2, .8) over sessions of two steps.
  const stream = Random.fromSeed(5);
  const [behavior, target] = [
    [0.7, 0.3],
    [0.2, 0.8],
  ];
  const sums = { ips: 0, pdis: 0, robust: 0, snips: 0 };
  const repetitions = 400;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const actions = Array.from({ length: 80 }, () => (stream.uniform() < behavior[0]! ? 0 : 1));
    const log = {
      starts: Int32Array.from({ length: 41 }, (_, session) => 2 * session),
      rewards: Float64Array.from(actions),
      propensities: Float64Array.from(actions, (action) => behavior[action]!),
      targetProbabilities: Float64Array.from(actions, (action) => target[action]!),
    };
    // A model that is wrong: it expects .5 of everything.
    const wrong = {
      logged: new Float64Array(80).fill(0.5),
      expected: new Float64Array(80).fill(0.5),
    };
    sums.ips += inversePropensityScore(log, options).value / repetitions;
    sums.pdis += perDecisionImportanceSampling(log, options).value / repetitions;
    sums.robust += sessionDoublyRobust(log, wrong, options).value / repetitions;
    sums.snips += selfNormalizedInversePropensityScore(log, options).value / repetitions;
  }
  // Standard errors of these means are .007, .03, .02 and .004.
  expect(Math.abs(sums.ips - 0.8)).toBeLessThan(0.03);
  expect(Math.abs(sums.pdis - 1.6)).toBeLessThan(0.1);
  expect(Math.abs(sums.robust - 1.6)).toBeLessThan(0.08);
  expect(Math.abs(sums.snips - 0.8)).toBeLessThan(0.02);
});
