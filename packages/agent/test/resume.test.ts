import { discrete, syncVectorEnvironment, timeLimit, type Environment } from '@rl-recsys/environment';
import { copySaved, Random, savedRecord, type SavedState } from '@rl-recsys/random';
import { describe, expect, test } from '@jest/globals';
import { train, type Agent, type OneOrMany, type TrainingMetrics } from '../src/index.js';

type Count = Environment<number, number>;

/** Counts up by chance and ends by chance. */
function counter(seed: number, log: string[] = []): Count {
  let random = Random.fromSeed(seed);
  let count = 0;
  return {
    observationSpace: discrete(1000),
    actionSpace: discrete(10),
    reset(options = {}) {
      log.push(`reset ${options.seed ?? ''}`);
      if (options.seed !== undefined) random = Random.fromSeed(options.seed);
      count = random.integer(5);
      return { observation: count, info: {} };
    },
    step(action) {
      count += 1 + random.integer(2);
      const terminated = random.uniform() < 0.15;
      return {
        observation: count,
        reward: action + random.uniform(),
        terminated,
        truncated: false,
        info: {},
      };
    },
    state: () => ({ random: random.state(), count }),
    restore(state) {
      const saved = savedRecord(state, 'state', ['random', 'count']);
      random = Random.fromState(saved.random);
      count = saved.count as number;
    },
  };
}

/** An agent whose figures and actions depend on all that it was told, and on chance. */
function gambler(): Agent<number, number> & { begun: number; told(): number } {
  const random = Random.fromSeed('gambler');
  let memory = 1;
  const agent = {
    begun: 0,
    told: () => memory,
    begin: () => void (agent.begun += 1),
    act: (observations: readonly number[]) => observations.map(() => 0),
    explore: (observations: readonly number[]) =>
      observations.map(
        (observation) => (observation + Math.floor(Math.abs(memory)) + random.integer(3)) % 10,
      ),
    observe(round: readonly { session: number; reward: number; nextObservation: number }[]) {
      for (const { session, reward, nextObservation } of round)
        memory = (memory * 1.37 + reward + session + nextObservation) % 97;
      return [{ memory, odd: memory > 50 ? memory : undefined }];
    },
    state: () => ({ random: random.state(), memory }),
    restore(state: SavedState) {
      const saved = savedRecord(state, 'state', ['random', 'memory']);
      random.restore(saved.random);
      memory = saved.memory as number;
    },
  };
  return agent;
}

/** Trains in parts, each with an agent and an environment of its own, and tells all that can be seen of it. */
async function trained(make: () => OneOrMany<number, number>, stops: readonly number[], steps: number) {
  const lines: TrainingMetrics[] = [];
  const episodes: unknown[] = [];
  let resume: SavedState | undefined;
  let told = 0;
  for (const stop of [...stops, steps]) {
    const agent = gambler();
    const abort = new AbortController();
    if (stop === 0) abort.abort();
    let saved: SavedState = null;
    const made = await train({
      ...{ agent, environment: make(), steps, seed: 3, signal: abort.signal },
      ...(resume !== undefined && { resume }),
      checkpoints: {
        isDue: (step) => {
          if (step >= stop) abort.abort();
          return step % 7 === 0;
        },
        save: (state) => void (saved = copySaved(state)),
      },
      onMetrics: (line) => void lines.push({ ...line, seconds: 0, stepsPerSecond: 0 }),
      onEpisode: (episode) => void episodes.push(episode),
    });
    expect(made).toBeGreaterThanOrEqual(stop);
    resume = saved;
    told = agent.told();
  }
  return { lines, episodes, told, agent: savedRecord(resume, 'resume', ['agent']).agent };
}

describe.each<[string, () => OneOrMany<number, number>]>([
  ['one environment', () => timeLimit(counter(1), 6)],
  [
    'three side by side',
    () => syncVectorEnvironment([1, 2, 3].map((seed) => () => timeLimit(counter(seed), 6))),
  ],
])('%s: trained in parts is trained at once, to the bit', (_, make) => {
  test.each([
    ['before the first step', [0]],
    ['at every step of an episode', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['directly after a resume', [30, 30, 30]],
    ['anywhere', [11, 64, 65, 120]],
  ])('stopped %s', async (_, stops) => {
    const atOnce = await trained(make, [], 150);
    expect(atOnce.episodes.length).toBeGreaterThan(20);
    expect(await trained(make, stops, 150)).toEqual(atOnce);
  });
});

test('an environment that cannot be saved begins its episode again, by a seed of its own', async () => {
  const log: string[] = [];
  const make = () => ({ ...counter(1, log), state: undefined as never, restore: undefined as never });
  let saved: SavedState = null;
  const abort = new AbortController();
  await train({
    ...{ agent: gambler(), environment: make(), steps: 40, seed: 3, signal: abort.signal },
    checkpoints: {
      isDue: (step) => step === 12 && (abort.abort(), false),
      save: (state) => void (saved = state),
    },
  });
  log.length = 0;
  const agent = gambler();
  const episodes: { step: number; length: number }[] = [];
  const steps = await train({
    ...{ agent, environment: make(), steps: 40, seed: 3, resume: saved },
    onEpisode: (episode) => void episodes.push(episode),
  });
  expect([steps, agent.begun, log[0]]).toEqual([40, 1, 'reset 15']);
  expect(episodes[0]!.length).toBe(episodes[0]!.step - 12);
});

test('what is large is handed on without a copy, where the agent can', async () => {
  const large = new Float32Array(3);
  const agent = { ...gambler(), view: () => ({ large }) };
  const saved: SavedState[] = [];
  await train({
    ...{ agent, environment: counter(1), steps: 3 },
    checkpoints: { isDue: () => false, save: (state) => void saved.push(state) },
  });
  expect((savedRecord(saved[0], 'state', ['agent']).agent as { large: unknown }).large).toBe(large);
  expect(saved).toHaveLength(1); // at the end
});

test('training waits for a checkpoint', async () => {
  const order: string[] = [];
  const environment = counter(1);
  await train({
    ...{ agent: gambler(), steps: 2 },
    environment: { ...environment, step: (action: number) => (order.push('step'), environment.step(action)) },
    checkpoints: {
      isDue: () => true,
      async save(_, step, isLast) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        order.push(`saved ${step}${isLast ? ', the last' : ''}`);
      },
    },
  });
  expect(order).toEqual(['step', 'saved 1', 'step', 'saved 2, the last']);
});

test('a state that a function gives is adopted, where the agent can, and any other is copied from', async () => {
  let saved: SavedState = null;
  const checkpoints = { isDue: () => false, save: (state: SavedState) => void (saved = copySaved(state)) };
  await train({ agent: gambler(), environment: counter(1), steps: 5, checkpoints });
  const adopted: SavedState[] = [];
  const adopting = () => {
    const agent = gambler();
    return { ...agent, adopt: (state: SavedState) => void (adopted.push(state), agent.restore!(state)) };
  };
  const { agent } = savedRecord(saved, 'resume', ['agent']);
  await train({ agent: adopting(), environment: counter(1), steps: 6, resume: saved });
  expect(adopted).toEqual([]);
  await train({ agent: adopting(), environment: counter(1), steps: 6, resume: () => saved });
  expect(adopted).toHaveLength(1);
  expect(adopted[0]).toBe(agent);
  await train({ agent: gambler(), environment: counter(1), steps: 6, resume: () => saved });
});

test('refuses an agent that cannot be saved, and what is no state of a training', async () => {
  const agent = { ...gambler(), restore: undefined as never };
  const checkpoints = { isDue: () => false, save: () => undefined };
  const environment = counter(1);
  await expect(train({ agent, environment, steps: 3, checkpoints })).rejects.toThrow(
    'agent: expected state and restore',
  );
  for (const resume of [null, {}, { agent: null, sessions: null, monitor: null }]) {
    await expect(train({ agent: gambler(), environment, steps: 3, resume })).rejects.toThrow('expected');
  }
});
