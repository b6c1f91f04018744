import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import {
  greedyTastePolicy,
  movingTasteCatalogue,
  movingTasteTypes,
  randomTastePolicy,
  searchSession,
  SessionPlanner,
  sessionValue,
  staticTastePolicy,
  type TastePolicy,
  type TasteState,
} from '../../src/index.js';
import { toyWorld } from './toy-world.js';

const range = (count: number) => Array.from({ length: count }, (_, each) => each);

/** Always the next of `items`. */
const inOrder =
  (items: ArrayLike<number>): TastePolicy =>
  ({ shown }) =>
    items[shown]!;

describe('the value of a session', () => {
  test('weighs each expected reward with the probability to be still there', () => {
    const world = toyWorld();
    const first = world.initialState(0);
    const second = world.transition(first, 2);
    const stays = 1 - world.leavingProbability(second);
    const third = world.transition(second, 0);
    const staysOn = stays * (1 - world.leavingProbability(third));
    const fourth = world.transition(third, 1);
    const value = sessionValue(world, 0, inOrder([2, 0, 1])); // no item repeats, so it ends after three
    const rewards = [world.expectedReward(first, 2), world.expectedReward(second, 0)];
    const reward = rewards[0]! + stays * rewards[1]! + staysOn * world.expectedReward(third, 1);
    expect(value.reward).toBeCloseTo(reward, 12);
    expect(value.length).toBeCloseTo(1 + stays + staysOn, 12);
    expect(value.bait).toBeCloseTo((0.5 + staysOn) / value.length, 12);
    const moods = second.mood + stays * third.mood + staysOn * fourth.mood;
    expect(value.mood).toBeCloseTo(moods / value.length, 12);
  });

  test('a policy must keep to the candidates', () => {
    expect(() => sessionValue(toyWorld(), 0, inOrder([1, 1]))).toThrow(
      'policy: expected one of the 2 candidates of user 0, got 1',
    );
    expect(() => sessionValue(toyWorld(), 1, inOrder([1]))).toThrow('user: expected 0 to 0, got 1');
  });
});

describe('policies of the true state', () => {
  const satiated: TasteState = { user: 0, satiation: Float64Array.of(3, 0), mood: 0, shown: 5 };
  const all = Int32Array.of(0, 1, 2);

  test('what is liked for itself ignores satiation, what earns most now does not', () => {
    const world = toyWorld();
    // Appeal: 0.6, 1 and −0.05; satiation takes 0.9 from the first two.
    expect(staticTastePolicy(world)(satiated, all)).toBe(1);
    expect(greedyTastePolicy(world)(satiated, all)).toBe(1);
    const more = { ...satiated, satiation: Float64Array.of(3.6, 0) };
    expect(staticTastePolicy(world)(more, all)).toBe(1);
    expect(greedyTastePolicy(world)(more, all)).toBe(2);
  });

  test('penalties take from bait and satiation', () => {
    const fresh = { ...satiated, satiation: Float64Array.of(0, 0) };
    const world = toyWorld();
    expect(greedyTastePolicy(world)(fresh, all)).toBe(1);
    expect(greedyTastePolicy(world, { bait: 0.5 })(fresh, all)).toBe(0);
    expect(greedyTastePolicy(world, { satiation: 0.1 })(satiated, all)).toBe(2);
  });

  test('only candidates are chosen; chance chooses all of them', () => {
    const random = randomTastePolicy(Random.fromSeed(1));
    const chosen = range(100).map(() => random(satiated, Int32Array.of(0, 2)));
    expect(new Set(chosen)).toEqual(new Set([0, 2]));
    expect(staticTastePolicy(toyWorld())(satiated, Int32Array.of(0, 2))).toBe(0);
  });
});

describe('the planner', () => {
  test('of a single item is greedy, and exact at the start', () => {
    const random = Random.fromSeed(1);
    const world = movingTasteTypes({ users: 5, dynamics: { sessionLength: 1 }, random });
    const planner = new SessionPlanner(world);
    for (const user of range(5)) {
      const greedy = sessionValue(world, user, greedyTastePolicy(world)).reward;
      expect(sessionValue(world, user, planner.policy).reward).toBeCloseTo(greedy, 12);
    }
  });

  test.each([
    ['satiationSteps: expected an integer from 2, got 1', { satiationSteps: 1 }],
    ['moodSteps: expected an integer from 2, got 2.5', { moodSteps: 2.5 }],
    ['satiationSteps: expected a grid of at most 1000000 states, got 21000000', { satiationSteps: 100 }],
  ])('%s', (message, options) => {
    const world = movingTasteTypes({ users: 1, random: Random.fromSeed(1) });
    expect(() => new SessionPlanner(world, options)).toThrow(message);
  });

  test('needs a world where items repeat, and a state of its sessions', () => {
    expect(() => new SessionPlanner(toyWorld())).toThrow('world: expected one where items repeat');
    const planner = new SessionPlanner(toyWorld({ repeats: true }));
    const state = { user: 0, satiation: new Float64Array(2), mood: 0, shown: 21 };
    expect(() => planner.value(state)).toThrow('state.shown: expected at most 20, got 21');
    expect(() => planner.value({ ...state, user: 3 })).toThrow();
  });
});

describe('the search', () => {
  test('finds a session of that very value', () => {
    const world = movingTasteCatalogue({ users: 2, items: 100, random: Random.fromSeed(1) });
    const found = searchSession(world, 1, { width: 5 });
    expect(new Set(found.items).size).toBe(20);
    expect(sessionValue(world, 1, inOrder(found.items)).reward).toBeCloseTo(found.reward, 9);
  });

  test('ends where a catalogue does', () => {
    expect(Array.from(searchSession(toyWorld(), 0).items).sort()).toEqual([0, 1, 2]);
    expect(searchSession(toyWorld({ repeats: true }), 0).items.length).toBe(20);
    expect(searchSession(toyWorld(), 0, { width: 1, moods: 1 }).items.length).toBe(3);
  });

  test.each([
    ['width: expected a positive integer, got 0', { width: 0 }],
    ['moods: expected a positive integer, got 1.5', { moods: 1.5 }],
  ])('%s', (message, options) => {
    expect(() => searchSession(toyWorld(), 0, options)).toThrow(message);
  });
});
