import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { NO_ITEM, recommendationSpace } from '../src/index.js';

describe('recommendationSpace', () => {
  const space = recommendationSpace({ userCount: 3, itemCount: 10, historySize: 3 });
  const member = {
    user: 2,
    history: Int32Array.of(NO_ITEM, 4, 9),
    rewards: Float32Array.of(0, 0.5, 1),
    candidates: Int32Array.of(0, 7),
  };

  test('holds what a recommender may see', () => {
    expect(space.contains(member)).toBe(true);
    expect(space.contains({ ...member, history: Int32Array.of(1, 2, 3) })).toBe(true);
    expect(space.contains({ ...member, history: new Int32Array(3).fill(NO_ITEM) })).toBe(true);
    expect(space.contains({ ...member, rewards: Float32Array.of(0, -30, 1e6) })).toBe(true);
    expect(space.contains({ ...member, candidates: Int32Array.of() })).toBe(true);
  });

  test.each<[string, unknown]>([
    ['no record', null],
    ['an empty record', {}],
    ['an unknown user', { ...member, user: 3 }],
    ['a history too short', { ...member, history: Int32Array.of(1, 2) }],
    ['an unknown item in the history', { ...member, history: Int32Array.of(1, 2, 10) }],
    ['padding between items', { ...member, history: Int32Array.of(1, NO_ITEM, 2) }],
    ['padding at the end', { ...member, history: Int32Array.of(1, 2, NO_ITEM) }],
    ['a history of floats', { ...member, history: Float32Array.of(1, 2, 3) }],
    ['rewards too long', { ...member, rewards: new Float32Array(4) }],
    ['a reward of NaN', { ...member, rewards: Float32Array.of(0, NaN, 0) }],
    ['candidates as plain numbers', { ...member, candidates: [1, 2] }],
    ['an unknown candidate', { ...member, candidates: Int32Array.of(10) }],
    ['padding among the candidates', { ...member, candidates: Int32Array.of(1, NO_ITEM) }],
  ])('does not hold %s', (_, value) => {
    expect(space.contains(value)).toBe(false);
  });

  test('holds candidates that come once, and forgets what it looked at', () => {
    const twice = { ...space.sample(Random.fromSeed(1)), candidates: Int32Array.of(4, 2, 4) };
    expect(space.contains(twice)).toBe(false);
    expect(space.contains({ ...twice, candidates: Int32Array.of(4, 2) })).toBe(true);
  });

  test('samples are inside, of every length of history, and show no item of the history again', () => {
    const random = Random.fromSeed(1);
    const lengths = new Set<number>();
    for (let draw = 0; draw < 200; draw++) {
      const observation = space.sample(random);
      expect(space.contains(observation)).toBe(true);
      const history = observation.history.filter((item) => item !== NO_ITEM);
      lengths.add(history.length);
      expect(new Set([...history, ...observation.candidates]).size).toBe(10);
      observation.history.forEach((item, place) => {
        if (item === NO_ITEM) expect(observation.rewards[place]).toBe(0);
      });
    }
    expect([...lengths].sort()).toEqual([0, 1, 2, 3]);
  });

  test('samples are inside where there are fewer items than places in the history', () => {
    const random = Random.fromSeed(1);
    for (const itemCount of [1, 2, 3]) {
      const tiny = recommendationSpace({ userCount: 1, itemCount, historySize: 5 });
      for (let draw = 0; draw < 20; draw++) {
        const observation = tiny.sample(random);
        expect(tiny.contains(observation)).toBe(true);
        expect(observation.candidates.length).toBeGreaterThan(0);
      }
    }
  });

  test('names bad sizes', () => {
    const sizes = { userCount: 3, itemCount: 10, historySize: 3 };
    for (const name of ['userCount', 'itemCount', 'historySize']) {
      for (const size of [0, -1, 2.5]) {
        expect(() => recommendationSpace({ ...sizes, [name]: size })).toThrow(
          `${name}: expected a positive integer, got ${size}`,
        );
      }
    }
  });
});
