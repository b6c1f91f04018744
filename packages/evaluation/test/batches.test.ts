import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Policy, rankCatalogue, rerank } from '../src/index.js';
import { logOf, splits } from './logs.js';

/** Ranks by how far an item is from the newest of the history: it changes its mind after every like. */
const restless: Policy = {
  name: 'restless',
  score({ user, history }, items, scores) {
    for (const [place, item] of items.entries()) scores[place] = Math.abs(item - history.at(-1)! - user / 4);
  },
};

/** The same policy, asked about several users at once, and whom it was asked about. */
function inBatches(policy: Policy): Policy & { readonly calls: number[][] } {
  const calls: number[][] = [];
  return {
    name: policy.name,
    calls,
    score() {
      throw new Error('asked about one user');
    },
    scoreBatch(observations, items, scores) {
      calls.push(observations.map(({ user }) => user));
      for (const [row, observation] of observations.entries()) {
        policy.score(observation, items[row]!, scores[row]!);
      }
    },
  };
}

describe('a policy that scores several users at once', () => {
  test('is asked for no other lists than one that scores them one by one', () => {
    fc.assert(
      fc.property(splits, fc.integer({ min: 1, max: 12 }), (split, depth) => {
        for (const ranking of [rerank, rankCatalogue]) {
          const options = { ...split, depth };
          expect(ranking(inBatches(restless), options)).toEqual(ranking(restless, options));
        }
      }),
      { seed: 6 },
    );
  });

  test('is asked about fewer where a catalogue is large, so that memory does not grow with it', () => {
    const many = Array.from({ length: 40 }, (_, user) => [{ item: user, rating: 5 }]);
    const split = { train: logOf(2 ** 20, many.map(() => [])), test: logOf(2 ** 20, many) }; // prettier-ignore
    const policy = inBatches(restless);
    rerank(policy, split);
    expect(policy.calls.map(({ length }) => length)).toEqual([16, 16, 8]);
  });

  test('is asked about 128 users at most, and about each once a step', () => {
    const five = [5, 4, 3, 2, 1].map((rating, item) => ({ item, rating }));
    const many = Array.from({ length: 300 }, (_, user) => (user === 7 ? [] : five.slice(user % 2)));
    const split = { train: logOf(5, many.map(() => [])), test: logOf(5, many) }; // prettier-ignore
    const policy = inBatches(restless);
    rerank(policy, split);
    // Users with an odd index have four items to show, so that the fifth step is of the others alone.
    expect(policy.calls.map(({ length }) => length)).toEqual([
      ...[128, 128, 128, 128, 65],
      ...[128, 128, 128, 128, 64],
      ...[43, 43, 43, 43, 21],
    ]);
    expect(policy.calls[0]).not.toContain(7);
    expect(policy.calls[4]).toEqual(policy.calls[0]!.filter((user) => user % 2 === 0));
  });

  test('is not asked where nobody liked a held-out item', () => {
    const policy = inBatches(restless);
    const split = { train: logOf(3, [[]]), test: logOf(3, [[{ item: 1, rating: 1 }]]) };
    expect(rankCatalogue(policy, split)).toEqual(rankCatalogue(restless, split));
    expect(policy.calls).toEqual([]);
  });

  test('is named when it leaves an item of any user without a score', () => {
    const split = {
      train: logOf(3, [[], []]),
      test: logOf(3, [[{ item: 1, rating: 5 }], [{ item: 2, rating: 5 }]]),
    };
    const lazy: Policy = {
      ...inBatches(restless),
      name: 'lazy',
      scoreBatch: (_observations, _items, [first]) => void first!.fill(1),
    };
    for (const ranking of [rerank, rankCatalogue]) {
      expect(() => ranking(lazy, split)).toThrow('lazy: expected a score for item');
      expect(() => ranking(lazy, split)).toThrow('of user 1, got NaN');
    }
  });
});

test('one that scores a user at a time ends with each before the next', () => {
  const asked: number[] = [];
  const policy: Policy = {
    ...restless,
    score(observation, items, scores) {
      asked.push(observation.user);
      restless.score(observation, items, scores);
    },
  };
  const own = [1, 2].map((item) => ({ item, rating: 5 }));
  rerank(policy, { train: logOf(3, [[], []]), test: logOf(3, [own, own]) });
  expect(asked).toEqual([0, 0, 1, 1]);
});
