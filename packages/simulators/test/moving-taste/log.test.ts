import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import {
  movingTasteCatalogue,
  movingTasteLog,
  staticTastePolicy,
  type MovingTasteLogOptions,
} from '../../src/index.js';
import { mean } from './toy-world.js';

const world = movingTasteCatalogue({ users: 60, items: 400, random: Random.fromSeed(1) });
const draw = (options: Partial<MovingTasteLogOptions> = {}) =>
  movingTasteLog({ world, random: Random.fromSeed(1), ...options });

/** The rows of each session: a gap of an hour parts two. */
function sessionsOf(log: ReturnType<typeof draw>, user: number): number[][] {
  const sessions: number[][] = [];
  for (let row = log.offsets[user]!; row < log.offsets[user + 1]!; row++) {
    const isNew = row === log.offsets[user]! || log.timestamps[row]! - log.timestamps[row - 1]! >= 3600;
    if (isNew) sessions.push([]);
    sessions.at(-1)!.push(row);
  }
  return sessions;
}

describe('a log of moving taste', () => {
  const log = draw();

  test('has ten sessions a user, of 20 items at most, no item twice', () => {
    expect([log.userCount, log.itemCount, log.scale]).toEqual([60, 400, { min: 1, max: 5 }]);
    const lengths: number[] = [];
    for (let user = 0; user < 60; user++) {
      const sessions = sessionsOf(log, user);
      expect(sessions.length).toBe(10);
      lengths.push(...sessions.map((rows) => rows.length));
      const items = log.items.subarray(log.offsets[user], log.offsets[user + 1]);
      expect(new Set(items).size).toBe(items.length);
    }
    expect(Math.max(...lengths)).toBe(20);
    expect(Math.min(...lengths)).toBe(1);
    expect(log.timestamps.every(Number.isInteger)).toBe(true);
    expect(log.ratings.every(Number.isInteger)).toBe(true);
  });

  test('holds the ratings of the users in their state, so that moods show', () => {
    // What the mean of the true state doesn't explain is the noise and the rounding alone.
    const errors: number[] = [];
    const blindErrors: number[] = [];
    for (let user = 0; user < 60; user++) {
      for (const rows of sessionsOf(log, user)) {
        const state = world.initialState(user);
        for (const row of rows) {
          const item = log.items[row]!;
          errors.push(log.ratings[row]! - (3 + 2 * world.expectedReward(state, item)));
          blindErrors.push(
            log.ratings[row]! - (3 + 2 * world.expectedReward(world.initialState(user), item)),
          );
          world.transition(state, item, state);
        }
      }
    }
    expect(Math.abs(mean(errors))).toBeLessThan(0.03);
    const square = (each: number) => each ** 2;
    // Noise 0.5² and rounding 1 / 12; clipping at five stars takes a little.
    expect(Math.abs(mean(errors.map(square)) - 0.333)).toBeLessThan(0.03);
    expect(mean(blindErrors.map(square))).toBeGreaterThan(mean(errors.map(square)) + 0.05);
  });

  test('is chosen by taste, by popularity, and at random', () => {
    const byTaste = draw({ tasteShare: 1, popularShare: 0, sessionsPerUser: 1 });
    const all = new Int32Array(400).map((_, item) => item);
    for (let user = 0; user < 60; user++) {
      const favorite = staticTastePolicy(world)(world.initialState(user), all);
      expect(byTaste.items[byTaste.offsets[user]!]).toBe(favorite);
    }
    const share = (own: ReturnType<typeof draw>) => {
      const counts = new Array<number>(400).fill(0);
      for (const item of own.items) counts[item]! += 1;
      counts.sort((a, b) => b - a);
      return counts.slice(0, 20).reduce((sum, count) => sum + count, 0) / own.items.length;
    };
    expect(share(draw({ tasteShare: 0, popularShare: 0 }))).toBeLessThan(0.12);
    expect(share(draw({ tasteShare: 0, popularShare: 1 }))).toBeGreaterThan(0.2);
  });

  test('is decided by the seed', () => {
    expect(draw()).toEqual(log);
    expect(draw({ random: Random.fromSeed(2) })).not.toEqual(log);
  });

  test.each([
    ['sessionsPerUser: expected a positive integer, got 0', { sessionsPerUser: 0 }],
    [
      'sessionsPerUser: expected at most 10, so that sessions of 20 take no more than half of the 400 items, got 11',
      { sessionsPerUser: 11 },
    ],
    ['tasteShare: expected a share from 0 to 1, got -1', { tasteShare: -1 }],
    ['popularShare: expected a share from 0 to 1, got NaN', { popularShare: NaN }],
    [
      'popularShare: expected at most 0.5 beside a tasteShare of 0.5, got 0.6',
      { tasteShare: 0.5, popularShare: 0.6 },
    ],
  ])('%s', (message, options) => {
    expect(() => draw(options)).toThrow(message);
  });
});
