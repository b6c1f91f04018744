import { describe, expect, test } from '@jest/globals';
import { Random, savedCount, savedRecord, type SavedState } from '@rl-recsys/random';
import {
  box,
  canBeSaved,
  checkEnvironment,
  clipAction,
  ItemHistory,
  normalizeObservation,
  normalizeReward,
  orderEnforcing,
  recordEpisodeStatistics,
  rescaleAction,
  syncVectorEnvironment,
  timeLimit,
  timeout,
  wrap,
  type Environment,
} from '../src/index.js';

type Drift = Environment<Float32Array, Float32Array>;

/** A drift that its actions hardly steer, and that ends at random. */
function drift(overrides: Partial<Drift> = {}): Drift {
  let random = Random.fromSeed('drift');
  let place = 0;
  let steps = -1;
  return {
    observationSpace: box({ low: -100, high: 100, length: 1 }),
    actionSpace: box({ low: -1, high: 1, length: 1 }),
    reset({ seed } = {}) {
      if (seed !== undefined) random = Random.fromSeed(seed);
      [place, steps] = [0, 0];
      return { observation: Float32Array.of(place), info: {} };
    },
    step(action) {
      if (steps < 0) throw new Error('no episode');
      place += action[0]! + random.normal();
      steps += 1;
      const terminated = random.uniform() < 0.1;
      if (terminated) steps = -1;
      const reward = place + random.uniform();
      return { observation: Float32Array.of(place), reward, terminated, truncated: false, info: {} };
    },
    state: () => ({ random: random.state(), place, steps: steps + 1 }),
    restore(state) {
      const saved = savedRecord(state, 'state', ['random', 'place', 'steps']);
      const count = savedCount(saved.steps, 'steps');
      random = Random.fromState(saved.random);
      [place, steps] = [saved.place as number, count - 1];
    },
    ...overrides,
  };
}

/** Answers later. */
function later(environment: Drift): Drift {
  return {
    ...environment,
    reset: async (options) => Promise.resolve(environment.reset(options)),
    step: async (action) => Promise.resolve(environment.step(action)),
    state: async () => Promise.resolve(environment.state!()),
    restore: async (state) => Promise.resolve(environment.restore!(state)),
  };
}

const wrappers: Record<string, (environment: Drift) => Drift> = {
  timeLimit: (environment) => timeLimit(environment, 7),
  orderEnforcing,
  normalizeReward,
  normalizeObservation: (environment) => normalizeObservation(environment),
  recordEpisodeStatistics,
  clipAction,
  rescaleAction: (environment) => rescaleAction(environment, { low: -2, high: 2 }),
  timeout: (environment) => timeout(environment, 60_000),
};

describe('what was restored goes on as it would have', () => {
  const all = (environment: Drift) =>
    Object.values(wrappers).reduceRight((inner, wrapper) => wrapper(inner), environment);
  test.each(Object.entries({ 'nothing around it': (each: Drift) => each, ...wrappers, 'all of them': all }))(
    '%s',
    async (_, wrapper) => {
      for (const make of [drift, () => later(drift())]) {
        expect(canBeSaved(wrapper(make()))).toBe(true);
        const findings = await checkEnvironment(() => wrapper(make()), { steps: 60 });
        expect(findings.filter(({ rule }) => rule.startsWith('state'))).toEqual([]);
      }
    },
  );

  test('statistics and figures too, which no answer shows at once', async () => {
    const make = () => recordEpisodeStatistics(normalizeReward(timeLimit(drift(), 5)), { bufferLength: 2 });
    const [one, other] = [make(), make()];
    await one.reset({ seed: 1 });
    for (let step = 0; step < 32; step++) {
      const { terminated, truncated } = await one.step(Float32Array.of(0.5));
      if (terminated || truncated) await one.reset();
    }
    await other.restore!(await one.state!());
    expect(one.returnQueue).toHaveLength(2);
    expect(other.returnQueue).toEqual(one.returnQueue);
    expect(other.lengthQueue).toEqual(one.lengthQueue);
    expect(other.timeQueue).toEqual(one.timeQueue);
    const { reward } = await one.step(Float32Array.of(0.5));
    expect((await other.step(Float32Array.of(0.5))).reward).toBe(reward);
  });
});

describe('the checker finds', () => {
  test.each<[string, () => Drift, string]>([
    ['half of it', () => drift({ restore: undefined as never }), 'state-and-restore'],
    [
      'a stream that is not saved',
      () => {
        const environment = drift();
        return wrap(environment, {
          state: async () => ({
            ...((await environment.state!()) as object),
            random: Random.fromSeed(3).state(),
          }),
        });
      },
      'state-restores',
    ],
    [
      'a state that throws',
      () =>
        drift({
          state: () => {
            throw new Error('no');
          },
        }),
      'state-restores',
    ],
    [
      'a restore that throws',
      () =>
        drift({
          restore: () => {
            throw new Error('no');
          },
        }),
      'state-restores',
    ],
    [
      'a state that moves on',
      () => {
        const environment = drift();
        const live: { value: SavedState } = { value: null };
        const keep = async () => {
          live.value = await environment.state!();
          return live;
        };
        return wrap(environment, {
          state: keep,
          step: async (action) => {
            const answer = await environment.step(action);
            await keep();
            return answer;
          },
          restore: (state) => environment.restore!((state as typeof live).value),
        });
      },
      'state-restores',
    ],
  ])('%s', async (_, make, rule) => {
    const findings = await checkEnvironment(make, { steps: 40 });
    expect(findings.map((each) => `${each.severity} ${each.rule}`)).toEqual([`error ${rule}`]);
  });
});

test('a refused state changes nothing, the wrapper neither', async () => {
  const environment = timeLimit(drift(), 3);
  await environment.reset({ seed: 1 });
  await environment.step(Float32Array.of(0));
  await environment.step(Float32Array.of(0));
  for (const state of [
    null,
    3,
    { own: 0 },
    { own: 0, inner: {} },
    { own: -1, inner: null },
    { own: 4, inner: null },
  ]) {
    expect(() => environment.restore!(state)).toThrow(/expected/);
  }
  const { truncated, terminated } = await environment.step(Float32Array.of(0));
  expect(truncated || terminated).toBe(true);
  const remote = timeLimit(later(drift()), 3);
  await remote.reset({ seed: 1 });
  await remote.step(Float32Array.of(0));
  await expect(remote.restore!({ own: 0, inner: {} })).rejects.toThrow(/expected/);
  await remote.step(Float32Array.of(0));
  const last = await remote.step(Float32Array.of(0));
  expect(last.truncated || last.terminated).toBe(true);
});

test('a wrapper of what cannot be saved cannot be saved either', () => {
  const plain = () => drift({ state: undefined as never, restore: undefined as never });
  for (const wrapper of Object.values(wrappers)) {
    expect(canBeSaved(wrapper(plain()))).toBe(false);
    expect(wrapper(plain())).not.toHaveProperty('state');
  }
  expect(canBeSaved(syncVectorEnvironment([() => drift(), plain]))).toBe(false);
});

describe('several side by side', () => {
  const make = () => syncVectorEnvironment([1, 2, 3].map((length) => () => timeLimit(drift(), 4 * length)));
  const actions = [0, 1, 2].map(() => Float32Array.of(0.1));

  test.each([0, 1, 3, 4, 5, 9])('go on after %d steps, those that have just ended too', async (steps) => {
    const [one, other] = [make(), make()];
    await one.reset({ seed: 4 });
    for (let step = 0; step < steps; step++) await one.step(actions);
    await other.restore!(await one.state!());
    for (let step = 0; step < 12; step++) expect(await other.step(actions)).toEqual(await one.step(actions));
  });

  test('have no state before they began, and refuse that of others', async () => {
    const environments = make();
    await expect(environments.state!()).rejects.toThrow('expected reset first');
    await environments.reset({ seed: 1 });
    const state = await environments.state!();
    const two = syncVectorEnvironment([() => timeLimit(drift(), 4), () => timeLimit(drift(), 8)]);
    await expect(two.restore!(state)).rejects.toThrow('expected 2 entries, got 3');
    await expect(
      environments.restore!({ ...(state as object), environments: [null, null, null] }),
    ).rejects.toThrow('environment 0');
    await expect(environments.step(actions)).rejects.toThrow('expected reset first');
  });
});

test('an item history is a copy, and refuses another length', () => {
  const [one, other, longer] = [new ItemHistory(2), new ItemHistory(2), new ItemHistory(3)];
  one.push(4, 0.5);
  const state = one.state();
  one.push(5, 1);
  other.restore(state);
  other.push(6, -1);
  expect(other.observe()).toEqual({ history: Int32Array.of(4, 6), rewards: Float32Array.of(0.5, -1) });
  expect(() => longer.restore(state)).toThrow('history.items: expected 3 numbers, got 2');
});
