import { discrete, syncVectorEnvironment, timeLimit, type Environment } from '@rl-recsys/environment';
import { expect, test } from '@jest/globals';
import { train, type Agent, type SessionStep, type TrainingMetrics } from '../src/index.js';

type Counter = Environment<number, number>;
type Step = SessionStep<number, number>;

/** Counts up from 0 and ends at `end`; it answers later, as a remote one does. */
function counter(end: number, failAt = Infinity): Counter {
  let count = 0;
  return {
    observationSpace: discrete(100),
    actionSpace: discrete(100),
    reset: () => {
      count = 0;
      return Promise.resolve({ observation: 0, info: {} });
    },
    step: () => {
      count += 1;
      if (count === failAt) return Promise.reject(new Error('the shop is closed'));
      return Promise.resolve({
        observation: count,
        reward: 10 * count,
        terminated: count === end,
        truncated: false,
        info: {},
      });
    },
  };
}

/** An agent of one's own: it only remembers. */
function notebook(): Agent<number, number> & { steps: Step[] } {
  const steps: Step[] = [];
  return {
    steps,
    act: (observations) => [...observations],
    explore: (observations) => observations.map((observation) => observation + 50),
    observe(round) {
      steps.push(...round);
      return [{ seen: steps.length, unknown: undefined }];
    },
  };
}

test('the agent is told every step, and episodes never mix', async () => {
  const agent = notebook();
  const episodes: unknown[] = [];
  await train({
    environment: counter(2),
    agent,
    steps: 5,
    onEpisode: (episode) => void episodes.push(episode),
  });
  expect(
    agent.steps.map(({ observation, action, nextObservation }) => [observation, action, nextObservation]),
  ).toEqual([
    [0, 50, 1],
    [1, 51, 2],
    [0, 50, 1],
    [1, 51, 2],
    [0, 50, 1],
  ]);
  expect(agent.steps.map(({ terminated }) => terminated)).toEqual([false, true, false, true, false]);
  expect(episodes).toEqual([
    { step: 2, session: 0, return: 30, length: 2 },
    { step: 4, session: 0, return: 30, length: 2 },
  ]);
});

test('truncation is handed on as truncation', async () => {
  const agent = notebook();
  await train({ environment: timeLimit(counter(9), 2), agent, steps: 2 });
  expect(agent.steps.map(({ terminated, truncated }) => [terminated, truncated])).toEqual([
    [false, false],
    [false, true],
  ]);
});

test('an environment that rejects ends training with its cause; what was learned stays', async () => {
  const agent = notebook();
  await expect(train({ environment: counter(9, 4), agent, steps: 100 })).rejects.toThrow(
    'the shop is closed',
  );
  expect(agent.steps).toHaveLength(3);
});

test('several environments go on side by side, and none learns from another’s new episode', async () => {
  const agent = notebook();
  const episodes: unknown[] = [];
  const lengths = [2, 3];
  const made = await train({
    environment: syncVectorEnvironment(lengths.map((length) => () => counter(length))),
    agent,
    steps: 7,
    onEpisode: ({ session, length }) => void episodes.push([session, length]),
  });
  expect(made).toBe(8); // whole rounds
  expect(
    agent.steps.map(({ session, observation, terminated }) => [session, observation, terminated]),
  ).toEqual([
    [0, 0, false],
    [1, 0, false],
    [0, 1, true],
    [1, 1, false],
    [1, 2, true], // the first one begins anew
    [0, 0, false], // the second one begins anew
  ]);
  expect(episodes).toEqual([
    [0, 2],
    [1, 3],
  ]);
});

test('a signal ends training after its round, also where nothing is awaited', async () => {
  const controller = new AbortController();
  const { observationSpace, actionSpace } = counter(9);
  let count = 0;
  const atOnce: Counter = {
    ...{ observationSpace, actionSpace },
    reset: () => ({ observation: (count = 0), info: {} }),
    step: () => ({
      observation: ++count % 9,
      reward: 1,
      terminated: count % 9 === 0,
      truncated: false,
      info: {},
    }),
  };
  setTimeout(() => controller.abort(), 20);
  const made = await train({ environment: atOnce, agent: notebook(), steps: 1e9, signal: controller.signal });
  expect(made).toBeGreaterThan(0);
  expect(made).toBeLessThan(1e9);
  controller.abort();
  expect(
    await train({ environment: counter(9), agent: notebook(), steps: 5, signal: controller.signal }),
  ).toBe(0);
});

test('metrics are means since the line before, of whatever the agent tells', async () => {
  const lines: TrainingMetrics[] = [];
  await train({
    environment: counter(2),
    agent: notebook(),
    steps: 300,
    onMetrics: (line) => void lines.push(line),
  });
  expect(lines).toHaveLength(100);
  // Three steps a line: rewards 10, 20, 10 and then 20, 10, 20.
  expect(lines.slice(0, 2).map(({ reward }) => reward)).toEqual([40 / 3, 50 / 3]);
  expect(lines[0]).toMatchObject({ step: 3, episodes: 1, episodeReturn: 30, episodeLength: 2 });
  expect(lines[1]!.figures).toEqual({ seen: 5, unknown: null });
});

test('impossible steps are refused', async () => {
  await expect(train({ environment: counter(2), agent: notebook(), steps: 1.5 })).rejects.toThrow(
    'steps: expected a positive integer, got 1.5',
  );
});

const sound = { observation: 1, reward: 0, terminated: false, truncated: false, info: {} };
test.each<[string, Partial<Counter>]>([
  ['step: expected a record with an observation, got undefined', { step: () => undefined as never }],
  ['step: expected a finite reward, got NaN', { step: () => ({ ...sound, reward: NaN }) }],
  ['step: expected true or false as truncated, got 0', { step: () => ({ ...sound, truncated: 0 as never }) }],
  ['reset: expected a record with an observation, got "garbage"', { reset: () => 'garbage' as never }],
  [
    'observation: expected a member of its space, but observation was 200, not an integer from 0 to 99',
    { reset: () => ({ observation: 200, info: {} }) },
  ],
  ['action: expected a member of its space, but action was 50', { actionSpace: discrete(50) }],
])('%s', async (message, change) => {
  const agent = notebook();
  await expect(train({ environment: { ...counter(9), ...change }, agent, steps: 3 })).rejects.toThrow(
    message,
  );
  expect(agent.steps).toEqual([]);
});

test('an agent that gives another number of actions is told', async () => {
  const agent = { ...notebook(), explore: () => [] };
  await expect(train({ environment: counter(9), agent, steps: 3 })).rejects.toThrow(
    'explore: expected 1 actions, one for each session, got 0',
  );
});

test('an environment that never answers ends training where a timeout says so', async () => {
  const silent: Counter = { ...counter(9), step: () => new Promise(() => {}) };
  for (const environment of [silent, syncVectorEnvironment([() => silent])]) {
    await expect(train({ environment, agent: notebook(), steps: 3, timeout: 5 })).rejects.toMatchObject({
      name: 'TimeoutError',
      message: 'step: expected an answer within 5 ms, got none',
    });
  }
});

test.each([0, NaN, 1e12])('a timeout of %d is refused', async (timeout) => {
  await expect(train({ environment: counter(9), agent: notebook(), steps: 3, timeout })).rejects.toThrow(
    `timeout: expected above 0 and at most 2147483647, got ${timeout}`,
  );
});
