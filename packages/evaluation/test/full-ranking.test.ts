import { describe, expect, test } from '@jest/globals';
import { fingerprintOf } from '@rl-recsys/rating-log';
import fc from 'fast-check';
import { evaluateFullRanking, oraclePolicy, type Policy, rankCatalogue, scoredBy } from '../src/index.js';
import { logOf, splits } from './logs.js';

const byIndex = scoredBy('highest index first', (_user, item) => item);
const train = logOf(6, [
  [
    { item: 5, rating: 5 },
    { item: 0, rating: 1 },
  ],
  [{ item: 1, rating: 4 }],
  [],
]);
const heldOut = logOf(6, [
  [
    { item: 3, rating: 4 },
    { item: 4, rating: 2 },
    { item: 1, rating: 5 },
  ],
  [{ item: 5, rating: 2 }], // no like
  [], // nothing held out
]);

describe('rankCatalogue', () => {
  test('ranks all that the user has not rated, and only held-out likes are relevant', () => {
    const [first, second] = rankCatalogue(byIndex, { train, test: heldOut });
    expect(first).toEqual({
      user: 0,
      items: Int32Array.of(4, 3, 2, 1),
      liked: [false, true, false, true],
      candidateCount: 4,
      likedCount: 2,
    });
    expect(second).toMatchObject({ user: 1, items: new Int32Array(), liked: [], likedCount: 0 });
  });

  test('counts an item once that the user liked twice', () => {
    const twice = [
      { item: 1, rating: 5 },
      { item: 1, rating: 4 },
    ];
    const policy = scoredBy('lowest index first', (_user, item) => -item);
    const [list] = rankCatalogue(policy, { train: logOf(3, [[]]), test: logOf(3, [twice]) });
    expect(list).toMatchObject({ likedCount: 1, liked: [false, true, false] });
  });

  test('shows of equals the lowest index first, also at the edge of the list', () => {
    const lists = (scores: readonly number[]) =>
      rankCatalogue(
        scoredBy('fixed', (_user, item) => scores[item]!),
        { train, test: heldOut, depth: 3 },
      )[0]?.items;
    expect(lists([0, 0, 0, 0, 0, 0])).toEqual(Int32Array.of(1, 2, 3));
    expect(lists([0, 1, 2, 1, 2, 0])).toEqual(Int32Array.of(2, 4, 1));
    expect(lists([0, -Infinity, -Infinity, -Infinity, -1, 0])).toEqual(Int32Array.of(4, 1, 2));
  });

  test('shows the policy the likes of the training part, and may have its arrays changed', () => {
    const seen: unknown[] = [];
    const vandal: Policy = {
      name: 'vandal',
      score(observation, items, scores) {
        seen.push(structuredClone(observation));
        for (const [place, item] of items.entries()) scores[place] = item;
        items.fill(0);
        observation.candidates.fill(0);
      },
    };
    const lists = rankCatalogue(vandal, { train, test: heldOut, historySize: 1 });
    expect(lists).toEqual(rankCatalogue(byIndex, { train, test: heldOut }));
    expect(seen).toEqual([
      {
        user: 0,
        history: Int32Array.of(5),
        rewards: Float32Array.of(1),
        candidates: Int32Array.of(1, 2, 3, 4),
      },
    ]);
  });

  test('sorts by score, then by index', () => {
    fc.assert(
      fc.property(splits, fc.array(fc.nat({ max: 3 }), { minLength: 12, maxLength: 12 }), (split, scores) => {
        const policy = scoredBy('static', (_user, item) => scores[item]!);
        for (const { user, items, likedCount } of rankCatalogue(policy, { ...split, depth: 5 })) {
          if (likedCount === 0) continue;
          const { offsets, items: rated } = split.train;
          const own = new Set(rated.subarray(offsets[user], offsets[user + 1]));
          const rest = Array.from({ length: 12 }, (_, item) => item).filter((item) => !own.has(item));
          rest.sort((a, b) => scores[b]! - scores[a]! || a - b);
          expect(Array.from(items)).toEqual(rest.slice(0, 5));
        }
      }),
      { seed: 8 },
    );
  });
});

describe('evaluateFullRanking', () => {
  test('is over those who liked a held-out item, and tells of the others', () => {
    const { users, cutoffs, perUser, exposure } = evaluateFullRanking(byIndex, {
      train,
      test: heldOut,
      cutoffs: [2],
    });
    expect(users).toBe(2);
    expect(cutoffs).toEqual([
      {
        cutoff: 2,
        precision: 1 / 2,
        recall: 1 / 2,
        ndcg: expect.closeTo(0.63093 / 1.63093, 5) as unknown,
        averagePrecision: 1 / 4,
        reciprocalRank: 1 / 2,
        hitRate: 1,
        precisionUsers: 1,
        ndcgUsers: 1,
        usersWithTooFewItems: 0,
        usersWithoutLike: 1,
      },
    ]);
    expect(Array.from(perUser[0]!.precision)).toEqual([1 / 2, NaN, NaN]);
    // Items 4 and 3 of six, which nobody rated, so that they count as rated by one of three.
    expect(exposure).toEqual([
      {
        cutoff: 2,
        coverage: 1 / 3,
        gini: expect.closeTo(2 / 3, 12) as unknown,
        novelty: expect.closeTo(Math.log2(3), 12) as unknown,
      },
    ]);
  });

  test('gives the oracle an NDCG of 1', () => {
    const { cutoffs } = evaluateFullRanking(oraclePolicy(heldOut), { train, test: heldOut, cutoffs: [2] });
    expect(cutoffs[0]?.ndcg).toBe(1);
  });

  test('refuses what is no policy, and lists of no length', () => {
    const of = (policy: unknown, cutoffs = [2]) =>
      evaluateFullRanking(policy as typeof byIndex, { train, test: heldOut, cutoffs });
    expect(() => of(null)).toThrow('policy: expected an object, got null');
    expect(() => of('best')).toThrow('policy: expected an object, got best');
    expect(() => of({ ...byIndex, name: 5 })).toThrow('policy.name: expected a text, got number');
    expect(() => of(byIndex, [])).toThrow('cutoffs: expected at least one, got none');
  });

  test('refuses a policy that has seen the test, and a bad score', () => {
    const leaking = scoredBy('leaking', () => 0, { fittedOn: [fingerprintOf(heldOut)] });
    expect(() => evaluateFullRanking(leaking, { train, test: heldOut })).toThrow('fitted on 4 of the 4');
    expect(evaluateFullRanking(leaking, { train, test: heldOut, allowSeen: true }).seen).toBe(4);
    const broken = scoredBy('broken', () => NaN);
    expect(() => evaluateFullRanking(broken, { train, test: heldOut })).toThrow('broken: expected a score');
  });
});
