import { describe, expect, test } from '@jest/globals';
import {
  checkEnvironment,
  NO_ITEM,
  type RecommendationObservation,
  type ResetResult,
} from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import {
  greedyTastePolicy,
  movingTasteCatalogue,
  movingTasteEnvironment,
  movingTasteTypes,
  observingPolicy,
  sessionValue,
  staticTastePolicy,
  type MovingTasteEnvironmentOptions,
} from '../../src/index.js';
import { mean, toyWorld } from './toy-world.js';

const types = movingTasteTypes({ users: 10, random: Random.fromSeed(1) });
const catalogue = movingTasteCatalogue({ users: 10, items: 30, random: Random.fromSeed(1) });
/** Users that never leave. */
const patient = { patience: 1000 };

function make(options: Partial<MovingTasteEnvironmentOptions> = {}) {
  return movingTasteEnvironment({ world: types, historySize: 4, random: Random.fromSeed(1), ...options });
}

test.each([
  ['types', types],
  ['a catalogue', catalogue],
  ['three items', toyWorld()],
])('%s keep the contract', async (_, world) => {
  const findings = await checkEnvironment(() => make({ world }));
  expect(findings).toEqual([]);
});

test('candidates that are lent are those that are given, until the second step or reset after', async () => {
  const [lends, gives] = [make({ world: catalogue, lendsCandidates: true }), make({ world: catalogue })];
  let lent = (await lends.reset({ seed: 3 })).observation;
  let given = (await gives.reset({ seed: 3 })).observation;
  type Answer = ResetResult<RecommendationObservation> & { readonly terminated?: boolean };
  for (let step = 0, over = false; step < 40; step++) {
    const item = given.candidates[(7 * step) % given.candidates.length]!;
    const [next, same]: Answer[] = over
      ? [await lends.reset(), await gives.reset()]
      : [await lends.step(item), await gives.step(item)];
    expect(next).toEqual(same);
    expect(lent).toEqual(given); // still, after one more
    [lent, given] = [next!.observation, same!.observation];
    over = same!.terminated === true;
  }
  const findings = await checkEnvironment(() => make({ world: catalogue, lendsCandidates: true }));
  expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(['observation-kept']));
});

describe('a session', () => {
  test('shows what was shown and earned, moves as the world does, and ends after T', async () => {
    const world = toyWorld({ repeats: true, dynamics: { ...patient, sessionLength: 3 } });
    const environment = make({ world });
    const start = (await environment.reset()).observation;
    expect(start).toEqual({
      user: 0,
      history: new Int32Array(4).fill(NO_ITEM),
      rewards: new Float32Array(4),
      candidates: Int32Array.of(0, 1, 2),
    });
    const shown = [1, 0, 1];
    const rewards: number[] = [];
    let state = world.initialState(0);
    for (const [place, item] of shown.entries()) {
      const step = await environment.step(item);
      const expectedReward = world.expectedReward(state, item);
      state = world.transition(state, item);
      rewards.push(step.reward);
      expect(step.info).toEqual({
        rating: 3 + 2 * step.reward,
        expectedReward,
        mood: state.mood,
        leavingProbability: world.leavingProbability(state),
        left: false,
      });
      expect([1, 2, 3, 4, 5]).toContain(step.info['rating']);
      expect(Array.from(step.observation.history).slice(3 - place)).toEqual(shown.slice(0, place + 1));
      expect(Array.from(step.observation.rewards).slice(3 - place)).toEqual(rewards);
      expect(step.observation.candidates).toEqual(Int32Array.of(0, 1, 2));
      expect([step.terminated, step.truncated]).toEqual([place === 2, false]);
    }
  });

  test('of a catalogue repeats nothing and ends with its last item', async () => {
    const environment = make({ world: toyWorld({ dynamics: patient }) });
    await environment.reset();
    const first = await environment.step(1);
    expect(first.observation.candidates).toEqual(Int32Array.of(0, 2));
    const second = await environment.step(2);
    expect([second.observation.candidates, second.terminated]).toEqual([Int32Array.of(0), false]);
    expect((await environment.step(0)).terminated).toBe(true);
  });

  test('remembers only liked items where it shall', async () => {
    const world = toyWorld({ repeats: true, dynamics: patient });
    const environment = make({ world, remembers: 'liked' });
    await environment.reset();
    const liked: number[] = [];
    const ratings = new Set<unknown>();
    for (const item of [2, 0, 2, 1, 2, 2, 1, 0, 2, 0]) {
      const { observation, info } = await environment.step(item);
      ratings.add((info['rating'] as number) >= 4);
      if ((info['rating'] as number) >= 4) liked.push(item);
      const padded = [...new Array<number>(4).fill(NO_ITEM), ...liked].slice(-4);
      expect(Array.from(observation.history)).toEqual(padded);
    }
    expect(ratings).toEqual(new Set([true, false]));
  });

  test('ends when the user leaves', async () => {
    const environment = make({ world: toyWorld({ repeats: true, dynamics: { patience: -1000 } }) });
    await environment.reset();
    expect(await environment.step(0)).toMatchObject({ terminated: true, info: { left: true } });
  });

  test('only the given users come', async () => {
    const environment = make({ users: [3, 7] });
    const seen = new Set<number>();
    for (let session = 0; session < 30; session++) seen.add((await environment.reset()).observation.user);
    expect(seen).toEqual(new Set([3, 7]));
  });
});

describe('what is earned', () => {
  /** Mean reward and length of sessions of user 0. */
  async function play(sessions: number, choose: (observation: RecommendationObservation) => number) {
    const environment = make({ users: [0] });
    const rewards: number[] = [];
    const lengths: number[] = [];
    for (let session = 0; session < sessions; session++) {
      let { observation } = await environment.reset();
      let [sum, length] = [0, 0];
      for (let terminated = false; !terminated;) {
        const step = await environment.step(choose(observation));
        ({ observation, terminated } = step);
        sum += step.reward;
        length += 1;
      }
      rewards.push(sum);
      lengths.push(length);
    }
    const deviation = Math.sqrt(mean(rewards.map((each) => (each - mean(rewards)) ** 2)));
    return { reward: mean(rewards), length: mean(lengths), error: deviation / Math.sqrt(sessions) };
  }

  test('is on average the exact value of the session', async () => {
    const favorite = staticTastePolicy(types)(types.initialState(0), Int32Array.of(0, 1, 2, 3, 4, 5));
    const played = await play(2000, () => favorite);
    const exact = sessionValue(types, 0, () => favorite);
    expect(Math.abs(played.reward - exact.reward)).toBeLessThan(4 * played.error);
    expect(Math.abs(played.length - exact.length)).toBeLessThan(0.6);
  });

  test('is on average the value of an observing policy, which reacts to ratings', async () => {
    // Clickbait until something is not liked, then what is nourishing.
    const act = ({ rewards }: RecommendationObservation) => (rewards[3]! <= 0 ? 0 : 1);
    const played = await play(2000, act);
    const policy = observingPolicy({ world: types, historySize: 4, act, random: Random.fromSeed(5) });
    const value = mean(Array.from({ length: 1000 }, () => sessionValue(types, 0, policy).reward));
    expect(Math.abs(played.reward - value)).toBeLessThan(4 * played.error + 0.05);
  });
});

test('an observing policy sees each session from its start', () => {
  const world = toyWorld({ dynamics: { sessionLength: 2 } });
  const seen: RecommendationObservation[] = [];
  const act = (observation: RecommendationObservation) => {
    seen.push(observation);
    return observation.candidates[0]!;
  };
  const policy = observingPolicy({ world, historySize: 2, act, random: Random.fromSeed(1) });
  sessionValue(world, 0, policy);
  sessionValue(world, 0, policy);
  expect(seen.map(({ history }) => Array.from(history))).toEqual([
    [NO_ITEM, NO_ITEM],
    [NO_ITEM, 0],
    [NO_ITEM, NO_ITEM],
    [NO_ITEM, 0],
  ]);
  expect(seen.map(({ candidates }) => candidates.length)).toEqual([3, 2, 3, 2]);
});

describe('seeds', () => {
  async function rewardsOf(environment: ReturnType<typeof make>, seed?: number) {
    const rewards: number[] = [];
    let { observation } = await environment.reset(seed === undefined ? {} : { seed });
    for (let step = 0; step < 60; step++) {
      const result = await environment.step(observation.candidates[0]!);
      rewards.push(result.reward);
      observation = result.terminated ? (await environment.reset()).observation : result.observation;
    }
    return rewards;
  }

  test('decide the sessions', async () => {
    expect(await rewardsOf(make())).toEqual(await rewardsOf(make()));
    const other = make({ random: Random.fromSeed(2) });
    expect(await rewardsOf(make())).not.toEqual(await rewardsOf(other));
    expect(await rewardsOf(make(), 7)).toEqual(await rewardsOf(other, 7));
    expect(await rewardsOf(make(), 7)).not.toEqual(await rewardsOf(make(), 8));
  });
});

describe('bad calls', () => {
  const attempt = (call: () => unknown) => Promise.resolve().then(call);

  test('step needs a running session', async () => {
    const environment = make();
    const message = 'action: expected a call of reset before item 1, no session is running';
    await expect(attempt(() => environment.step(1))).rejects.toThrow(message);
  });

  test('an item that is no candidate is named and changes nothing', async () => {
    const play = async (bad: number[]) => {
      const environment = make({ world: toyWorld({ dynamics: patient }) });
      await environment.reset();
      const first = await environment.step(1);
      for (const item of bad) {
        await expect(attempt(() => environment.step(item))).rejects.toThrow(
          `action: expected one of the 2 candidates of user 0, got ${item}`,
        );
      }
      return [first, await environment.step(2), await environment.step(0)];
    };
    expect(await play([1, -1, 3, 0.5, NaN])).toEqual(await play([]));
  });

  test.each([
    ['historySize: expected a positive integer, got 0', { historySize: 0 }],
    ['users: expected one at least, got none', { users: [] }],
    ['user: expected 0 to 9, got 10', { users: [10] }],
  ])('%s', (message, options) => {
    expect(() => make(options)).toThrow(message);
  });
});

test('greedy on the true state is the best choice for one item', () => {
  const state = types.transition(types.initialState(2), 3);
  const all = Int32Array.of(0, 1, 2, 3, 4, 5);
  const chosen = greedyTastePolicy(types)(state, all);
  for (const item of all) {
    expect(types.expectedReward(state, chosen)).toBeGreaterThanOrEqual(types.expectedReward(state, item));
  }
});
