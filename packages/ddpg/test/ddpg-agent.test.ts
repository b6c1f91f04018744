import * as tf from '@tensorflow/tfjs-core';
import { Random } from '@rl-recsys/random';
import { box, dict, discrete, type Environment } from '@rl-recsys/environment';
import { describe, expect, test } from '@jest/globals';
import { evaluateAgent, train } from '@rl-recsys/agent';
import { DdpgAgent, td3, type DdpgAgentOptions } from '../src/index.js';
import { chain, oneStep } from './probes.js';
import './on-wasm.js';

type Probe = Environment<Float32Array, Float32Array>;

function agentFor(environment: Probe, options: Partial<DdpgAgentOptions<Float32Array>> = {}) {
  const { observationSpace, actionSpace } = environment as Probe &
    Pick<DdpgAgentOptions<Float32Array>, 'actionSpace'>;
  const random = Random.fromSeed(1);
  const rates = { actorLearningRate: 3e-3, criticLearningRate: 1e-2, tau: 0.1 };
  const small = { hiddenSize: 16, batchSize: 32, warmup: 100, gamma: 0.9 };
  return new DdpgAgent({ observationSpace, actionSpace, random, ...rates, ...small, ...options });
}

async function trained(environment: Probe, steps: number, options?: Partial<DdpgAgentOptions<Float32Array>>) {
  const agent = agentFor(environment, options);
  await train({ environment, agent, steps, seed: 1 });
  return agent;
}

/** Q of the agent's own action at x. */
function valueAt({ learner }: DdpgAgent<Float32Array>, x: number): number {
  return tf.tidy(() => {
    const state = tf.tensor2d([[x]]);
    const { networks } = learner.actorCritic;
    return (
      networks.critics[0]!.predict([state, learner.actorCritic.act([state])]) as tf.Tensor
    ).dataSync()[0]!;
  });
}

describe('probes with known answers', () => {
  const random = () => Random.fromSeed(2);

  test('a constant reward is worth itself', async () => {
    const agent = await trained(
      oneStep(random(), () => 1),
      300,
    );
    expect(Math.abs(valueAt(agent, 1) - 1)).toBeLessThan(0.1);
  });

  test('a reward that depends on the observation is told apart', async () => {
    const agent = await trained(
      oneStep(random(), (x) => x),
      300,
    );
    expect(Math.abs(valueAt(agent, 1) - 1)).toBeLessThan(0.1);
    expect(Math.abs(valueAt(agent, -1) + 1)).toBeLessThan(0.1);
  });

  test('a reward one step later is worth γ', async () => {
    const agent = await trained(chain(2), 350);
    expect(Math.abs(valueAt(agent, -1) - 0.9)).toBeLessThan(0.1);
  });

  test.each([
    { name: 'DDPG', options: {} },
    { name: 'TD3', options: td3(Random.fromSeed(3)) },
  ])('a reward that depends on the action is sought: $name', async ({ options }) => {
    const environment = oneStep(random(), (x, action) => -((action - x) ** 2));
    const agent = await trained(environment, 500, { ...options, epsilon: 0.5 });
    for (const x of [-1, 1]) expect(Math.abs(agent.act([Float32Array.of(x)])[0]![0]! - x)).toBeLessThan(0.3);
  });

  test.each([1, 3])(
    'a chain of five is worth γ⁴ = 0.6561 at its start, with %s-step returns',
    async (returnSteps) => {
      const agent = await trained(chain(5), 700, { returnSteps });
      expect(Math.abs(valueAt(agent, -1) - 0.6561)).toBeLessThan(0.08);
    },
  );
});

describe('actions', () => {
  const environment = oneStep(Random.fromSeed(1), () => 0);

  test('of the warm-up fill the box, later ones stay inside whatever the noise', async () => {
    const agent = agentFor(environment, {
      warmup: 50,
      noise: { addTo: (action) => action.fill(9), reset() {}, state: () => null, restore() {} },
    });
    const explored: number[] = [];
    const explore = agent.explore.bind(agent);
    agent.explore = (observations, sessions) => {
      const actions = explore(observations, sessions);
      explored.push(actions[0]![0]!);
      return actions;
    };
    await train({ environment, agent, steps: 60 });
    const warmup = explored.slice(0, 50);
    expect(Math.max(...warmup)).toBeGreaterThan(1.5);
    expect(Math.min(...warmup)).toBeLessThan(-1.5);
    expect(explored.slice(50)).toEqual(new Array(10).fill(2));
  });

  test('with ε = 1 are all drawn, and acting draws nothing', () => {
    const [agent, twin] = [0, 1].map(() => agentFor(environment, { warmup: 0, epsilon: 1 }));
    const x = Float32Array.of(1);
    const seen = Array.from({ length: 5 }, () => {
      agent!.act([x]);
      return agent!.explore([x], [0])[0]![0];
    });
    expect(new Set(seen).size).toBe(5);
    expect(seen).toEqual(Array.from({ length: 5 }, () => twin!.explore([x], [0])[0]![0]));
  });

  test('of sessions side by side are drawn for some, and the policy’s with noise for the others', () => {
    const noise = {
      addTo: (action: Float32Array) => action.fill(0.25),
      reset() {},
      state: () => null,
      restore() {},
    };
    const agent = agentFor(environment, { warmup: 0, epsilon: 0.5, noise });
    const x = Float32Array.of(1);
    const rounds = Array.from({ length: 40 }, () =>
      agent.explore([x, x], [0, 1]).map(([action]) => action === 0.5),
    );
    for (const kind of [
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ])
      expect(rounds).toContainEqual(kind);
  });

  test('get the noise of a new episode where a session’s has ended, and that session’s alone', () => {
    const reset: unknown[] = [];
    const noise = {
      addTo() {},
      reset: (session?: number) => void reset.push(session),
      state: () => null,
      restore() {},
    };
    const agent = agentFor(environment, { noise });
    const x = Float32Array.of(1);
    const step = { observation: x, action: x, reward: 0, nextObservation: x };
    for (const [session, terminated, truncated] of [
      [1, false, false],
      [2, true, false],
      [3, false, true],
    ] as const)
      agent.observe([{ ...step, session, terminated, truncated }]);
    expect(reset).toEqual([2, 3]);
  });

  test('are a box', () => {
    expect(() => agentFor({ ...environment, actionSpace: discrete(2) as never })).toThrow(
      new TypeError('actionSpace: expected a box, got discrete'),
    );
  });

  test('are valued by whole ones alone', () => {
    const actionSpace = box({ low: -1, high: 1, length: 2 });
    expect(() =>
      agentFor(environment, { actionSpace }).valuesOf(Float32Array.of(1), new Float32Array(3)),
    ).toThrow(new RangeError('actions: expected 2 numbers each, got 3 in all'));
  });

  test('need finite bounds', () => {
    const actionSpace = box({ low: -1, high: Infinity, length: 1 });
    expect(() => agentFor({ ...environment, actionSpace })).toThrow(
      'actionSpace.high[0]: expected a finite bound, got Infinity',
    );
  });
});

test('observations may be dicts, of choices too: the agent sees every entry', () => {
  const observationSpace = dict({ mood: discrete(3), place: box({ low: -1, high: 1, length: 2 }) });
  const { actionSpace } = chain(1);
  const agent = new DdpgAgent({ observationSpace, actionSpace, random: Random.fromSeed(1), hiddenSize: 8 });
  const place = Float32Array.of(0.5, -0.5);
  const seen = [
    { mood: 0, place },
    { mood: 1, place },
    { mood: 1, place: Float32Array.of(0.5, 0.5) },
  ].map((observation) => agent.act([observation])[0]![0]);
  expect(new Set(seen).size).toBe(3);
  expect(() => agent.act([{ mood: 3, place }])).toThrow('value: expected a member of the space');
});

test('the same seed gives the same agent, and no tensor is left behind', async () => {
  const run = async () => {
    const agent = agentFor(chain(3), { warmup: 40, ...td3(Random.fromSeed(1)) });
    const before = tf.memory().numTensors;
    await train({ environment: chain(3), agent, steps: 60 });
    expect(tf.memory().numTensors).toBe(before);
    return agent.learner.state();
  };
  expect(await run()).toEqual(await run());
});

test('evaluation sums the rewards of each episode and learns nothing', async () => {
  const agent = agentFor(chain(4));
  const before = agent.learner.state();
  expect(await evaluateAgent({ environment: chain(4), agent, episodes: 3, seed: 1 })).toEqual([1, 1, 1]);
  expect(agent.learner.state()).toEqual(before);
});
