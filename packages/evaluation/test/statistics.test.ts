import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import {
  averageOf,
  bootstrapDifference,
  bootstrapMean,
  differencesTo,
  evaluateReranking,
  intervalsOf,
  meanOverSeeds,
  randomPolicy,
  scoredBy,
  seedIntervals,
  studentInterval,
} from '../src/index.js';
import { studentQuantile } from '../src/statistics/student.js';
import { logOf } from './logs.js';

const random = Random.fromSeed(1);

describe('bootstrapMean', () => {
  test('is about 1.96 standard errors wide to either side', () => {
    const draws = Random.fromSeed(2);
    const scores = Float64Array.from({ length: 400 }, () => draws.normal());
    const { mean, low, high } = bootstrapMean(scores, { random, resamples: 4000 });
    const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / 400;
    const margin = 1.96 * Math.sqrt(variance / 400);
    expect(Math.abs(low - (mean - margin)) / margin).toBeLessThan(0.08);
    expect(Math.abs(high - (mean + margin)) / margin).toBeLessThan(0.08);
  });

  test('holds the true mean about 95 times in 100', () => {
    const draws = Random.fromSeed(3);
    let covered = 0;
    for (let round = 0; round < 200; round++) {
      const scores = Float64Array.from({ length: 60 }, () => draws.uniform());
      const { low, high } = bootstrapMean(scores, { random: draws.fork(String(round)), resamples: 200 });
      covered += low <= 0.5 && 0.5 <= high ? 1 : 0;
    }
    // The standard deviation of the count is 3.
    expect(covered).toBeGreaterThan(177);
    expect(covered).toBeLessThan(199);
  });

  test('lies between the lowest and the highest resample, a fortieth from each where there are two', () => {
    const scores = Float64Array.of(1, 2, 4, 8, 16, 32);
    const { low, high } = bootstrapMean(scores, { random, resamples: 2 });
    const draws = random.fork('bootstrap');
    const drawn = () => scores.reduce((sum) => sum + scores[draws.integer(6)]!, 0) / 6;
    const [one, other] = [drawn(), drawn()];
    const [least, most] = [Math.min(one, other), Math.max(one, other)];
    expect(most).toBeGreaterThan(least);
    expect(low).toBeCloseTo(least + (most - least) / 40, 9);
    expect(high).toBeCloseTo(most - (most - least) / 40, 9);
  });

  test('leaves out who does not count, as if they were not there', () => {
    const [all, some] = [Float64Array.of(1, 2, 4), Float64Array.of(NaN, 1, 2, NaN, 4)];
    expect(bootstrapMean(some, { random })).toEqual(bootstrapMean(all, { random }));
    expect(bootstrapMean(all, { random }).mean).toBe(7 / 3);
    expect(bootstrapMean(Float64Array.of(NaN), { random })).toEqual({ mean: NaN, low: NaN, high: NaN });
    expect(bootstrapMean(Float64Array.of(3), { random })).toEqual({ mean: 3, low: 3, high: 3 });
  });

  test('depends on the seed alone, and leaves random where it is', () => {
    const scores = Float64Array.from({ length: 20 }, (_, user) => user ** 2);
    const once = bootstrapMean(scores, { random });
    expect(bootstrapMean(scores, { random })).toEqual(once);
    expect(bootstrapMean(scores, { random: Random.fromSeed(9) })).not.toEqual(once);
    expect(() => bootstrapMean(scores, { random, resamples: 0 })).toThrow('resamples: expected a positive');
  });
});

describe('bootstrapDifference', () => {
  test('is over users, so that what they share cancels out', () => {
    const baseline = Float64Array.from({ length: 50 }, (_, user) => user);
    const better = baseline.map((score) => score + 1);
    const { mean, low, high } = bootstrapDifference(better, baseline, { random });
    expect([mean, low, high]).toEqual([1, 1, 1]);
  });

  test('refuses scores of other users', () => {
    const run = (one: number[], other: number[]) => () =>
      bootstrapDifference(Float64Array.from(one), Float64Array.from(other), { random });
    expect(run([1], [1, 2])).toThrow('scores: expected scores of 2 users, got 1');
    expect(run([1, NaN], [1, 2])).toThrow(
      'scores: expected the same users to count, got NaN for user 1 instead of 2',
    );
  });
});

describe('studentInterval', () => {
  test('has the quantiles of the tables', () => {
    const table = { 1: 12.7062, 2: 4.30265, 3: 3.18245, 4: 2.77645, 9: 2.26216, 30: 2.04227, 999: 1.96234 };
    for (const [degrees, quantile] of Object.entries(table)) {
      expect(studentQuantile(Number(degrees))).toBeCloseTo(quantile, 4);
    }
  });

  test('is the mean and its margin', () => {
    // Standard deviation 1 over three seeds: 4.30265 / √3.
    const { mean, low, high } = studentInterval([1, 2, 3]);
    expect(mean).toBe(2);
    expect(low).toBeCloseTo(2 - 2.48414, 5);
    expect(high).toBeCloseTo(2 + 2.48414, 5);
  });

  test('refuses one seed, and a mean over nobody', () => {
    expect(() => studentInterval([1])).toThrow('means: expected those of two seeds or more, got 1');
    expect(() => studentInterval([1, NaN])).toThrow('means[1]: expected a finite number, got NaN');
  });
});

test('the mean over seeds is each user’s own', () => {
  const seeds = [Float64Array.of(1, NaN, 0), Float64Array.of(3, NaN, 1)];
  expect(meanOverSeeds(seeds)).toEqual(Float64Array.of(2, NaN, 0.5));
  expect(() => meanOverSeeds([])).toThrow('seeds: expected at least one, got none');
});

describe('intervals of ranking results', () => {
  const ratings = Array.from({ length: 12 }, (_, item) => ({ item, rating: item < 4 ? 5 : 1 }));
  const users = 30;
  const split = {
    train: logOf(12, Array<never[]>(users).fill([])),
    test: logOf(12, Array<typeof ratings>(users).fill(ratings)),
  };
  const seeds = [1, 2, 3].map((seed) =>
    evaluateReranking(randomPolicy(Random.fromSeed(seed)), { ...split, cutoffs: [2, 4] }),
  );
  const best = evaluateReranking(
    scoredBy('best', (_user, item) => -item),
    { ...split, cutoffs: [2, 4] },
  );

  test('are around the means, and the same for the column by itself', () => {
    const mean = averageOf('random', seeds);
    const intervals = intervalsOf(mean, { random });
    expect(intervals.map(({ cutoff }) => cutoff)).toEqual([2, 4]);
    for (const [index, { ndcg }] of intervals.entries()) {
      expect(ndcg.mean).toBeCloseTo(mean.cutoffs[index]!.ndcg, 12);
      expect(ndcg).toEqual(bootstrapMean(mean.perUser[index]!.ndcg, { random }));
      expect(ndcg.low).toBeLessThan(ndcg.mean);
      expect(ndcg.high).toBeGreaterThan(ndcg.mean);
    }
  });

  test('of differences are of each user’s', () => {
    const [at2] = differencesTo(seeds[0]!, best, { random });
    expect(at2?.precision.mean).toBeCloseTo(1 - seeds[0]!.cutoffs[0]!.precision, 12);
    expect(at2?.precision.low).toBeGreaterThan(0);
    expect(differencesTo(best, best, { random })[0]?.ndcg).toEqual({ mean: 0, low: 0, high: 0 });
    const other = evaluateReranking(randomPolicy(random), { ...split, cutoffs: [3] });
    expect(() => differencesTo(best, other, { random })).toThrow('result: expected the cutoffs');
  });

  test('over seeds are those of their means', () => {
    const [at2] = seedIntervals(seeds);
    expect(at2?.recall).toEqual(studentInterval(seeds.map(({ cutoffs }) => cutoffs[0]!.recall)));
  });
});
