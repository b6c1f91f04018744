import { describe, expect, test } from '@jest/globals';
import { fingerprintOf } from '@rl-recsys/rating-log';
import { evaluateReranking, historyPolicy, rankCatalogue, type HistoryScorer } from '../src/index.js';
import { logOf } from './logs.js';

const train = logOf(5, [
  [
    { item: 3, rating: 1 },
    { item: 0, rating: 5 },
    { item: 1, rating: 2 },
  ],
  [],
  [{ item: 2, rating: 4 }],
]);
const heldOut = logOf(5, [
  [
    { item: 4, rating: 5 },
    { item: 2, rating: 4 },
  ],
  [{ item: 1, rating: 5 }],
  [{ item: 0, rating: 5 }],
]);

/** An item scores its index times the sum of all ratings: the newest of the past as well as the oldest. */
function summing(): HistoryScorer & { readonly asked: number[][][] } {
  const asked: number[][][] = [];
  return {
    ...{ name: 'summing', itemCount: 5, fittedOn: [fingerprintOf(train)], asked },
    score({ items, ratings }, scores) {
      asked.push([Array.from(items), Array.from(ratings)]);
      const sum = ratings.reduce((total, rating) => total + rating, 0);
      for (let item = 0; item < scores.length; item++) scores[item] = item * sum;
      items.fill(0);
      ratings.fill(0);
    },
  };
}

describe('historyPolicy', () => {
  test('scores by all that the user rated in the log, oldest first, liked or not', () => {
    const scorer = summing();
    const policy = historyPolicy('mine', scorer, train);
    const scores = new Float32Array(2);
    const observation = {
      history: Int32Array.of(-1),
      rewards: new Float32Array(1),
      candidates: new Int32Array(),
    };
    policy.score({ user: 0, ...observation }, Int32Array.of(4, 2), scores);
    expect(Array.from(scores)).toEqual([32, 16]);
    policy.score({ user: 1, ...observation }, Int32Array.of(4, 2), scores);
    expect(Array.from(scores)).toEqual([0, 0]);
    expect(scorer.asked).toEqual([
      [[3, 0, 1], [1, 5, 2]], // prettier-ignore
      [[], []],
    ]);
    expect(policy).toMatchObject({ name: 'mine', fittedOn: scorer.fittedOn });
    expect(() => policy.score({ user: 3, ...observation }, Int32Array.of(4), scores)).toThrow(
      'user: expected 0 to 2, got 3',
    );
  });

  test('ranks by both protocols, asking for a user once in each, and leaves the log as it was', () => {
    const scorer = summing();
    const policy = historyPolicy('mine', scorer, train);
    const items = rankCatalogue(policy, { train, test: heldOut }).map((list) => Array.from(list.items));
    expect(items).toEqual([
      [4, 2],
      [0, 1, 2, 3, 4], // nobody knows anything of them
      [4, 3, 1, 0],
    ]);
    expect(scorer.asked).toHaveLength(3);
    evaluateReranking(policy, { train, test: heldOut });
    expect(scorer.asked).toHaveLength(6); // user 0 is shown two items
    expect(scorer.asked[3]).toEqual(scorer.asked[0]);
  });

  test('asks again for a user whose scorer has failed', () => {
    const scorer = summing();
    let fails = false;
    const policy = historyPolicy(
      'mine',
      {
        ...scorer,
        score(history, scores) {
          scores.fill(NaN);
          if (fails) throw new Error('no');
          scorer.score(history, scores);
        },
      },
      train,
    );
    const observation = {
      history: new Int32Array(),
      rewards: new Float32Array(),
      candidates: new Int32Array(),
    };
    const scores = new Float32Array(1);
    const ask = (user: number) => policy.score({ user, ...observation }, Int32Array.of(1), scores);
    ask(0);
    fails = true;
    expect(() => ask(2)).toThrow('no');
    fails = false;
    ask(0);
    expect(scores[0]).toBe(8);
    expect(scorer.asked).toHaveLength(2);
  });

  test('refuses a scorer of other items', () => {
    expect(() => historyPolicy('mine', summing(), logOf(4, [[]]))).toThrow(
      new RangeError('scorer.itemCount: expected 4 as in the log, got 5'),
    );
  });
});
