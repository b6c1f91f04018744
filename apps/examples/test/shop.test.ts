import { describe, expect, test } from '@jest/globals';
import { NO_ITEM, type RecommendationObservation, type StepResult } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import { categoryOf, shop, tastesOf } from '../src/shop.js';

const make = (seed = 1) => shop({ random: Random.fromSeed(seed) });

// After a promise, so that a throw and a rejection read the same.
const attempt = (call: () => unknown) => Promise.resolve().then(call);

/** Chooses from what an agent sees and, unlike an agent, from all that was shown in the visit. */
type Policy = (observation: RecommendationObservation, shown: readonly number[]) => number;

interface Visit {
  readonly start: RecommendationObservation;
  readonly shown: number[];
  readonly results: StepResult<RecommendationObservation>[];
}

/** One visit to its end, or until all of `policy`'s items were shown. */
async function play(policy: Policy | readonly number[], seed?: number, environment = make()): Promise<Visit> {
  const start = (await environment.reset(seed === undefined ? {} : { seed })).observation;
  const choose: Policy = typeof policy === 'function' ? policy : (_, { length }) => policy[length]!;
  const most = typeof policy === 'function' ? Infinity : policy.length;
  const visit: Visit = { start, shown: [], results: [] };
  let observation = start;
  for (let terminated = false; !terminated && visit.shown.length < most;) {
    const item = choose(observation, visit.shown);
    const result = await environment.step(item);
    visit.shown.push(item);
    visit.results.push(result);
    ({ observation, terminated } = result);
  }
  return visit;
}

/** The first visit in which all of `items` could be shown before the customer left. */
async function playAll(items: readonly number[]): Promise<Visit> {
  for (let seed = 0; seed < 500; seed++) {
    const visit = await play(items, seed);
    if (visit.shown.length === items.length) return visit;
  }
  throw new Error(`items: expected a customer who stays for all ${items.length}, none of 500 did`);
}

/** b[c] in closed form: each item of the category counts 0.7 for every item since. */
function boredomWith(category: number, shown: readonly number[]): number {
  const parts = shown.map((item, place) =>
    categoryOf(item) === category ? 0.7 ** (shown.length - place) : 0,
  );
  return parts.reduce((sum, part) => sum + part, 0);
}

/** A round through the five categories, again and again: nobody is ever much bored. */
const inTurns = Array.from({ length: 40 }, (_, place) => (place % 5) * 8 + Math.floor(place / 5));

describe('a visit', () => {
  test('starts with an empty history and all items', async () => {
    const { start } = await play([]);
    expect(start).toEqual({
      user: start.user,
      history: new Int32Array(10).fill(NO_ITEM),
      rewards: new Float32Array(10),
      candidates: Int32Array.from({ length: 40 }, (_, item) => item),
    });
  });

  test('every customer comes in about equally often', async () => {
    const environment = make();
    const visits = new Array<number>(30).fill(0);
    for (let visit = 0; visit < 6000; visit++) visits[(await environment.reset()).observation.user]! += 1;
    for (const count of visits) expect(Math.abs(count - 200)).toBeLessThan(60);
  });

  test('lets shown items into the history, newest last, and out of the candidates', async () => {
    const { results } = await playAll([3, 8, 39]);
    const { history, rewards, candidates } = results[2]!.observation;
    expect([...history]).toEqual([...new Array<number>(7).fill(NO_ITEM), 3, 8, 39]);
    expect([...rewards]).toEqual([
      ...new Array<number>(7).fill(0),
      ...results.map(({ reward }) => Math.fround(reward)),
    ]);
    expect(candidates).toHaveLength(37);
    expect([...candidates].filter((item) => [3, 8, 39].includes(item))).toEqual([]);
  });

  test('forgets the oldest of eleven', async () => {
    const { results, shown } = await playAll(inTurns.slice(0, 11));
    const { history, rewards } = results[10]!.observation;
    expect([...history]).toEqual(shown.slice(1));
    expect([...rewards]).toEqual(results.slice(1).map(({ reward }) => Math.fround(reward)));
  });

  test('ends when everything was shown', async () => {
    const { results } = await playAll(inTurns);
    expect(results.map(({ terminated }) => terminated)).toEqual([
      ...new Array<boolean>(39).fill(false),
      true,
    ]);
    expect(results[39]!.observation.candidates).toHaveLength(0);
  });

  test.each([0.2, 0.6])(
    'is always as the equations say, β = %d, and in its space, whatever is shown',
    async (cost) => {
      const environment = cost === 0.2 ? make() : shop({ random: Random.fromSeed(1), boredomCost: cost });
      const random = Random.fromSeed(3);
      const atRandom: Policy = ({ candidates }) => candidates[random.integer(candidates.length)]!;
      for (let session = 0; session < 100; session++) {
        const { start, shown, results } = await play(atRandom, undefined, environment);
        const tastes = tastesOf(start.user);
        expect(environment.observationSpace.contains(start)).toBe(true);
        for (const [place, { observation, reward, truncated, info }] of results.entries()) {
          const category = categoryOf(shown[place]!);
          const boredom = boredomWith(category, shown.slice(0, place));
          expect(reward).toBeCloseTo(tastes[category]! - cost * boredom, 10);
          expect(info).toEqual({ category, boredom: expect.closeTo(boredom, 10) });
          expect(truncated).toBe(false);
          expect(environment.observationSpace.contains(observation)).toBe(true);
          expect(observation.user).toBe(start.user);
          expect(observation.candidates).toHaveLength(39 - place);
        }
      }
    },
  );

  test('hands out observations that it never writes to, nor reads again', async () => {
    const environment = make();
    const { observation } = await environment.reset({ seed: 1 });
    observation.candidates.fill(7);
    const { observation: next } = await environment.step(5);
    expect(observation.candidates).toEqual(new Int32Array(40).fill(7));
    expect(observation.history).toEqual(new Int32Array(10).fill(NO_ITEM));
    expect(next.candidates).toEqual(Int32Array.from([...Array(40).keys()].filter((item) => item !== 5)));
  });
});

describe('customers', () => {
  test('have their own tastes from 0 to 1 and keep them', () => {
    const customers = Array.from({ length: 30 }, (_, customer) => tastesOf(customer));
    expect(new Set(customers.map(String)).size).toBe(30);
    expect(customers.flat().every((taste) => taste >= 0 && taste < 1)).toBe(true);
    expect(customers.every((tastes) => tastes.length === 5)).toBe(true);
    expect(tastesOf(3)).toEqual(customers[3]);
  });

  test('like an item less after another of its category, and more again after others', async () => {
    const { start, results } = await playAll([0, 1, 8, 16, 2]);
    const [first, second, third] = tastesOf(start.user);
    // Boredom with category 0: 0; 0.7; then (0.7 + 1) · 0.7³ after two others.
    expect(results.map(({ reward }) => reward)).toEqual(
      closeTo([first!, first! - 0.14, second!, third!, first! - 0.2 * 0.5831], 10),
    );
    expect(results[4]!.reward).toBeGreaterThan(results[1]!.reward);
  });

  test('never leave at an item that does not bore them', async () => {
    for (let seed = 0; seed < 300; seed++) {
      expect((await play(inTurns.slice(0, 5), seed)).shown).toHaveLength(5);
    }
  });

  test('leave more often the more they are bored', async () => {
    const lengths: number[] = [];
    for (let seed = 0; seed < 3000; seed++) lengths.push((await play([0, 1, 2, 3], seed)).shown.length);
    // All 3000 see a second item. 0.2 · 0.7 leave after it, then 0.2 · 1.19 of those who stayed.
    const sawThird = lengths.filter((length) => length > 2);
    expect(Math.min(...lengths)).toBe(2);
    const leftAfterThird = sawThird.filter((length) => length === 3);
    expect(Math.abs(1 - sawThird.length / 3000 - 0.14)).toBeLessThan(0.02);
    expect(Math.abs(leftAfterThird.length / sawThird.length - 0.238)).toBeLessThan(0.02);
  });
});

test('categories are runs of eight items', () => {
  expect([0, 7, 8, 39].map(categoryOf)).toEqual([0, 0, 1, 4]);
});

describe('what planning is worth', () => {
  const tastes = Array.from({ length: 30 }, (_, customer) => tastesOf(customer));
  const random = Random.fromSeed(9);
  const best = (items: Iterable<number>, value: (item: number) => number) =>
    [...items].reduce((a, b) => (value(b) > value(a) ? b : a));

  const anything: Policy = ({ candidates }) => candidates[random.integer(candidates.length)]!;
  const favorite: Policy = ({ user, candidates }) =>
    best(candidates, (item) => tastes[user]![categoryOf(item)]!);
  const bestNow: Policy = ({ user, candidates }, shown) =>
    best(candidates, (item) => {
      const category = categoryOf(item);
      return tastes[user]![category]! - 0.2 * boredomWith(category, shown);
    });
  const fourInTurns: Policy = ({ user, candidates }, shown) => {
    const open = [...new Set(Array.from(candidates, categoryOf))];
    const favorites = open.sort((a, b) => tastes[user]![b]! - tastes[user]![a]!).slice(0, 4);
    const category = best(favorites, (each) => -shown.map(categoryOf).lastIndexOf(each));
    return candidates.find((item) => categoryOf(item) === category)!;
  };

  /** The mean of visits 0 to 399: every policy meets the same customers. */
  async function measure(policy: Policy): Promise<{ earned: number; shown: number }> {
    const environment = make();
    let [earned, shown] = [0, 0];
    for (let seed = 0; seed < 400; seed++) {
      const { results } = await play(policy, seed, environment);
      earned += results.reduce((sum, { reward }) => sum + reward, 0);
      shown += results.length;
    }
    return { earned: earned / 400, shown: shown / 400 };
  }

  test('taking turns earns more than what earns most now, and far more than the favorite', async () => {
    const means = {
      anything: await measure(anything),
      favorite: await measure(favorite),
      bestNow: await measure(bestNow),
      fourInTurns: await measure(fourInTurns),
    };
    expect(means.bestNow.earned).toBeGreaterThan(1.5 * means.favorite.earned);
    expect(means.fourInTurns.earned).toBeGreaterThan(1.5 * means.bestNow.earned);
    const about = (value: number): unknown => expect.closeTo(value, 1);
    expect(means).toEqual({
      anything: { earned: about(6.4), shown: about(15.0) },
      favorite: { earned: about(3.1), shown: about(4.9) },
      bestNow: { earned: about(5.5), shown: about(8.1) },
      fourInTurns: { earned: about(9.9), shown: about(19.2) },
    }); // the README's table
  });
});

describe('seeds', () => {
  test('the seed of reset decides alone, and later visits go on from it', async () => {
    const [one, other] = [make(1), make(2)];
    const visits = async (environment: ReturnType<typeof make>, seed: number) => {
      const seen = [await play(inTurns, seed, environment)];
      for (let more = 0; more < 5; more++) seen.push(await play(inTurns, undefined, environment));
      return seen;
    };
    expect(await visits(one, 7)).toEqual(await visits(other, 7));
    expect(await visits(one, 7)).not.toEqual(await visits(other, 8));
  });

  test('without one the stream that was given decides, and visits differ', async () => {
    const users = async (environment: ReturnType<typeof make>) => {
      const seen: number[] = [];
      for (let visit = 0; visit < 20; visit++) seen.push((await environment.reset()).observation.user);
      return seen;
    };
    expect(await users(make(1))).toEqual(await users(make(1)));
    expect(await users(make(1))).not.toEqual(await users(make(2)));
    expect(new Set(await users(make(1))).size).toBeGreaterThan(5);
  });
});

describe('bad calls', () => {
  test('step needs a running visit', async () => {
    const message = 'action: expected a call of reset before item 1, no visit is running';
    const environment = make();
    await expect(attempt(() => environment.step(1))).rejects.toThrow(message);
    const bored: Policy = ({ candidates }) => candidates[0]!;
    const { results } = await play(bored, 0, environment);
    expect(results.at(-1)).toMatchObject({ terminated: true });
    expect(results.length).toBeLessThan(40); // the customer left
    await expect(attempt(() => environment.step(39))).rejects.toThrow('no visit is running');
    expect((await environment.reset()).observation.candidates).toHaveLength(40);
  });

  test('an item that is not left is named and changes nothing', async () => {
    const bad = [0, -1, 40, 1.5, NaN]; // shown already, and no items at all
    const run = async (insert: number[]) => {
      const environment = make();
      await environment.reset({ seed: 7 });
      const results = [await environment.step(0)];
      for (const item of inTurns.slice(1, 20)) {
        for (const each of insert) {
          await expect(attempt(() => environment.step(each))).rejects.toThrow(
            new RangeError(`action: expected one of the ${40 - results.length} items left, got ${each}`),
          );
        }
        const result = await environment.step(item);
        results.push(result);
        if (result.terminated) break;
      }
      return results;
    };
    const expected = await run([]);
    expect(expected.length).toBeGreaterThan(5);
    expect(await run(bad)).toEqual(expected);
  });

  test('a bad seed is named and changes nothing', async () => {
    const environment = make();
    await environment.reset({ seed: 7 });
    await expect(attempt(() => environment.reset({ seed: 0.5 }))).rejects.toThrow('seed: expected');
    const { results } = await play([4], 7);
    expect(await environment.step(4)).toEqual(results[0]);
  });
});
