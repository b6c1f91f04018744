import { beforeAll, describe, expect, test } from '@jest/globals';
import { checkRecommender, type Recommender, type Recommending } from '../src/index.js';
import { catalogue, paper } from './toy-recommenders.js';

let recommender: Recommender;
beforeAll(async () => {
  recommender = await paper();
});

/** The recommender but for what is changed of it, as one of somebody's own. */
function own(change: Partial<Recommending>): Recommending {
  return {
    knows: (user) => recommender.knows(user),
    historyItems: (asker) => recommender.historyItems(asker),
    recommend: (asker, options) => recommender.recommend(asker, options),
    recommendBatch: (askers, options) => recommender.recommendBatch(askers, options),
    ...change,
  };
}

/** It answers alone and together by the same function. */
const answering = (recommend: Recommending['recommend']) =>
  own({ recommend, recommendBatch: (askers, options) => askers.map((asker) => recommend(asker, options)) });

const { users, items } = catalogue;
const rulesOf = (each: Recommending) => checkRecommender(each, { users, items }).map(({ rule }) => rule);

test('a sound recommender passes, by itself or as somebody has wrapped it', () => {
  expect(checkRecommender(recommender)).toEqual([]);
  expect(checkRecommender(own({}), { users, items })).toEqual([]);
});

describe('what is wrong is named:', () => {
  let asked = 0;
  test.each<[string, () => Recommending]>([
    ['answers with at most k', () => answering(() => undefined as never)],
    ['answers with at most k', () => answering((asker) => recommender.recommend(asker, { k: 11 }))],
    [
      'answers with at most k',
      () => answering((asker, o) => [0, 0].map((best) => recommender.recommend(asker, o)[best]!)),
    ],
    ['best first', () => answering((asker, options) => recommender.recommend(asker, options).reverse())],
    [
      'best first',
      () => answering((...a) => recommender.recommend(...a).map((each) => ({ ...each, score: NaN }))),
    ],
    [
      'nothing from the past',
      () => answering((asker, { k }) => items.slice(0, k).map((item) => ({ item, score: 1 }))),
    ],
    ['the same again', () => answering((...a) => recommender.recommend(...a).slice(asked++ % 3))],
    ['together as alone', () => own({ recommendBatch: (askers) => askers.map(() => []) })],
    ['together as alone', () => own({ recommendBatch: () => [] })],
    ['knows its users', () => own({ knows: () => true })],
    ['knows its users', () => own({ knows: () => false })],
    [
      'answers anybody',
      () => answering((a, o) => (recommender.knows(a as string) ? recommender.recommend(a, o) : [])),
    ],
    [
      'answers anybody',
      () =>
        answering((asker, options) => {
          if (typeof asker === 'string' && !recommender.knows(asker)) throw new Error('never');
          return recommender.recommend(asker, options);
        }),
    ],
    ['leaves out and keeps within', () => answering((asker, { k }) => recommender.recommend(asker, { k }))],
    [
      'refuses what is none',
      () => answering((asker, o) => recommender.recommend(asker, { ...o, k: o.k > 0 ? Math.ceil(o.k) : 1 })),
    ],
  ])('%s', (rule, make) => {
    expect(rulesOf(make())).toContain(rule);
  });
});

test('whom and what to ask about must be there', () => {
  expect(() => checkRecommender(own({}))).toThrow('users: expected ids to ask about, got none');
  expect(() => checkRecommender(own({}), { users })).toThrow('items: expected ids to ask about, got none');
});
