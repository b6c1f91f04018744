import { box, discrete, type Environment } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { describe, expect, test } from '@jest/globals';
import { checkAgent, type Agent } from '../src/index.js';

/** Sees a number, must choose its sign; four steps an episode. */
function signs(): Environment<Float32Array, number> {
  let random = Random.fromSeed(1);
  let [x, steps] = [0, 0];
  const see = () => Float32Array.of((x = 2 * random.uniform() - 1));
  return {
    observationSpace: box({ low: -1, high: 1, length: 1 }),
    actionSpace: discrete(2),
    reset: ({ seed } = {}) => {
      if (seed !== undefined) random = Random.fromSeed(seed);
      steps = 0;
      return { observation: see(), info: {} };
    },
    step: (action) => {
      const reward = action === Number(x > 0) ? 1 : 0;
      steps += 1;
      return { observation: see(), reward, terminated: steps === 4, truncated: false, info: {} };
    },
  };
}

/** Explores at random, learns a threshold of 0 at once, and can be saved. */
function sound(
  change: Partial<Agent<Float32Array, number>> = {},
  random = Random.fromSeed(2),
): Agent<Float32Array, number> {
  let seen = 0;
  return {
    act: (observations) => observations.map(([x]) => Number(x! > 0)),
    explore: (observations) => observations.map(() => random.integer(2)),
    observe: (steps) => [{ seen: (seen += steps.length), nothing: undefined }],
    state: () => ({ seen, random: random.state() }),
    restore(state) {
      const saved = state as { seen: number; random: ReturnType<Random['state']> };
      seen = saved.seen;
      random.restore(saved.random);
    },
    ...change,
  };
}

const rulesOf = async (make: () => Agent<Float32Array, number>) =>
  (await checkAgent({ make, makeEnvironment: signs, rounds: 30 })).map(({ rule }) => rule);

test('a sound agent passes', async () => {
  expect(await rulesOf(() => sound())).toEqual([]);
  const withoutSaving = () => {
    const agent = sound();
    return {
      act: (observations: readonly Float32Array[]) => agent.act(observations),
      explore: (...round: Parameters<typeof agent.explore>) => agent.explore(...round),
      observe: (...round: Parameters<typeof agent.observe>) => agent.observe(...round),
    };
  };
  expect(await rulesOf(withoutSaving)).toEqual([]);
});

describe('what is wrong is named:', () => {
  const chosen = Random.fromSeed(3);
  test.each<[string, () => Agent<Float32Array, number>]>([
    ['plays', () => sound({ explore: () => [] })],
    ['plays', () => sound({ observe: () => undefined as never })],
    ['explores within the action space', () => sound({ explore: (seen) => seen.map(() => 2) })],
    ['acts within the action space', () => sound({ act: (seen) => seen.map(() => NaN) })],
    ['acts for each', () => sound({ act: () => [0] })],
    [
      'acts for each',
      () =>
        sound({
          act: () => {
            throw new Error('never');
          },
        }),
    ],
    ['figures are finite numbers', () => sound({ observe: () => [{ loss: NaN }] })],
    [
      'keeps its hands off',
      () => sound({ observe: (steps) => (steps.forEach((step) => step.observation.fill(9)), []) }),
    ],
    ['deterministic', () => sound({ explore: (seen) => seen.map(() => chosen.integer(2)) })],
    [
      'resumes',
      () =>
        sound({
          restore: () => {
            throw new Error('never');
          },
        }),
    ],
    ['resumes', () => sound({ state: () => ({ seen: 0, random: Random.fromSeed(9).state() }) })],
  ])('%s', async (rule, make) => {
    expect(await rulesOf(make)).toContain(rule);
  });

  test('acting that draws from the stream of exploring', async () => {
    const make = () => {
      const random = Random.fromSeed(4);
      return sound({ act: (seen) => seen.map(() => random.integer(2)) }, random);
    };
    expect(await rulesOf(make)).toContain('act changes nothing');
  });
});
