import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { whereDataIs } from '@rl-recsys/testing';
import {
  clippedInversePropensityScore,
  directMethod,
  doublyRobust,
  inversePropensityScore,
  selfNormalizedDoublyRobust,
  selfNormalizedInversePropensityScore,
  shrunkDoublyRobust,
  switchDoublyRobust,
} from '../src/index.js';
import { readOpenBandit } from './open-bandit.js';

// What Open Bandit Pipeline's own classes say of the same rounds, and NumPy with them.
const known = {
  men: {
    items: 34,
    overlap: [655.7098495873269, 178.25311942959001, 0.9433136257492332],
    ips: 0.0030086263272564823,
    ipsError: 0.0007739354628865025,
    clipped: 0.0030086263272564823,
    snips: 0.003189423162277403,
    direct: 0.005210617848021311,
    robust: 0.0032355186335448877,
    robustError: 0.000790052003904388,
    selfNormalized: 0.0031168293554532244,
    switching: 0.004643964071567409,
    shrunk: 0.004524019742950447,
  },
  women: {
    items: 46,
    overlap: [2.077822692483688, 21739.130434782608, 3.1341900208974454],
    ips: 0.007437577541923159,
    ipsError: 0.004118361144254772,
    clipped: 0.004383669186128011,
    snips: 0.002373046143447767,
    direct: 0.0047157179598208265,
    robust: -0.0012634864715960375,
    robustError: 0.009869291538481408,
    selfNormalized: 0.002807982822018053,
    switching: 0.004251241113533394,
    shrunk: 0.004802764122429175,
  },
};

whereDataIs('open-bandit', (folder) => {
  for (const [campaign, answers] of Object.entries(known)) {
    const { log, model } = readOpenBandit(folder, `bts-${campaign}`, answers.items);
    const options = { random: Random.fromSeed(1), resamples: 20 };

    test(`${campaign}: every estimator says what others' code says`, () => {
      const ips = inversePropensityScore(log, options);
      const robust = doublyRobust(log, model, options);
      const values = {
        ips: ips.value,
        ipsError: ips.standardError,
        clipped: clippedInversePropensityScore(log, { ...options, clip: 10 }).value,
        snips: selfNormalizedInversePropensityScore(log, options).value,
        direct: directMethod(log, model, options).value,
        robust: robust.value,
        robustError: robust.standardError,
        selfNormalized: selfNormalizedDoublyRobust(log, model, options).value,
        switching: switchDoublyRobust(log, model, { ...options, threshold: 10 }).value,
        shrunk: shrunkDoublyRobust(log, model, { ...options, shrinkage: 100 }).value,
      };
      for (const [name, value] of Object.entries(values)) {
        expect([name, value]).toEqual([name, expect.closeTo(answers[name as keyof typeof values], 10)]);
      }
      const { effectiveSampleSize, largestWeight, meanWeight, units } = ips.overlap;
      expect(units).toBe(10_000);
      for (const [index, value] of [effectiveSampleSize, largestWeight, meanWeight].entries()) {
        expect(value / answers.overlap[index]!).toBeCloseTo(1, 10);
      }
    });
  }

  test('one propensity of a millionth: every estimate of the women has the warning, none of the men', () => {
    for (const [campaign, { items }] of Object.entries(known)) {
      const { log, model } = readOpenBandit(folder, `bts-${campaign}`, items);
      const options = { random: Random.fromSeed(1), resamples: 2 };
      const estimates = [
        inversePropensityScore(log, options),
        // Weights of at most 10 alone would have an effective sample of thousands.
        clippedInversePropensityScore(log, { ...options, clip: 10 }),
        selfNormalizedInversePropensityScore(log, options),
        directMethod(log, model, options),
        doublyRobust(log, model, options),
        selfNormalizedDoublyRobust(log, model, options),
        switchDoublyRobust(log, model, { ...options, threshold: 10 }),
        shrunkDoublyRobust(log, model, { ...options, shrinkage: 100 }),
      ];
      for (const { warning } of estimates) {
        if (campaign === 'men') expect(warning).toBeNull();
        else expect(warning).toMatch(/^not enough overlap: 10000 logged tell as much as 2\.1 of the policy/);
      }
    }
  });

  test('a log of the uniform policy judges itself: every weight is 1', () => {
    const { log, model } = readOpenBandit(folder, 'random-men', 34);
    const options = { random: Random.fromSeed(1), resamples: 500 };
    const ips = inversePropensityScore(log, options);
    expect(ips.value).toBeCloseTo(0.0046, 10);
    expect(ips.overlap.effectiveSampleSize).toBeCloseTo(10_000, 5);
    // 46 clicks: Poisson's interval is .0034 to .0061.
    expect(ips.bootstrap.low).toBeCloseTo(0.0034, 3);
    expect(ips.bootstrap.high).toBeCloseTo(0.006, 3);
    expect(doublyRobust(log, model, options).value).toBeCloseTo(0.0046, 3);
  });
});
