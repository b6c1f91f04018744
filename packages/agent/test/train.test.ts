import {
  discrete,
  recommendationSpace,
  syncVectorEnvironment,
  timeLimit,
  type Environment,
  type RecommendationObservation,
} from '@rl-recsys/environment';
import { expect, test } from '@jest/globals';
import {
  train,
  type Agent,
  type SessionRecord,
  type SessionStep,
  type TrainingMetrics,
} from '../src/index.js';

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

/** Shows what it is told to five users, two items each, of three; each earns its number. */
function shop(): Environment<RecommendationObservation, number> {
  let [user, shown] = [-1, [] as number[]];
  const observe = (): RecommendationObservation => {
    const padded = [-1, -1, ...shown].slice(-2);
    return {
      user,
      history: Int32Array.from(padded),
      rewards: Float32Array.from(padded, (item) => Math.max(0, item)),
      candidates: Int32Array.of(0, 1, 2),
    };
  };
  return {
    observationSpace: recommendationSpace({ userCount: 5, itemCount: 3, historySize: 2 }),
    actionSpace: discrete(3),
    reset() {
      [user, shown] = [(user + 1) % 5, [2]];
      return { observation: observe(), info: {} };
    },
    step(item) {
      shown.push(item);
      return {
        ...{ observation: observe(), reward: item, info: {} },
        ...{ terminated: shown.length === 3, truncated: false },
      };
    },
  };
}

const clerk: Agent<RecommendationObservation, number> = {
  act: (observations) => observations.map(() => 1),
  explore: (observations) => observations.map(({ user }) => user % 3),
  observe: () => [{ told: 1 }],
  inspect: () => ({ figures: { looked: 3 }, samples: { errors: [0, 1], none: [] } }),
  explain: (observations, actions) =>
    observations.map(({ user }, place) => ({ user, item: actions[place]! })),
};

test('a line has a look at the agent, and nobody looks where nobody listens', async () => {
  const lines: TrainingMetrics[] = [];
  await train({ environment: shop(), agent: clerk, steps: 1, onMetrics: (line) => void lines.push(line) });
  expect(lines[0]!.figures).toEqual({ told: 1, looked: 3 });
  expect(Object.keys(lines[0]!.histograms)).toEqual(['errors']);
  expect(lines[0]!.histograms['errors']).toMatchObject({ low: 0, high: 1 });
  expect(lines[0]!.stepsPerSecond).toBeCloseTo(1 / lines[0]!.seconds);
  const inspect = () => {
    throw new Error('nobody asked');
  };
  expect(await train({ environment: shop(), agent: { ...clerk, inspect }, steps: 1 })).toBe(1);
});

test('follows one session from its beginning to its end after each line', async () => {
  const sessions: SessionRecord[] = [];
  // Five steps a line: a session of the first environment begins with every other round.
  await train({
    environment: syncVectorEnvironment([shop, shop]),
    agent: clerk,
    steps: 500,
    onSession: (session) => void sessions.push(session),
  });
  expect(sessions[0]).toEqual({
    ...{ step: 4, user: 0, history: [{ item: 2, reward: 2 }] },
    shown: [
      { item: 0, reward: 0, parts: { user: 0, item: 0 } },
      { item: 0, reward: 0, parts: { user: 0, item: 0 } },
    ],
  });
  // The others begin after a line, and none is told twice.
  expect(sessions.every(({ shown }) => shown.length === 2)).toBe(true);
  expect(new Set(sessions.map(({ step }) => step)).size).toBe(sessions.length);
  expect(sessions.length).toBeGreaterThan(50);
});

test('sessions of an agent that can’t tell have no parts; where nothing is recommended there are none to follow', async () => {
  const sessions: SessionRecord[] = [];
  const silent = { ...clerk, explain: () => undefined };
  const onSession = (session: SessionRecord) => void sessions.push(session);
  await train({ environment: shop(), agent: silent, steps: 2, onSession });
  expect(sessions[0]!.shown[0]).toEqual({ item: 0, reward: 0, parts: null });
  await expect(train({ environment: counter(2), agent: notebook(), steps: 2, onSession })).rejects.toThrow(
    'onSession: expected an environment that recommends, got a space of kind discrete',
  );
});
