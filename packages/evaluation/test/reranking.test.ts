import { describe, expect, test } from '@jest/globals';
import { NO_ITEM, type RecommendationObservation } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { type RatingLog, rewardOf } from '@rl-recsys/rating-log';
import fc from 'fast-check';
import { type Policy, randomPolicy, rerank, scoredBy } from '../src/index.js';
import { logOf, splits } from './logs.js';

const byIndex = scoredBy('highest index first', (_user, item) => item);

/** A policy that scores like another and keeps every observation that it was shown. */
function spyOn(policy: Policy): Policy & { readonly seen: RecommendationObservation[] } {
  const seen: RecommendationObservation[] = [];
  return {
    name: 'spy',
    seen,
    score(observation, items, scores) {
      seen.push(observation);
      policy.score(observation, items, scores);
    },
  };
}

const train = logOf(8, [
  [
    { item: 0, rating: 5 },
    { item: 1, rating: 2 },
    { item: 2, rating: 4 },
    { item: 3, rating: 5 },
  ],
]);
const heldOut = logOf(8, [
  [
    { item: 6, rating: 4 },
    { item: 5, rating: 1 },
    { item: 7, rating: 5 },
  ],
]);

describe('the protocol', () => {
  test('shows the best first and says what was liked', () => {
    expect(rerank(byIndex, { train, test: heldOut })).toEqual([
      {
        user: 0,
        items: Int32Array.of(7, 6, 5),
        liked: [true, true, false],
        candidateCount: 3,
        likedCount: 2,
      },
    ]);
  });

  test('starts from the last liked items, and lets in what is liked as it is shown', () => {
    const spy = spyOn(byIndex);
    rerank(spy, { train, test: heldOut, historySize: 2 });
    // Item 1 was not liked. Item 7 (five stars) then pushes out item 2, and item 6 pushes out item 3.
    expect(spy.seen).toEqual([
      {
        user: 0,
        history: Int32Array.of(2, 3),
        rewards: Float32Array.of(0.5, 1),
        candidates: Int32Array.of(5, 6, 7),
      },
      {
        user: 0,
        history: Int32Array.of(3, 7),
        rewards: Float32Array.of(1, 1),
        candidates: Int32Array.of(5, 6),
      },
      {
        user: 0,
        history: Int32Array.of(7, 6),
        rewards: Float32Array.of(1, 0.5),
        candidates: Int32Array.of(5),
      },
    ]);
  });

  test('keeps the history where the item shown was not liked', () => {
    const spy = spyOn(scoredBy('lowest index first', (_user, item) => -item));
    rerank(spy, { train, test: heldOut, historySize: 2 });
    expect(spy.seen[1]?.candidates).toEqual(Int32Array.of(6, 7)); // item 5, one star, was shown
    expect(spy.seen[1]?.history).toEqual(Int32Array.of(2, 3));
  });

  test('pads a short history in front, also for a user without a training rating', () => {
    const spy = spyOn(byIndex);
    rerank(spy, { train, test: heldOut, historySize: 4 });
    expect(spy.seen[0]?.history).toEqual(Int32Array.of(NO_ITEM, 0, 2, 3));
    expect(spy.seen[0]?.rewards).toEqual(Float32Array.of(0, 1, 0.5, 1));
    const cold = spyOn(byIndex);
    rerank(cold, { train: logOf(8, [[]]), test: heldOut });
    expect(cold.seen[0]?.history).toEqual(new Int32Array(10).fill(NO_ITEM));
    expect(cold.seen[0]?.rewards).toEqual(new Float32Array(10));
  });

  test('lets the policy change its mind after a like', () => {
    const policy: Policy = {
      name: 'as far from the newest as can be',
      score({ history }, items, scores) {
        for (const [place, item] of items.entries()) scores[place] = Math.abs(item - history.at(-1)!);
      },
    };
    const test = logOf(8, [
      [
        { item: 7, rating: 5 },
        { item: 4, rating: 1 },
        { item: 6, rating: 1 },
      ],
    ]);
    // From 3 the order of a static list would be 7, 6, 4.
    expect(rerank(policy, { train, test })[0]?.items).toEqual(Int32Array.of(7, 4, 6));
  });

  test('shows 20 items and no more, or what depth says', () => {
    const many = Array.from({ length: 25 }, (_, item) => ({ item, rating: item === 0 ? 5 : 1 }));
    const split = { train: logOf(25, [[]]), test: logOf(25, [many]) };
    const [list] = rerank(byIndex, split);
    expect(list?.items.length).toBe(20);
    expect(list?.candidateCount).toBe(25);
    expect(list?.likedCount).toBe(1); // item 0, which was not shown
    expect(rerank(byIndex, { ...split, depth: 3 })[0]?.items).toEqual(Int32Array.of(24, 23, 22));
  });

  test('leaves out users without a held-out item', () => {
    const three = logOf(8, [[], [{ item: 1, rating: 4 }], []]);
    const lists = rerank(byIndex, { train: logOf(8, [[], [], []]), test: three });
    expect(lists.map(({ user }) => user)).toEqual([1]);
  });

  test('shows of equals the one of the lowest index, in whatever order they were rated', () => {
    const constant = scoredBy('constant', () => 0);
    expect(rerank(constant, { train, test: heldOut })[0]?.items).toEqual(Int32Array.of(5, 6, 7));
    const hopeless = scoredBy('hopeless', () => -Infinity);
    expect(rerank(hopeless, { train, test: heldOut })[0]?.items).toEqual(Int32Array.of(5, 6, 7));
  });

  test('orders by negative scores as by any others', () => {
    const negative = scoredBy('negative', (_user, item) => item - 100);
    expect(rerank(negative, { train, test: heldOut })[0]?.items).toEqual(Int32Array.of(7, 6, 5));
  });
});

describe('properties', () => {
  test('a static policy shows its items sorted by score, then by index', () => {
    fc.assert(
      fc.property(splits, fc.array(fc.nat({ max: 3 }), { minLength: 12, maxLength: 12 }), (split, scores) => {
        const policy = scoredBy('static', (_user, item) => scores[item]!);
        for (const { user, items } of rerank(policy, split)) {
          const own = split.test.items.slice(split.test.offsets[user], split.test.offsets[user + 1]);
          expect(items).toEqual(own.sort((a, b) => scores[b]! - scores[a]! || a - b));
        }
      }),
      { seed: 3 },
    );
  });

  test('what a policy sees never depends on a rating that it was not given yet', () => {
    fc.assert(
      fc.property(splits, fc.nat({ max: 11 }), fc.integer(), (split, depth, seed) => {
        const reranked = (test: RatingLog) => {
          const spy = spyOn(randomPolicy(Random.fromSeed(seed)));
          return { spy, lists: rerank(spy, { ...split, test, depth: depth + 1 }) };
        };
        const before = reranked(split.test);
        // Turns round all ratings but those of the items whose feedback the policy got.
        const given = new Set(
          before.lists.flatMap(({ user, items }) =>
            Array.from(items.slice(0, -1), (item) => `${user} ${item}`),
          ),
        );
        const ratings = split.test.ratings.slice();
        for (let user = 0; user < split.test.userCount; user++) {
          for (let row = split.test.offsets[user]!; row < split.test.offsets[user + 1]!; row++) {
            if (!given.has(`${user} ${split.test.items[row]}`)) ratings[row] = 6 - ratings[row]!;
          }
        }
        expect(reranked({ ...split.test, ratings }).spy.seen).toEqual(before.spy.seen);
      }),
      { seed: 4 },
    );
  });

  test('rewards are those of the history, and no other', () => {
    fc.assert(
      fc.property(splits, (split) => {
        const spy = spyOn(byIndex);
        rerank(spy, split);
        for (const { user, history, rewards, ...rest } of spy.seen) {
          expect(Object.keys(rest)).toEqual(['candidates']);
          for (const [place, item] of history.entries()) {
            const rating = ratingOf(split.train, user, item) ?? ratingOf(split.test, user, item);
            expect(rewards[place]).toBe(rating === undefined ? 0 : rewardOf(rating, split.train.scale));
          }
        }
      }),
      { seed: 5 },
    );
  });

  test('the same seed gives the same lists, another one others', () => {
    const split = {
      train: logOf(40, [[]]),
      test: logOf(40, [Array.from({ length: 40 }, (_, item) => ({ item, rating: 3 }))]),
    };
    const lists = (seed: number) => rerank(randomPolicy(Random.fromSeed(seed)), split);
    expect(lists(1)).toEqual(lists(1));
    expect(lists(1)).not.toEqual(lists(2));
  });
});

describe('a policy that misbehaves', () => {
  test('may keep and change what it is given without harm', () => {
    const vandal: Policy = {
      name: 'vandal',
      score({ history, rewards, candidates }, items, scores) {
        for (const [place, item] of items.entries()) scores[place] = item;
        history.fill(NO_ITEM);
        rewards.fill(9);
        candidates.fill(0);
        items.fill(0);
      },
    };
    const spy = spyOn(byIndex);
    const seen: RecommendationObservation[] = [];
    const watched: Policy = {
      name: 'watched vandal',
      score(observation, items, scores) {
        seen.push(structuredClone(observation));
        vandal.score(observation, items, scores);
      },
    };
    expect(rerank(watched, { train, test: heldOut })).toEqual(rerank(spy, { train, test: heldOut }));
    expect(seen).toEqual(spy.seen);
  });

  test('is named when it leaves an item without a score, or scores it NaN', () => {
    const lazy: Policy = {
      name: 'lazy',
      score: (_observation, _items, scores) => {
        scores[0] = 1;
      },
    };
    expect(() => rerank(lazy, { train, test: heldOut })).toThrow(
      'lazy: expected a score for item 6 of user 0, got NaN',
    );
    const diverged = scoredBy('diverged', (_user, item) => (item === 7 ? NaN : 1));
    expect(() => rerank(diverged, { train, test: heldOut })).toThrow('diverged: expected a score for item 7');
  });
});

describe('bad arguments are named', () => {
  test('sizes', () => {
    expect(() => rerank(byIndex, { train, test: heldOut, historySize: 0 })).toThrow(
      'historySize: expected a positive integer, got 0',
    );
    expect(() => rerank(byIndex, { train, test: heldOut, depth: 2.5 })).toThrow(
      'depth: expected a positive integer, got 2.5',
    );
  });

  test('logs that are not two parts of one', () => {
    expect(() => rerank(byIndex, { train, test: logOf(8, [[], []]) })).toThrow(
      'test.userCount: expected 1 as in train, got 2',
    );
    expect(() => rerank(byIndex, { train, test: logOf(9, [[]]) })).toThrow(
      'test.itemCount: expected 8 as in train, got 9',
    );
    expect(() => rerank(byIndex, { train, test: { ...heldOut, scale: { min: 0, max: 5 } } })).toThrow(
      'test.scale: expected 1 to 5 as in train, got 0 to 5',
    );
  });

  test('a training log that holds a held-out rating, which would leak it', () => {
    const test = logOf(8, [[{ item: 2, rating: 4 }]]);
    expect(() => rerank(byIndex, { train, test })).toThrow(
      'train: expected no held-out rating, got item 2 of user 0',
    );
  });

  test('another user may have rated a held-out item', () => {
    const shared = {
      train: logOf(8, [[{ item: 2, rating: 4 }], []]),
      test: logOf(8, [[], [{ item: 2, rating: 4 }]]),
    };
    expect(rerank(byIndex, shared)).toHaveLength(1);
  });
});

function ratingOf(log: RatingLog, user: number, item: number): number | undefined {
  const row = log.items.subarray(log.offsets[user], log.offsets[user + 1]).indexOf(item);
  return row === -1 ? undefined : log.ratings[log.offsets[user]! + row];
}
