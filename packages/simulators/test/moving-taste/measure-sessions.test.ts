import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import {
  measureSessions,
  movingTasteTypes,
  sessionValue,
  simulatedLog,
  simulatedWorld,
  staticTastePolicy,
  trueVectors,
  type MeasuredPolicy,
  type MeasuredStep,
  type MovingTasteWorld,
} from '../../src/index.js';
import { toyWorld } from './toy-world.js';

const { world, measured, trained } = simulatedWorld(1);
const measuring = { world, historySize: 20, sessions: 2, random: Random.fromSeed(1) };

/** Ranks by what users like for itself. */
function tastePolicy(of: MovingTasteWorld): MeasuredPolicy {
  const { users, items } = trueVectors(of);
  const { size } = users;
  return {
    score({ user }, candidates, scores) {
      scores.fill(0);
      for (let place = 0; place < candidates.length; place++) {
        const item = candidates[place]!;
        for (let k = 0; k < size; k++) {
          scores[place]! += users.vectors[user * size + k]! * items.vectors[item * size + k]!;
        }
      }
    },
  };
}

test('measured users are not trained on, and their log is there', () => {
  expect(measured.filter((user) => trained.includes(user))).toEqual([]);
  const { log, users, items, categories } = simulatedLog(1);
  expect(users.idOf(measured[0]!)).toBe('user-1');
  expect(items.idOf(world.itemCount - 1)).toBe(`item-${world.itemCount}`);
  expect(categories.get(0)).toEqual([`topic ${world.topics[0]! + 1}`]);
  expect(log.offsets[1]! - log.offsets[0]!).toBeGreaterThan(10);
});

describe('measured sessions', () => {
  test('of a policy that sees no more than tastes are worth what it is as a policy of the state', () => {
    const users = measured.slice(0, 3);
    const values = measureSessions(tastePolicy(world), { ...measuring, users });
    for (const [place, user] of users.entries()) {
      expect(values[place]!.reward).toBeCloseTo(
        sessionValue(world, user, staticTastePolicy(world)).reward,
        9,
      );
    }
  });

  test('show of equal candidates that with the lower index, and never one of −∞ or NaN', () => {
    const toy = toyWorld({ repeats: true });
    const shown: number[] = [];
    const scored = (values: readonly number[]): MeasuredPolicy => ({
      score: ({ history }, items, scores) => {
        if (history.at(-1)! >= 0) shown.push(history.at(-1)!);
        items.forEach((item, place) => (scores[place] = values[item]!));
      },
    });
    const options = { ...measuring, world: toy, users: [0], sessions: 1 };
    measureSessions(scored([NaN, 2, 2]), options);
    expect(new Set(shown)).toEqual(new Set([1]));
    expect(() => measureSessions(scored([-Infinity, NaN, -Infinity]), options)).toThrow(
      'scores: expected one above −∞ among the candidates, got none',
    );
  });

  test('are the mean of several, each with ratings of its own', () => {
    // Shows what earned most so far, so that what it does follows the ratings that are drawn.
    const policy: MeasuredPolicy = {
      score: ({ history, rewards }, items, scores) =>
        items.forEach((item, place) => (scores[place] = rewards[history.lastIndexOf(item)] ?? 0.25)),
    };
    const options = { world: movingTasteTypes({ users: 4, random: Random.fromSeed(3) }), historySize: 20 };
    const measure = (sessions: number) =>
      measureSessions(policy, { ...options, users: [2], sessions, random: Random.fromSeed(2) })[0]!;
    const [one, two] = [measure(1), measure(2)];
    expect(one.reward).not.toBe(two.reward);
    expect(measure(2)).toEqual(two);
  });

  test('reset a policy that learns before each and tell it of every step but the last', () => {
    const calls: (MeasuredStep | 'reset')[] = [];
    const policy: MeasuredPolicy = {
      ...tastePolicy(world),
      reset: () => calls.push('reset'),
      observe: (step) => calls.push(step),
    };
    measureSessions(policy, { ...measuring, users: [0] });
    expect(calls.map((call) => call === 'reset')).toEqual([
      true,
      ...Array<boolean>(19).fill(false),
      true,
      ...Array<boolean>(19).fill(false),
    ]);
    const [first, second] = calls.slice(1, 3) as MeasuredStep[];
    expect(first!.nextObservation).toBe(second!.observation);
    expect(first!.nextObservation.history.at(-1)).toBe(first!.action);
    expect(first!.nextObservation.rewards.at(-1)).toBe(first!.reward);
  });

  test.each([0, 2.5, NaN])('of %p sessions are refused', (sessions) => {
    expect(() => measureSessions(tastePolicy(world), { ...measuring, users: [0], sessions })).toThrow(
      `sessions: expected a positive integer, got ${sessions}`,
    );
  });

  test('are refused to a policy that learns where histories have likes alone', () => {
    const policy = { ...tastePolicy(world), reset: () => {}, observe: () => {} };
    expect(() => measureSessions(policy, { ...measuring, users: [0], remembers: 'liked' })).toThrow(
      'remembers: expected shown for a policy that learns, got liked',
    );
  });
});
