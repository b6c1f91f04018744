import { checkEnvironment } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { createRatingLog } from '@rl-recsys/rating-log';
import { describe, expect, test } from '@jest/globals';
import { drawLogMoments, logMomentsEnvironment } from '../src/index.js';

/** User 0 rates items 0 to 39 in order, user 1 only items 0 to 3, user 2 only three; odd items are liked. */
const items = [...Array.from({ length: 40 }, (_, item) => item), 0, 1, 2, 3, 0, 1, 2];
const log = createRatingLog({
  ...{ userCount: 3, itemCount: 40, items, timestamps: items },
  users: items.map((_, row) => (row < 40 ? 0 : row < 44 ? 1 : 2)),
  ratings: items.map((item) => (item % 2 === 1 ? 5 : 1)),
  scale: { min: 1, max: 5 },
});

describe('drawLogMoments', () => {
  test('draws different moments with enough before and after, in order', () => {
    const { users, starts, ends } = drawLogMoments(log, { perUser: 500, random: Random.fromSeed(1) });
    // From three tenths of 40 to 5 before the end, each once.
    // User 1 has too few for that and starts in the middle; user 2 has none.
    expect([...starts]).toEqual([...Array.from({ length: 24 }, (_, place) => 12 + place), 42]);
    expect([...users]).toEqual([...Array.from({ length: 24 }, () => 0), 1]);
    expect(ends[0]).toBe(22); // ten more
    expect([...ends.slice(-2)]).toEqual([40, 44]); // no more than there are
  });

  test('shows a quarter of what came before where that is more', () => {
    const many = Array.from({ length: 200 }, (_, item) => item);
    const long = createRatingLog({
      ...{ userCount: 1, itemCount: 200, items: many, users: many.map(() => 0), timestamps: many },
      ...{ ratings: many.map(() => 3), scale: { min: 1, max: 5 } },
    });
    const { starts, ends } = drawLogMoments(long, { perUser: 3, random: Random.fromSeed(1) });
    for (const [place, start] of starts.entries()) {
      expect(ends[place]).toBe(Math.min(200, start + Math.floor(start / 4)));
    }
  });

  test('refuses a log without any', () => {
    const none = { ...log, userCount: 1, offsets: Int32Array.of(0, 3) };
    expect(() => drawLogMoments(none, { random: Random.fromSeed(1) })).toThrow(
      'log: expected a user with at least 4 ratings, got none',
    );
  });
});

describe('logMomentsEnvironment', () => {
  const moments = { users: Int32Array.of(0, 0), starts: Int32Array.of(4, 20), ends: Int32Array.of(6, 40) };
  const environment = () =>
    logMomentsEnvironment({ log, moments, historySize: 3, random: Random.fromSeed(1) });

  test('keeps the contract', async () => {
    expect(await checkEnvironment(environment)).toEqual([]);
  });

  test('tells moments apart, and knows only what was liked before', async () => {
    const seen = new Set<number>();
    for (let seed = 0; seed < 20; seed++) {
      const { observation } = await environment().reset({ seed });
      seen.add(observation.user);
      if (observation.user !== 3) continue;
      expect([...observation.history]).toEqual([-1, 1, 3]);
      expect([...observation.candidates]).toEqual([4, 5]);
    }
    expect(seen).toEqual(new Set([3, 4]));
  });
});
