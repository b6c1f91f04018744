import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import {
  greedyTastePolicy,
  movingTasteCatalogue,
  movingTasteTypes,
  searchSession,
  SessionPlanner,
  sessionValue,
  staticTastePolicy,
  type MovingTasteWorld,
  type TastePolicy,
  type TasteState,
} from '../../src/index.js';
import { mean } from './toy-world.js';

const range = (count: number) => Array.from({ length: count }, (_, each) => each);

const valueOf = (world: MovingTasteWorld, users: number, policy: TastePolicy) =>
  mean(range(users).map((user) => sessionValue(world, user, policy).reward));

/** The best expected reward of all sequences, by trying each. */
function bestOfAll(world: MovingTasteWorld, state: TasteState): number {
  if (state.shown === world.dynamics.sessionLength) return 0;
  return Math.max(
    ...range(world.itemCount).map((item) => {
      const next = world.transition(state, item);
      const later = (1 - world.leavingProbability(next)) * bestOfAll(world, next);
      return world.expectedReward(state, item) + later;
    }),
  );
}

describe('the planner', () => {
  test('comes within 0.01 of the best of all 6⁶ sequences', () => {
    const random = Random.fromSeed(1);
    const world = movingTasteTypes({ users: 4, dynamics: { sessionLength: 6 }, random });
    const planner = new SessionPlanner(world);
    for (const user of range(4)) {
      const best = bestOfAll(world, world.initialState(user));
      const planned = sessionValue(world, user, planner.policy).reward;
      expect(planned).toBeLessThanOrEqual(best + 1e-9);
      expect(planned).toBeGreaterThan(best - 0.01);
      expect(Math.abs(planner.value(world.initialState(user)) - best)).toBeLessThan(0.15);
    }
  });

  test('earns more than a quarter more than the best greedy policy in sessions of 20', () => {
    const world = movingTasteTypes({ users: 16, random: Random.fromSeed(1) });
    const planner = new SessionPlanner(world);
    const greedy = valueOf(world, 16, greedyTastePolicy(world));
    expect(valueOf(world, 16, planner.policy)).toBeGreaterThan(1.25 * greedy);
    // The order of the baselines, each of which knows more or looks further.
    expect(greedy).toBeGreaterThan(valueOf(world, 16, staticTastePolicy(world)));
    const nourishing = valueOf(world, 16, greedyTastePolicy(world, { bait: 1.2, satiation: 0.3 }));
    expect(nourishing).toBeGreaterThan(greedy);
    expect(valueOf(world, 16, planner.policy)).toBeGreaterThan(nourishing);
    // Neither none nor all of it is clickbait.
    const bait = mean(range(16).map((user) => sessionValue(world, user, planner.policy).bait));
    expect(bait > 0.2 && bait < 0.7).toBe(true);
  });

  test('a finer grid overstates less', () => {
    const world = movingTasteTypes({ users: 3, random: Random.fromSeed(2) });
    const overstated = [
      { satiationSteps: 4, moodSteps: 11 },
      { satiationSteps: 8, moodSteps: 41 },
    ].map((options) => {
      const planner = new SessionPlanner(world, options);
      const told = mean(range(3).map((user) => planner.value(world.initialState(user))));
      return told - valueOf(world, 3, planner.policy);
    });
    expect(overstated[1]).toBeGreaterThan(0);
    expect(overstated[1]).toBeLessThan(0.5 * overstated[0]!);
  });
});

describe('the search', () => {
  test('comes close to the planner, which works quite differently', () => {
    const world = movingTasteTypes({ users: 4, random: Random.fromSeed(3) });
    const { policy } = new SessionPlanner(world);
    for (const user of range(4)) {
      const { reward } = searchSession(world, user, { moods: 16 });
      expect(Math.abs(reward - sessionValue(world, user, policy).reward)).toBeLessThan(0.05);
    }
  });

  test('beats all baselines on a catalogue, for each user', () => {
    const world = movingTasteCatalogue({ users: 6, random: Random.fromSeed(1) });
    for (const user of range(6)) {
      const { reward } = searchSession(world, user, { width: 10 });
      for (const penalties of [{}, { bait: 1.2 }, { bait: 1.2, satiation: 0.3 }]) {
        const baseline = sessionValue(world, user, greedyTastePolicy(world, penalties)).reward;
        expect(reward).toBeGreaterThan(baseline);
      }
    }
  });
});
