import { describe, expect, test } from '@jest/globals';
import { fingerprintOf, isLiked, splitLeaveLastOut } from '@rl-recsys/rating-log';
import fc from 'fast-check';
import { evaluateNextItem, popularityPolicy, rankNextItem, scoredBy } from '../src/index.js';
import { logOf, splits } from './logs.js';

const log = logOf(6, [
  // Held out: item 2, at rank 3 of 5, 4, 2, 1 where the highest index comes first.
  [
    { item: 0, rating: 5 },
    { item: 3, rating: 2 },
    { item: 2, rating: 1 },
  ],
  // Held out: item 4, at rank 2 of 5, 4, 3, 2, 0.
  [
    { item: 1, rating: 4 },
    { item: 4, rating: 5 },
  ],
  [{ item: 2, rating: 3 }], // an only rating stays in training
]);
const split = splitLeaveLastOut(log);
const byIndex = scoredBy('highest index first', (_user, item) => item);

describe('rankNextItem', () => {
  test('ranks all that the user has not rated, and the held-out item is relevant whatever its rating', () => {
    expect(rankNextItem(byIndex, split)).toEqual([
      {
        user: 0,
        items: Int32Array.of(5, 4, 2, 1),
        liked: [false, false, true, false],
        candidateCount: 4,
        likedCount: 1,
      },
      {
        user: 1,
        items: Int32Array.of(5, 4, 3, 2, 0),
        liked: [false, true, false, false, false],
        candidateCount: 5,
        likedCount: 1,
      },
    ]);
  });

  test('of equal scores the lower item index comes first', () => {
    const equal = scoredBy('equal', () => 0);
    expect(rankNextItem(equal, split)[0]?.items).toEqual(Int32Array.of(1, 2, 4, 5));
  });

  test('finds the item behind all that score more, or as much with a lower index', () => {
    const scores = fc.array(fc.nat({ max: 3 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(splits, scores, ({ train }, scores) => {
        const split = splitLeaveLastOut(train);
        const policy = scoredBy('static', (_user, item) => scores[item]!);
        for (const { user, liked } of rankNextItem(policy, split)) {
          const own = split.test.items[split.test.offsets[user]!]!;
          const { offsets, items } = split.train;
          const rated = items.subarray(offsets[user], offsets[user + 1]);
          const before = scores.filter(
            (score, item) =>
              !rated.includes(item) && (score > scores[own]! || (score === scores[own] && item < own)),
          );
          expect(liked.indexOf(true)).toBe(before.length);
        }
      }),
      { seed: 4 },
    );
  });

  test('refuses several held-out ratings of a user, and a policy that has seen them', () => {
    expect(() => rankNextItem(byIndex, { train: split.test, test: split.train })).toThrow(
      new RangeError(
        'test: expected one held-out rating a user at most, as splitLeaveLastOut leaves, got 2 of user 0',
      ),
    );
    const leaking = scoredBy('leaking', () => 0, { fittedOn: [fingerprintOf(log)] });
    expect(() => rankNextItem(leaking, split)).toThrow('leaking: expected a policy that has not seen');
  });
});

describe('evaluateNextItem', () => {
  test('has HR and NDCG as computed by hand, over all who held out a rating', () => {
    const { users, cutoffs, perUser } = evaluateNextItem(byIndex, { ...split, cutoffs: [2, 3] });
    expect(users).toBe(2);
    expect(cutoffs[0]).toMatchObject({ cutoff: 2, hitRate: 1 / 2, recall: 1 / 2, ndcgUsers: 2 });
    expect(cutoffs[0]?.ndcg).toBeCloseTo(1 / Math.log2(3) / 2, 12);
    expect(cutoffs[1]).toMatchObject({ cutoff: 3, hitRate: 1, reciprocalRank: (1 / 3 + 1 / 2) / 2 });
    expect(cutoffs[1]?.ndcg).toBeCloseTo((1 / 2 + 1 / Math.log2(3)) / 2, 12);
    expect(Array.from(perUser[0]!.hitRate)).toEqual([0, 1, NaN]);
    // The worst rating of the scale is no like, and counted all the same.
    expect(isLiked(split.test.ratings[0]!, log.scale)).toBe(false);
  });

  test('looks at the first ten unless told otherwise', () => {
    const { cutoffs } = evaluateNextItem(popularityPolicy(split.train), split);
    expect(cutoffs.map(({ cutoff }) => cutoff)).toEqual([10]);
  });
});
