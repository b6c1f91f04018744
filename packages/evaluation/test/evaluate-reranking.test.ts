import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import fc from 'fast-check';
import { averageOf, evaluateReranking, oraclePolicy, randomPolicy, scoredBy } from '../src/index.js';
import { logOf, splits } from './logs.js';

const byIndex = scoredBy('highest index first', (_user, item) => item);

const likes = (...items: number[]) => items.map((item) => ({ item, rating: 4 }));
const dislikes = (...items: number[]) => items.map((item) => ({ item, rating: 3 }));
const empty = logOf(6, [[], [], [], [], []]);
const heldOut = logOf(6, [
  [...likes(0, 2, 4), ...dislikes(3)], // shown as 4, 3, 2, 0
  [...likes(5), ...dislikes(1, 2)], // shown as 5, 2, 1
  dislikes(1, 2, 3), // no like
  likes(1), // too few items for cutoff 3
  [], // nothing held out
]);

describe('evaluateReranking', () => {
  const result = evaluateReranking(byIndex, { train: empty, test: heldOut, cutoffs: [3, 1] });
  const discount = 1 / Math.log2(3);

  test('gives each user their own scores, and NaN to those who do not count', () => {
    const [at3, at1] = result.perUser;
    expect(at3?.cutoff).toBe(3);
    expect(Array.from(at3!.precision)).toEqual([...closeTo([2 / 3, 1 / 3, 0]), NaN, NaN]);
    // User 0 has hits at ranks 1 and 3 of three positives.
    expect(Array.from(at3!.ndcg)).toEqual([...closeTo([1.5 / (1.5 + discount), 1]), NaN, NaN, NaN]);
    expect(Array.from(at1!.precision)).toEqual([1, 1, 0, 1, NaN]);
    expect(Array.from(at1!.ndcg)).toEqual([1, 1, NaN, 1, NaN]);
  });

  test('means are over those who count, and those left out are counted too', () => {
    expect(result.policy).toBe('highest index first');
    expect(result.users).toBe(4);
    expect(result.cutoffs).toEqual([
      {
        cutoff: 3,
        precision: expect.closeTo(1 / 3, 10) as unknown,
        ndcg: expect.closeTo((1.5 / (1.5 + discount) + 1) / 2, 10) as unknown,
        recall: expect.closeTo((2 / 3 + 1) / 2, 10) as unknown,
        averagePrecision: expect.closeTo(((1 + 2 / 3) / 3 + 1) / 2, 10) as unknown,
        reciprocalRank: 1,
        hitRate: 1,
        precisionUsers: 3,
        ndcgUsers: 2,
        usersWithTooFewItems: 1,
        usersWithoutLike: 1,
      },
      {
        cutoff: 1,
        precision: 3 / 4,
        ndcg: 1,
        recall: expect.closeTo((1 / 3 + 1 + 1) / 3, 10) as unknown,
        averagePrecision: 1,
        reciprocalRank: 1,
        hitRate: 1,
        precisionUsers: 4,
        ndcgUsers: 3,
        usersWithTooFewItems: 0,
        usersWithoutLike: 1,
      },
    ]);
  });

  test('cutoffs are 5, 10 and 20 unless told otherwise, and each is deep enough', () => {
    const ratings = likes(...Array.from({ length: 30 }, (_, item) => item));
    const split = { train: logOf(30, [[]]), test: logOf(30, [ratings]) };
    const { cutoffs } = evaluateReranking(byIndex, split);
    expect(cutoffs.map(({ cutoff }) => cutoff)).toEqual([5, 10, 20]);
    const [deep] = evaluateReranking(byIndex, { ...split, cutoffs: [30] }).cutoffs;
    expect(deep?.precision).toBe(1);
  });

  test('shows the policy the history that was asked for', () => {
    const sizes = new Set<number>();
    const spy = {
      name: 'spy',
      score: ({ history }: { history: Int32Array }, _items: Int32Array, scores: Float32Array) => {
        sizes.add(history.length);
        scores.fill(0);
      },
    };
    evaluateReranking(spy, { train: empty, test: heldOut, historySize: 7 });
    expect([...sizes]).toEqual([7]);
  });

  test('all but the per-user scores is plain JSON', () => {
    const { policy, seen, users, cutoffs } = result;
    const summary = { policy, seen, users, cutoffs };
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  });

  test('a mean over nobody is NaN, not 0', () => {
    const { cutoffs } = evaluateReranking(byIndex, { train: empty, test: empty });
    expect(cutoffs[0]).toMatchObject({ precision: NaN, ndcg: NaN, precisionUsers: 0, ndcgUsers: 0 });
  });

  test('bad cutoffs are named', () => {
    const split = { train: empty, test: heldOut };
    expect(() => evaluateReranking(byIndex, { ...split, cutoffs: [] })).toThrow(
      'cutoffs: expected at least one',
    );
    expect(() => evaluateReranking(byIndex, { ...split, cutoffs: [5, 0] })).toThrow(
      'cutoffs[1]: expected a positive integer, got 0',
    );
  });
});

test('nobody beats the oracle, whose NDCG is 1 for everyone, and NDCG is never above 1', () => {
  fc.assert(
    fc.property(splits, fc.integer(), (split, seed) => {
      const protocol = { ...split, cutoffs: [1, 2, 5, 12] };
      const best = evaluateReranking(oraclePolicy(split.test), protocol);
      const other = evaluateReranking(randomPolicy(Random.fromSeed(seed)), protocol);
      for (const [index, { precision, ndcg }] of best.perUser.entries()) {
        expect(ndcg.every((score) => Number.isNaN(score) || score === 1)).toBe(true);
        const others = other.perUser[index]!;
        expect(others.ndcg.every((score) => Number.isNaN(score) || score <= 1)).toBe(true);
        for (const [user, score] of others.precision.entries()) {
          expect(Number.isNaN(score)).toBe(Number.isNaN(precision[user]!));
          if (!Number.isNaN(score)) expect(score).toBeLessThanOrEqual(precision[user]!);
        }
      }
    }),
    { seed: 6 },
  );
});

describe('averageOf', () => {
  const protocol = { train: empty, test: heldOut, cutoffs: [1] };
  const high = evaluateReranking(byIndex, protocol);
  const low = evaluateReranking(
    scoredBy('lowest index first', (_user, item) => -item),
    protocol,
  );

  test('is the mean of the cells and of each user', () => {
    const mean = averageOf('both', [high, low]);
    expect(mean.policy).toBe('both');
    // Lowest first, user 1 is shown item 1, which they did not like.
    expect(Array.from(mean.perUser[0]!.precision)).toEqual([1, 1 / 2, 0, 1, NaN]);
    expect(mean.cutoffs).toEqual([
      {
        ...high.cutoffs[0],
        precision: 2.5 / 4,
        ndcg: expect.closeTo(2.5 / 3, 10) as unknown,
        recall: expect.closeTo((1 / 3 + 1 / 2 + 1) / 3, 10) as unknown,
        averagePrecision: expect.closeTo(2.5 / 3, 10) as unknown,
        reciprocalRank: expect.closeTo(2.5 / 3, 10) as unknown,
        hitRate: expect.closeTo(2.5 / 3, 10) as unknown,
      },
    ]);
    expect(mean.users).toBe(4);
  });

  test('of one result is that result', () => {
    expect(averageOf(high.policy, [high])).toEqual(high);
  });

  test('refuses no result, other cutoffs and other users', () => {
    expect(() => averageOf('none', [])).toThrow('results: expected at least one, got none');
    const deeper = evaluateReranking(byIndex, { ...protocol, cutoffs: [1, 3] });
    expect(() => averageOf('mixed', [high, deeper])).toThrow(
      'results[1]: expected the cutoffs of results[0], 1, got 1, 3',
    );
    // As many users, but not the same ones.
    const others = logOf(6, [dislikes(1), likes(1), likes(1), likes(1), []]);
    expect(() =>
      averageOf('mixed', [high, evaluateReranking(byIndex, { ...protocol, test: others })]),
    ).toThrow('seeds[1]: expected the same users to count, got NaN for user 0 instead of ');
  });
});
