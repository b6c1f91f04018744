import { beforeAll, describe, expect, test } from '@jest/globals';
import { createRecommender, type RatedItem, type Recommender } from '../src/index.js';
import { catalogue, gated, log, paper, residual } from './toy-recommenders.js';

let recommender: Recommender;
beforeAll(async () => {
  recommender = await residual();
});

/** Its policy ranks by vectors. */
function vectorParts() {
  const { parts } = recommender;
  if (!('tables' in parts)) throw new TypeError('policy: expected one of vectors');
  return parts;
}

/** What a user rated, in the caller's words. */
function pastOf(user: number): RatedItem[] {
  const [start, end] = [log.offsets[user]!, log.offsets[user + 1]!];
  return Array.from(log.items.subarray(start, end), (item, place) => ({
    item: catalogue.items[item]!,
    rating: log.ratings[start + place]!,
  }));
}

const idsOf = (answer: readonly { readonly item: string }[]) => answer.map(({ item }) => item);

describe('a known user', () => {
  test('gets what the policy ranks first, of what they have not rated, best first', () => {
    const { policy } = vectorParts();
    const everything = recommender.recommend('user-3', { k: log.itemCount });
    const rated = new Set(idsOf(pastOf(2)));
    expect(everything).toHaveLength(log.itemCount - rated.size);
    expect(idsOf(everything).filter((item) => rated.has(item))).toEqual([]);
    const scores = everything.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    // The same numbers as the policy gives when it is asked for each item.
    const likes = recommender
      .historyItems('user-3')
      .reverse()
      .map((id) => catalogue.items.indexOf(id));
    const n = policy.historySize;
    const history = Int32Array.from({ length: n }, (_, place) => likes[place - (n - likes.length)] ?? -1);
    const own = new Float32Array(log.itemCount);
    policy.score(
      { user: 2, history, rewards: new Float32Array(n) }, // the state of a log holds no rewards
      Int32Array.from(own, (_, item) => item),
      own,
    );
    for (const { item, score } of everything)
      expect(score).toBeCloseTo(own[catalogue.items.indexOf(item)]!, 5);
  });

  test('gets fewer where less is asked for, and titles where there are some', () => {
    const everything = recommender.recommend('user-3', { k: log.itemCount });
    expect(recommender.recommend('user-3', { k: 4 })).toEqual(everything.slice(0, 4));
    const titled = recommender.recommend('user-3', { k: 1, within: ['item-5'] });
    expect(titled).toEqual([{ item: 'item-5', score: expect.any(Number), title: 'The fifth' }]);
  });

  test('gets nothing that is excluded, and nothing but what is allowed', () => {
    const [first, second] = idsOf(recommender.recommend('user-3', { k: 2 }));
    expect(idsOf(recommender.recommend('user-3', { k: 1, exclude: [first!] }))).toEqual([second]);
    const within = ['item-9', 'item-1', 'item-7', 'item-9', pastOf(2)[0]!.item];
    const allowed = recommender.recommend('user-3', { k: 10, within, exclude: ['item-7'] });
    const rated = new Set(idsOf(pastOf(2)));
    const expected = ['item-9', 'item-1'].filter((item) => !rated.has(item));
    expect(idsOf(allowed).sort()).toEqual(expected.sort());
    const everything = recommender.recommend('user-3', { k: log.itemCount });
    for (const { item, score } of allowed) {
      expect(score).toBeCloseTo(everything.find((each) => each.item === item)!.score, 5);
    }
  });
});

describe('a new user', () => {
  test('with a known user’s whole past gets what that user gets: their vector is folded in', () => {
    for (const user of [0, 7, 21]) {
      const answer = recommender.recommend({ history: pastOf(user) }, { k: 12 });
      expect(answer).toEqual(recommender.recommend(`user-${user + 1}`, { k: 12 }));
    }
  });

  test('may name likes alone, and gets none of them again', () => {
    const answer = recommender.recommend({ history: ['item-2', 'item-8'] }, { k: log.itemCount });
    expect(answer).toHaveLength(log.itemCount - 2);
    const rated = [2, 8].map((number) => ({ item: `item-${number}`, rating: 5 }));
    expect(recommender.recommend({ history: rated }, { k: 50 })).toEqual(answer);
    expect(recommender.historyItems({ history: ['item-2', 'item-8'] })).toEqual(['item-8', 'item-2']);
  });

  test('who names an item twice means the latest, as in a log', () => {
    const once = { history: ['item-8', { item: 'item-2', rating: 1 }] };
    const twice = { history: [{ item: 'item-2', rating: 5 }, 'item-8', { item: 'item-2', rating: 1 }] };
    expect(recommender.recommend(twice, { k: 9 })).toEqual(recommender.recommend(once, { k: 9 }));
    expect(recommender.historyItems({ history: ['item-2', 'item-8', 'item-2'] })).toEqual([
      'item-2',
      'item-8',
    ]);
  });

  test('without a history gets what is popular, as an unknown id does', () => {
    const counts = new Map<number, number>();
    for (const item of log.items) counts.set(item, (counts.get(item) ?? 0) + 1);
    const most = [...counts].sort(([a, m], [b, n]) => n - m || a - b).slice(0, 3);
    const popular = most.map(([item, count]) => ({ item: catalogue.items[item]!, score: count }));
    const strip = (answer: readonly { item: string; score: number }[]) =>
      answer.map(({ item, score }) => ({ item, score }));
    expect(strip(recommender.recommend({ history: [] }, { k: 3 }))).toEqual(popular);
    expect(strip(recommender.recommend('nobody', { k: 3 }))).toEqual(popular);
    expect([recommender.knows('nobody'), recommender.knows('user-1')]).toEqual([false, true]);
    const others = recommender.recommend('nobody', { k: 1, exclude: [popular[0]!.item] });
    expect(idsOf(others)).toEqual([popular[1]!.item]);
    expect(idsOf(recommender.recommend('nobody', { k: 5, within: ['item-3'] }))).toEqual(['item-3']);
  });
});

test('many at once get what each gets alone', () => {
  const askers = [
    'user-4',
    { history: ['item-1'] },
    'nobody',
    'user-9',
    { history: pastOf(5) },
    { history: [] },
  ];
  const options = { k: 6, exclude: ['item-20'] };
  expect(recommender.recommendBatch(askers, options)).toEqual(
    askers.map((asker) => recommender.recommend(asker, options)),
  );
  expect(recommender.recommendBatch([], { k: 1 })).toEqual([]);
});

describe('each with a request of their own', () => {
  test('gets what they would alone', () => {
    const requests = [
      { asker: 'user-4', k: 6 },
      { asker: { history: ['item-1'] }, k: 3, exclude: ['item-20'] },
      { asker: 'nobody', k: 2, within: ['item-9', 'item-3'] },
      { asker: 'user-9', k: 1, within: ['item-7', 'item-30', 'item-2'] },
      { asker: 'user-9', k: 50 },
    ];
    const answers = recommender.rankEach(requests);
    expect(answers.map(({ items }) => items)).toEqual(
      requests.map(({ asker, ...options }) => recommender.recommend(asker, options)),
    );
    expect(answers.map(({ by }) => by)).toEqual(['policy', 'policy', 'popularity', 'policy', 'policy']);
  });

  test('is refused where one of them is', () => {
    const bad = { asker: 'user-1', k: 1, within: ['item-99'] };
    expect(() => recommender.rankEach([{ asker: 'user-1', k: 1 }, bad])).toThrow('within: expected');
  });
});

describe('a returning user', () => {
  test('is ranked for by their past and what came since, and is shown none of it', () => {
    const past = pastOf(2);
    const fresh = catalogue.items.filter((item) => !past.some((each) => each.item === item)).slice(0, 3);
    const since = [fresh[0]!, { item: fresh[1]!, rating: 1 }, fresh[2]!];
    const answer = recommender.recommend({ user: 'user-3', since }, { k: 50 });
    expect(answer).toEqual(recommender.recommend({ history: [...past, ...since] }, { k: 50 }));
    expect(idsOf(answer).filter((item) => fresh.includes(item))).toEqual([]);
    const again = { user: 'user-3', since: [{ item: past[0]!.item, rating: 1 }] };
    const latest = { history: [...past.slice(1), { item: past[0]!.item, rating: 1 }] };
    expect(recommender.recommend(again, { k: 9 })).toEqual(recommender.recommend(latest, { k: 9 }));
  });

  test('of whom nothing is new is the user of the log, and whom it does not know is new', () => {
    const known = recommender.recommend({ user: 'user-3', since: [] }, { k: 9 });
    expect(known).toEqual(recommender.recommend('user-3', { k: 9 }));
    const stranger = recommender.recommend({ user: 'nobody', since: ['item-2'] }, { k: 9 });
    expect(stranger).toEqual(recommender.recommend({ history: ['item-2'] }, { k: 9 }));
    expect(() => recommender.recommend({ user: 'user-3', since: ['x'] }, { k: 1 })).toThrow(
      'since[0]: expected an item of the catalogue, got "x"',
    );
  });
});

test('the paper’s variant answers in the same way', async () => {
  const drr = await paper();
  const answer = drr.recommend('user-3', { k: 5 });
  expect(answer).toHaveLength(5);
  const rated = new Set(idsOf(pastOf(2)));
  expect(idsOf(answer).some((item) => rated.has(item))).toBe(false);
  expect(drr.recommend({ history: ['item-1'] }, { k: 5 })).toHaveLength(5);
});

test('of the default variant a known user is ranked for as somebody new with the same past', async () => {
  const whole = await gated();
  const known = whole.recommend('user-3', { k: 10 });
  expect(idsOf(known).filter((item) => idsOf(pastOf(2)).includes(item))).toEqual([]);
  expect(whole.recommend({ history: pastOf(2) }, { k: 10 })).toEqual(known);
  expect(whole.recommendBatch(['user-1', 'user-3'], { k: 10 })[1]).toEqual(known);
  expect(idsOf(whole.recommend('user-3', { k: 3, exclude: [known[0]!.item] }))).toEqual(
    idsOf(known).slice(1, 4),
  );
  // Of a few items those are ranked that were asked for, and nobody gets what is popular.
  const few = [known[4]!.item, known[1]!.item, pastOf(2)[0]!.item];
  expect(idsOf(whole.recommend('user-3', { k: 5, within: few })).sort()).toEqual(few.slice(0, 2).sort());
  expect(whole.recommend('nobody', { k: 4 })).toEqual(recommender.recommend('nobody', { k: 4 }));
  const { parts } = whole;
  if ('tables' in parts) throw new TypeError('policy: expected one of pasts');
  const agent = { policy: () => parts.policy };
  expect(() => createRecommender({ agent, ...catalogue, items: ['one'] })).toThrow(
    "items: expected 50 ids like the log's items, got 1",
  );
});

test('what cannot be meant is refused by name', () => {
  const ask = (options: object, asker: Parameters<Recommender['recommend']>[0] = 'user-1') =>
    expect(() => recommender.recommend(asker, { k: 1, ...options }));
  ask({ k: 0 }).toThrow('k: expected a positive integer, got 0');
  ask({ exclude: ['item-99'] }).toThrow('exclude: expected an item of the catalogue, got "item-99"');
  ask({ within: ['item-99'] }).toThrow('within: expected an item of the catalogue, got "item-99"');
  ask({}, { history: ['item-1', 'x'] }).toThrow('history[1]: expected an item of the catalogue, got "x"');
  ask({}, { history: [{ item: 'item-1', rating: 6 }] }).toThrow(
    'history[0]: expected a rating from 1 to 5, got 6',
  );
  const parts = vectorParts();
  const agent = { policy: () => parts.policy, savedPolicy: () => parts.savedPolicy };
  const made = { agent, tables: parts.tables, foldIn: parts.foldIn, ...catalogue };
  expect(() => createRecommender({ ...made, items: ['one'] })).toThrow(
    "items: expected 50 ids like the log's items, got 1",
  );
  const foldIn = Object.create(parts.foldIn, { size: { value: 3 } }) as typeof parts.foldIn;
  expect(() => createRecommender({ ...made, foldIn })).toThrow('foldIn: expected vectors of ');
  const spoiled = {
    policy: () => made.agent.policy(),
    savedPolicy: () => ({ ...made.agent.savedPolicy(), gateRange: NaN }),
  };
  expect(() => createRecommender({ ...made, agent: spoiled })).toThrow(
    'policy.gateRange: expected a finite number, got NaN',
  );
});
