import { describe, expect, test } from '@jest/globals';
import { checkEnvironment, NO_ITEM } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { createRatingLog } from '@rl-recsys/rating-log';
import { ratingModelEnvironment, type RatingModelEnvironmentOptions } from '../src/index.js';

/** User 0 rated nothing, user 1 items 0 to 3, user 2 all six. */
const log = createRatingLog({
  userCount: 3,
  itemCount: 6,
  users: [1, 1, 1, 1, 2, 2, 2, 2, 2, 2],
  items: [3, 1, 0, 2, 0, 1, 2, 3, 4, 5],
  ratings: [5, 2, 4, 1, 3, 3, 4, 5, 1, 2],
  timestamps: [0, 1, 2, 3, 0, 1, 2, 3, 4, 5],
  scale: { min: 1, max: 5 },
});
const make = (options: Partial<RatingModelEnvironmentOptions> = {}) =>
  ratingModelEnvironment({ log, predict: () => 3.5, historySize: 3, random: Random.fromSeed(1), ...options });

/** A session of user 1 that starts after their first two ratings, 5 for item 3 and 2 for item 1. */
async function startOfUser1(options: Partial<RatingModelEnvironmentOptions> = {}) {
  const environment = make(options);
  for (;;) {
    const { observation } = await environment.reset();
    if (observation.user === 1 && observation.candidates.length === 4) return { environment, observation };
  }
}
const attempt = (call: () => unknown) => Promise.resolve().then(call);

test('keeps the contract', async () => {
  expect(await checkEnvironment(() => make())).toEqual([]);
});

describe('a session', () => {
  test('begins with what was liked by then; what was not rated by then may be shown', async () => {
    const { observation } = await startOfUser1();
    expect(observation).toEqual({
      user: 1,
      history: Int32Array.of(NO_ITEM, NO_ITEM, 3),
      rewards: Float32Array.of(0, 0, 1),
      candidates: Int32Array.of(0, 2, 4, 5),
    });
  });

  test('answers from the log where it can, else from the model, clipped to the scale', async () => {
    const asked: number[][] = [];
    const predict = (user: number, item: number) => {
      asked.push([user, item]);
      return item === 4 ? 7 : 0.5;
    };
    const { environment } = await startOfUser1({ predict });
    const logged = await environment.step(0);
    expect(logged).toMatchObject({ reward: 0.5, terminated: false, info: { rating: 4, logged: true } });
    expect(logged.observation.history).toEqual(Int32Array.of(NO_ITEM, 3, 0));
    expect(logged.observation.candidates).toEqual(Int32Array.of(2, 4, 5));
    const high = await environment.step(4);
    expect(high).toMatchObject({ reward: 1, info: { rating: 5, logged: false } });
    expect(high.observation.history).toEqual(Int32Array.of(3, 0, 4));
    const low = await environment.step(5);
    expect(low).toMatchObject({ reward: -1, terminated: false, info: { rating: 1, logged: false } });
    expect(low.observation.history).toEqual(Int32Array.of(3, 0, 4));
    expect(await environment.step(2)).toMatchObject({ reward: -1, terminated: true, info: { logged: true } });
    expect(asked).toEqual([
      [1, 4],
      [1, 5],
    ]);
    await expect(attempt(() => environment.step(2))).rejects.toThrow('action: expected a call of reset');
  });

  test('a prediction between the stars is not rounded', async () => {
    const { environment } = await startOfUser1({ predict: () => 3.8 });
    const step = await environment.step(5);
    expect(step.reward).toBeCloseTo(0.4, 12);
    expect(step.observation.history).toEqual(Int32Array.of(NO_ITEM, NO_ITEM, 3)); // 3.8 is not yet a like
  });

  test('is of users with a rating, from each moment after it, while an item is left', async () => {
    const environment = make();
    const starts = new Map<string, number>();
    for (let session = 0; session < 4000; session++) {
      const { user, candidates } = (await environment.reset()).observation;
      starts.set(`${user}: ${candidates.length}`, (starts.get(`${user}: ${candidates.length}`) ?? 0) + 1);
    }
    const keys = [...starts.keys()].sort();
    expect(keys).toEqual(['1: 2', '1: 3', '1: 4', '1: 5', '2: 1', '2: 2', '2: 3', '2: 4', '2: 5']);
    for (const [key, count] of starts) {
      expect(Math.abs(count - (key.startsWith('1') ? 500 : 400))).toBeLessThan(90);
    }
  });

  test('is decided by the seed', async () => {
    const starts = (random: Random, seed?: number) => {
      const environment = make({ random });
      const first = environment.reset(seed === undefined ? {} : { seed });
      return Promise.all([first, ...Array.from({ length: 9 }, () => environment.reset())]);
    };
    const [one, two] = [Random.fromSeed(1), Random.fromSeed(2)];
    expect(await starts(one, 7)).toEqual(await starts(two, 7));
    expect(await starts(one, 7)).not.toEqual(await starts(two, 8));
  });
});

describe('bad calls', () => {
  test('items that are no candidates and predictions that are none change nothing', async () => {
    let prediction = NaN;
    const { environment, observation } = await startOfUser1({ predict: () => prediction });
    for (const item of [3, 1, 6, -1, 0.5]) {
      await expect(attempt(() => environment.step(item))).rejects.toThrow(
        `action: expected one of the 4 candidates of user 1, got ${item}`,
      );
    }
    await expect(attempt(() => environment.step(4))).rejects.toThrow(
      'predict: expected a finite rating of user 1 for item 4, got NaN',
    );
    prediction = 3;
    const next = await environment.step(4);
    expect(next.observation.candidates).toEqual(Int32Array.of(0, 2, 5));
    expect(next.observation.history).toEqual(observation.history);
  });

  test('step needs a session, options must be right', async () => {
    await expect(attempt(() => make().step(1))).rejects.toThrow(
      'action: expected a call of reset before item 1, no session is running',
    );
    const empty = { ...log, offsets: new Int32Array(4), items: new Int32Array(0) };
    expect(() => make({ historySize: 0 })).toThrow('historySize: expected a positive integer, got 0');
    expect(() => make({ log: empty })).toThrow('log: expected one rating at least, got none');
    expect(() => make({ log: { ...log, itemCount: 1 } })).toThrow('log: expected two items at least, got 1');
  });
});
