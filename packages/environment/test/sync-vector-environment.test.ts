import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { discrete, syncVectorEnvironment, timeLimit, type Environment } from '../src/index.js';
import { later, play, type Moment } from './scripted.js';

/** Environments that play the given scripts, some of them later. */
function vectorOf(...scripts: Moment<number>[][]) {
  const inner = scripts.map((script) => play(script));
  const makes = inner.map((environment, index) => () => (index % 2 ? later(environment) : environment));
  return { inner, environments: syncVectorEnvironment(makes) };
}

/** Counts the episode in the hundreds and its steps in the ones; ends after `length` steps. */
function counter(length: number): Environment<number, number> {
  let [episode, steps] = [0, 0];
  const observation = () => episode * 100 + steps;
  return {
    observationSpace: discrete(10_000),
    actionSpace: discrete(2),
    reset() {
      episode += 1;
      steps = 0;
      return { observation: observation(), info: {} };
    },
    step(action) {
      steps += 1;
      const terminated = steps === length;
      return { observation: observation(), reward: action, terminated, truncated: false, info: {} };
    },
  };
}

describe('autoreset', () => {
  test('an environment that ended is reset by the next step, its action ignored', async () => {
    const { inner, environments } = vectorOf(
      [{ observation: 1 }, { observation: 2, reward: 5 }, { observation: 3 }, { observation: 4 }],
      [
        { observation: 1 },
        { observation: 2, reward: -1, terminated: true, info: { end: 1 } },
        { observation: 7, info: { began: 2 } },
        { observation: 8, reward: 3 },
      ],
    );
    await environments.reset();
    expect(await environments.step([3, 4])).toEqual({
      observations: [2, 2],
      rewards: Float64Array.of(5, -1),
      terminated: [false, true],
      truncated: [false, false],
      infos: [{}, { end: 1 }],
      reset: [false, false],
    });
    expect(await environments.step([5, 6])).toEqual({
      observations: [3, 7],
      rewards: Float64Array.of(0, 0),
      terminated: [false, false],
      truncated: [false, false],
      infos: [{}, { began: 2 }],
      reset: [false, true],
    });
    expect(await environments.step([7, 8])).toMatchObject({
      observations: [4, 8],
      rewards: Float64Array.of(0, 3),
      reset: [false, false],
    });
    expect(inner[1]!.calls).toEqual([{ seed: undefined }, { action: 4 }, { seed: undefined }, { action: 8 }]);
  });

  test('a truncation resets too, and so does an episode of one step', async () => {
    const environments = syncVectorEnvironment([() => timeLimit(counter(9), 1)]);
    await environments.reset();
    const marks: string[] = [];
    for (let step = 0; step < 4; step++) {
      const { truncated, reset, observations } = await environments.step([0]);
      marks.push(`${observations[0]} ${truncated[0] ? 'truncated' : ''}${reset[0] ? 'reset' : ''}`);
    }
    expect(marks).toEqual(['101 truncated', '200 reset', '201 truncated', '300 reset']);
  });

  test('a reset of all begins anew, also those that had just ended', async () => {
    const environments = syncVectorEnvironment([() => counter(1)]);
    await environments.reset();
    await environments.step([0]);
    await environments.reset();
    expect(await environments.step([1])).toMatchObject({ rewards: Float64Array.of(1), reset: [false] });
  });

  test('a replay filled by the documented loop holds no step across episodes', async () => {
    const environments = syncVectorEnvironment([() => counter(2), () => counter(3), () => counter(5)]);
    const random = Random.fromSeed(1);
    const agent = { act: (observation: number) => (observation + random.integer(2)) % 2 };
    const replay: Record<string, number | boolean | undefined>[] = [];
    let resets = 0;
    let { observations } = await environments.reset({ seed: 1 });
    for (let time = 0; time < 60; time++) {
      const actions = observations.map((observation) => agent.act(observation));
      const step = await environments.step(actions);
      for (let i = 0; i < environments.count; i++) {
        if (step.reset[i]) resets += 1;
        if (step.reset[i]) continue; // a new episode began: no transition
        replay.push({
          observation: observations[i],
          action: actions[i],
          reward: step.rewards[i],
          nextObservation: step.observations[i],
          terminated: step.terminated[i],
        });
      }
      observations = step.observations;
    }
    // Each episode of n steps takes n + 1: 60 steps hold 20, 15 and 10 whole ones.
    expect(resets).toBe(20 + 15 + 10);
    expect(replay).toHaveLength(3 * 60 - resets);
    expect(replay.filter(({ terminated }) => terminated)).toHaveLength(45);
    for (const { observation, nextObservation, action, reward } of replay) {
      expect(nextObservation).toBe((observation as number) + 1); // the same episode, one step on
      expect(reward).toBe(action);
    }
  });
});

test('environment i gets seed + i, or none', async () => {
  const { inner, environments } = vectorOf([{}, {}], [{}, {}], [{}, {}]);
  await environments.reset({ seed: 40 });
  await environments.reset();
  expect(inner.map(({ calls }) => calls)).toEqual(
    [40, 41, 42].map((seed) => [{ seed }, { seed: undefined }]),
  );
});

test('reset gives observations and infos; the spaces and the count are told', async () => {
  const { inner, environments } = vectorOf([{ observation: 4, info: { a: 1 } }], [{ observation: 5 }]);
  expect(await environments.reset()).toEqual({ observations: [4, 5], infos: [{ a: 1 }, {}] });
  expect(environments.count).toBe(2);
  expect(environments.observationSpace).toBe(inner[0]!.observationSpace);
  expect(environments.actionSpace).toBe(inner[0]!.actionSpace);
});

test('environments that answer later work at the same time', async () => {
  let atWork = 0;
  let most = 0;
  const slow = (): Environment<number, number> => ({
    ...play([]),
    async reset() {
      most = Math.max(most, ++atWork);
      await new Promise((resolve) => setTimeout(resolve, 5));
      atWork -= 1;
      return { observation: 0, info: {} };
    },
  });
  await syncVectorEnvironment([slow, slow, slow]).reset();
  expect(most).toBe(3);
});

describe('errors', () => {
  test('no environment, or the same one twice', () => {
    expect(() => syncVectorEnvironment([])).toThrow('makes: expected at least one function, got none');
    const shared = play([]);
    expect(() => syncVectorEnvironment([() => shared, () => shared])).toThrow(
      'makes: expected an environment of its own from each, got one of them twice',
    );
  });

  test('the wrong number of actions reaches no environment', async () => {
    const { inner, environments } = vectorOf([{}, { observation: 1 }], [{}, { observation: 2 }]);
    await environments.reset();
    for (const actions of [[], [0], [0, 0, 0]]) {
      await expect(environments.step(actions)).rejects.toThrow(
        `actions: expected 2, one for each environment, got ${actions.length}`,
      );
    }
    expect(inner.map(({ calls }) => calls.length)).toEqual([1, 1]);
    expect(await environments.step([0, 0])).toMatchObject({ observations: [1, 2] });
  });

  test.each([1.5, NaN, Number.MAX_SAFE_INTEGER])('seed %d', async (seed) => {
    const { inner, environments } = vectorOf([{}], [{}]);
    await expect(environments.reset({ seed })).rejects.toThrow(
      `seed: expected a safe integer with 1 above it, got ${seed}`,
    );
    expect(inner[0]!.calls).toEqual([]);
  });

  const sound = { observation: 1, reward: 0, terminated: false, truncated: false, info: {} };
  test.each<[string, unknown]>([
    ['step: expected a record with an observation, got undefined', undefined],
    ['step: expected a record with an observation, got NaN', NaN],
    ['step: expected a record with an observation, got "garbage"', 'garbage'],
    ['step: expected a record with an observation, got { reward }', { reward: 1 }],
    ['step: expected a finite reward, got NaN', { ...sound, reward: NaN }],
    ['step: expected a finite reward, got Infinity', { ...sound, reward: Infinity }],
    ['step: expected a finite reward, got undefined', { ...sound, reward: undefined }],
    ['step: expected true or false as terminated, got 1', { ...sound, terminated: 1 }],
    ['step: expected true or false as truncated, got undefined', { ...sound, truncated: undefined }],
  ])('an answer that is no step: %s', async (message, answer) => {
    const bad = () => ({ ...counter(9), step: () => answer as never });
    const environments = syncVectorEnvironment([() => counter(9), bad]);
    await environments.reset();
    await expect(environments.step([0, 0])).rejects.toThrow(message);
    await expect(environments.step([0, 0])).rejects.toThrow('step: expected reset first');
  });

  test('an answer that is no reset', async () => {
    const environments = syncVectorEnvironment([() => ({ ...counter(9), reset: () => 3 as never })]);
    await expect(environments.reset()).rejects.toThrow(
      'environment 0: TypeError: reset: expected a record with an observation, got 3',
    );
  });

  test('a step before reset', async () => {
    const { inner, environments } = vectorOf([{}]);
    await expect(environments.step([0])).rejects.toThrow('step: expected reset first, got a step before it');
    expect(inner[0]!.calls).toEqual([]);
  });

  test('a call during another', async () => {
    const { environments } = vectorOf([{}, {}], [{}, {}]);
    const first = environments.reset();
    await expect(environments.step([0, 0])).rejects.toThrow(
      'step: expected to be awaited, got a call during another',
    );
    await expect(environments.reset()).rejects.toThrow('reset: expected to be awaited');
    await first;
    await environments.step([0, 0]);
  });

  test.each([0, 1])(
    'environment %d fails: it is named, the others finish, and reset comes first',
    async (index) => {
      const failure = new RangeError('action: expected 0, got 1');
      const scripts: Moment<number>[][] = [0, 1, 2].map((place) => [
        {},
        place === index ? failure : { terminated: true },
        { observation: 5 },
        { observation: 6 },
      ]);
      const { inner, environments } = vectorOf(...scripts);
      await environments.reset();
      await expect(environments.step([1, 1, 1])).rejects.toMatchObject({
        message: `environment ${index}: RangeError: action: expected 0, got 1`,
        cause: failure,
      });
      expect(inner.map(({ calls }) => calls.length)).toEqual([2, 2, 2]);
      await expect(environments.step([0, 0, 0])).rejects.toThrow('step: expected reset first');
      expect(await environments.reset()).toMatchObject({ observations: [5, 5, 5] });
      expect(await environments.step([0, 0, 0])).toMatchObject({
        observations: [6, 6, 6],
        reset: [false, false, false],
      });
    },
  );
});

describe('close', () => {
  test('closes every environment once, twice is safe, and nothing follows it', async () => {
    const { inner, environments } = vectorOf([{}], [{}]);
    await environments.reset();
    await environments.close();
    await environments.close();
    expect(inner[0]!.closed).toBe(1);
    await expect(environments.reset()).rejects.toThrow('reset: expected open environments, got closed ones');
    await expect(environments.step([0, 0])).rejects.toThrow('step: expected open environments');
  });

  test('an environment that cannot be closed is named, and the others are closed', async () => {
    const [bad, good] = [play([]), play([])];
    const close = () => Promise.reject(new Error('stuck'));
    const environments = syncVectorEnvironment([() => ({ ...bad, close }), () => good]);
    await expect(environments.close()).rejects.toThrow('environment 0: Error: stuck');
    expect(good.closed).toBe(1);
  });

  test('during a call stays closed after it', async () => {
    const { environments } = vectorOf([{}], [{}]);
    const reset = environments.reset();
    await environments.close();
    await reset;
    await expect(environments.reset()).rejects.toThrow('got closed ones');
  });
});
