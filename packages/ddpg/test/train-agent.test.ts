import { discrete, timeLimit, type Environment } from '@rl-recsys/environment';
import { expect, test } from '@jest/globals';
import { trainAgent, type Agent } from '../src/index.js';

type Counter = Environment<number, number>;
type Step = Parameters<Agent<number, number>['observe']>[0];

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
    act: (observation) => observation,
    explore: (observation) => observation + 50,
    observe(step) {
      steps.push(step);
      return undefined;
    },
  };
}

test('the agent is told every step, and episodes never mix', async () => {
  const agent = notebook();
  const episodes: unknown[] = [];
  await trainAgent({
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
    { step: 2, return: 30, length: 2 },
    { step: 4, return: 30, length: 2 },
  ]);
});

test('truncation is handed on as truncation', async () => {
  const agent = notebook();
  await trainAgent({ environment: timeLimit(counter(9), 2), agent, steps: 2 });
  expect(agent.steps.map(({ terminated, truncated }) => [terminated, truncated])).toEqual([
    [false, false],
    [false, true],
  ]);
});

test('an environment that rejects ends training with its cause; what was learned stays', async () => {
  const agent = notebook();
  await expect(trainAgent({ environment: counter(9, 4), agent, steps: 100 })).rejects.toThrow(
    'the shop is closed',
  );
  expect(agent.steps).toHaveLength(3);
});
