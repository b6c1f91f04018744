import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import fc from 'fast-check';
import { movingTasteCatalogue, movingTasteTypes, MovingTasteWorld, trueVectors } from '../../src/index.js';
import { defaultTasteDynamics, drawRating, expectedRewardOf } from '../../src/moving-taste/dynamics.js';
import { normalCdf } from '../../src/moving-taste/normal-distribution.js';
import { mean, toyWorld } from './toy-world.js';

describe('the dynamics', () => {
  test('of three items are those computed by hand', () => {
    const world = toyWorld();
    const start = world.initialState(0);
    expect(start).toEqual({ user: 0, satiation: Float64Array.of(0, 0), mood: 0, shown: 0 });

    // Clickbait: 3.4 + 0.5 + 0.5; felt (4.4 − 3) / 2 − 0.6 = 0.1.
    expect(world.meanRating(start, 1)).toBeCloseTo(4.4, 12);
    const first = world.transition(start, 1);
    expect(first.satiation).toEqual(Float64Array.of(1, 0));
    expect(first.mood).toBeCloseTo(0.03, 12);
    expect(world.leavingProbability(first)).toBeCloseTo(1 / (1 + Math.exp(3.12)), 12);

    // The same topic again: 3.4 + 0.5 + 0.1 − 0.3 + 0.03; felt 0.365.
    expect(world.meanRating(first, 0)).toBeCloseTo(3.73, 12);
    const second = world.transition(first, 0);
    expect(Array.from(second.satiation)).toEqual(closeTo([1.7, 0], 12));
    expect(second.mood).toBeCloseTo(0.7 * 0.03 + 0.3 * 0.365, 12);

    // Another topic is not satiated: 3.4 − 0.2 − 0.1 + 0.25 + 0.1305; felt 0.24025 − 0.3.
    expect(world.meanRating(second, 2)).toBeCloseTo(3.4805, 12);
    const third = world.transition(second, 2);
    expect(Array.from(third.satiation)).toEqual(closeTo([1.19, 1], 12));
    expect(third.mood).toBeCloseTo(0.7 * 0.1305 - 0.3 * 0.05975, 12);
    expect(third.shown).toBe(3);
  });

  test('a transition is pure, and may write to its own state', () => {
    const world = toyWorld();
    const state = world.transition(world.initialState(0), 2);
    const copy = structuredClone(state);
    const next = world.transition(state, 0);
    expect(state).toEqual(copy);
    expect(world.transition(state, 0, state)).toBe(state);
    expect(state).toEqual(next);
  });

  test('what is felt is at most 1 in either direction', () => {
    const world = toyWorld({ dynamics: { base: 9 } });
    expect(world.transition(world.initialState(0), 0).mood).toBeCloseTo(0.3, 12);
    const bad = toyWorld({ dynamics: { base: -9 } });
    expect(bad.transition(bad.initialState(0), 0).mood).toBeCloseTo(-0.3, 12);
  });

  test('mood stays within [−1, 1] and satiation below 1 / (1 − δ), whatever is shown', () => {
    const parameters = fc.record({
      base: fc.double({ min: -3, max: 9, noNaN: true }),
      satiationKept: fc.double({ min: 0, max: 0.95, noNaN: true }),
      moodRate: fc.double({ min: 0, max: 1, noNaN: true }),
      regret: fc.double({ min: 0, max: 3, noNaN: true }),
    });
    const items = fc.array(fc.nat(2), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(parameters, items, (dynamics, shown) => {
        const world = toyWorld({ dynamics });
        const state = world.initialState(0);
        for (const item of shown) {
          world.transition(state, item, state);
          expect(Math.abs(state.mood)).toBeLessThanOrEqual(1);
          const bound = 1 / (1 - dynamics.satiationKept) + 1e-9;
          expect(Math.max(...state.satiation)).toBeLessThanOrEqual(bound);
          const leaving = world.leavingProbability(state);
          expect(leaving > 0 && leaving < 1).toBe(true);
        }
      }),
    );
  });
});

describe('the expected reward', () => {
  test.each([
    [0, 0.5],
    [1, 0.841344746068543],
    [-1.96, 0.02499789514822],
    [3.5, 0.999767370920964],
    [-6, 9.865876450376981e-10],
  ])('normalCdf(%d)', (x, expected) => {
    expect(Math.abs(normalCdf(x) - expected)).toBeLessThan(1e-7);
  });

  test('is that of the rounded and clipped rating', () => {
    // At 3.5: Φ(4) + Φ(2) + Φ(0) + Φ(−2) = 2.4999683; halfway between ½ and 0 that is a little less than ¼.
    expect(expectedRewardOf(3.5, defaultTasteDynamics)).toBeCloseTo(0.24998416, 6);
    expect(expectedRewardOf(3, defaultTasteDynamics)).toBeCloseTo(0, 6);
    expect(expectedRewardOf(12, defaultTasteDynamics)).toBeCloseTo(1, 6);
    expect(expectedRewardOf(-12, defaultTasteDynamics)).toBeCloseTo(-1, 6);
  });

  test.each([1.2, 2.9, 3.73, 4.4, 5.3])('is the mean of drawn ratings around %d', (center) => {
    const random = Random.fromSeed(1);
    const rewards = Array.from(
      { length: 20_000 },
      () => (drawRating(center, defaultTasteDynamics, random) - 3) / 2,
    );
    // The deviation of one reward is below 0.3, so that of the mean is 0.002.
    expect(Math.abs(mean(rewards) - expectedRewardOf(center, defaultTasteDynamics))).toBeLessThan(0.009);
  });
});

describe('drawn worlds', () => {
  test('types are nourishing and clickbait of each topic', () => {
    const world = movingTasteTypes({ users: 2000, topics: 3, random: Random.fromSeed(1) });
    expect(Array.from(world.topics)).toEqual([0, 0, 1, 1, 2, 2]);
    expect(Array.from(world.bait)).toEqual([0, 1, 0, 1, 0, 1]);
    expect(world.repeats).toBe(true);
    expect([world.userCount, world.itemCount, world.dynamics.base]).toEqual([2000, 6, 3.4]);
    const tastes = Array.from(world.tastes);
    expect(Math.abs(mean(tastes))).toBeLessThan(0.04);
    expect(Math.abs(Math.sqrt(mean(tastes.map((each) => each ** 2))) - 0.6)).toBeLessThan(0.03);
  });

  test('a catalogue has bait near 0 or 1', () => {
    const world = movingTasteCatalogue({ users: 1000, items: 2000, random: Random.fromSeed(1) });
    expect([world.userCount, world.itemCount, world.topicCount]).toEqual([1000, 2000, 6]);
    expect([world.repeats, world.dynamics.base, world.dynamics.regret]).toEqual([false, 3.1, 0.6]);
    expect(new Set(world.topics).size).toBe(6);
    const bait = Array.from(world.bait);
    // The mean of Beta(1, 6) is 1 / 7.
    expect(mean(bait.filter((each) => each < 0.5))).toBeCloseTo(1 / 7, 1);
    expect(bait.filter((each) => each > 0.35 && each < 0.65).length).toBeLessThan(200);
    expect(mean(bait)).toBeCloseTo(0.5, 1);
    expect(Math.abs(mean(Array.from(world.tastes)) + 0.15)).toBeLessThan(0.04);
  });

  test('the same seed draws the same world; more items leave the users as they were', () => {
    const draw = (seed: number, items = 50) =>
      movingTasteCatalogue({ users: 10, items, random: Random.fromSeed(seed) });
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(draw(1, 60).tastes).toEqual(draw(1).tastes);
  });

  test('inner products of the true vectors are the appeal', () => {
    const world = movingTasteCatalogue({ users: 5, items: 30, random: Random.fromSeed(1) });
    const { users, items } = trueVectors(world);
    expect([users.rows, items.rows, users.size, items.size]).toEqual([5, 30, 8, 8]);
    for (let user = 0; user < 5; user++) {
      for (let item = 0; item < 30; item++) {
        let product = 0;
        for (let k = 0; k < 8; k++) product += users.vectors[user * 8 + k]! * items.vectors[item * 8 + k]!;
        expect(product).toBeCloseTo(world.appeal(user, item), 5);
      }
    }
  });
});

describe('errors', () => {
  test.each([
    ['topicCount: expected a positive integer, got 0', { topicCount: 0 }],
    ['tastes: expected rows of 2 numbers, one or more, got 3 numbers', { tastes: [1, 2, 3] }],
    ['tastes: expected rows of 2 numbers, one or more, got 0 numbers', { tastes: [] }],
    ['tastes[1]: expected a finite number, got NaN', { tastes: [1, NaN] }],
    ['topics: expected one item at least, got none', { topics: [] }],
    ['topics[2]: expected a topic from 0 to 1, got 2', { topics: [0, 1, 2] }],
    ['bait: expected 3 items like topics, got 2', { bait: [0, 1] }],
    ['bait[0]: expected a number from 0 to 1, got 1.5', { bait: [1.5, 0, 0] }],
    ['quality[1]: expected a finite number, got Infinity', { quality: [0, Infinity, 0] }],
    ['dynamics.noise: expected a positive number, got 0', { dynamics: { noise: 0 } }],
    ['dynamics.base: expected a finite number, got NaN', { dynamics: { base: NaN } }],
    [
      'dynamics.satiationKept: expected a share from 0 and below 1, got 1',
      { dynamics: { satiationKept: 1 } },
    ],
    ['dynamics.moodRate: expected a share from 0 to 1, got 2', { dynamics: { moodRate: 2 } }],
    ['dynamics.sessionLength: expected a positive integer, got 2.5', { dynamics: { sessionLength: 2.5 } }],
  ])('%s', (message, changes) => {
    expect(() => toyWorld(changes)).toThrow(message);
  });

  test('an unknown user, and sizes that are none', () => {
    expect(() => toyWorld().initialState(1)).toThrow('user: expected 0 to 0, got 1');
    const random = Random.fromSeed(1);
    expect(() => movingTasteTypes({ users: 0, random })).toThrow('users: expected a positive integer, got 0');
    expect(() => movingTasteCatalogue({ users: 1, items: -1, random })).toThrow('items: expected a positive');
  });

  test('a world keeps its numbers, whatever becomes of what it was made from', () => {
    const tastes = [0.5, -0.2];
    const world = new MovingTasteWorld({ topicCount: 2, tastes, topics: [0], bait: [0], quality: [0] });
    tastes[0] = 9;
    expect(world.appeal(0, 0)).toBe(0.5);
  });
});
