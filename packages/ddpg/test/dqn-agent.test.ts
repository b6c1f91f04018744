import * as tf from '@tensorflow/tfjs-core';
import { train } from '@rl-recsys/agent';
import { box, discrete, type Environment } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { describe, expect, test } from '@jest/globals';
import { DqnAgent, type DqnAgentOptions } from '../src/index.js';
import {
  actionReward,
  constantReward,
  delayedReward,
  observationReward,
  policyReward,
} from './discrete-probes.js';
import './on-wasm.js';

type Probe = Environment<Float32Array, number>;
type Options = Partial<DqnAgentOptions<Float32Array>>;

const GAMMA = 0.9;

function agentFor({ observationSpace, actionSpace }: Probe, options: Options = {}): DqnAgent<Float32Array> {
  const small = { hiddenSize: 16, batchSize: 32, learningRate: 1e-2, tau: 0.1, warmup: 50, gamma: GAMMA };
  return new DqnAgent({
    ...{ observationSpace, actionSpace, random: Random.fromSeed(1), epsilon: 0.5 },
    ...small,
    ...options,
  });
}

async function trained(
  environment: Probe,
  steps: number,
  options?: Options,
): Promise<DqnAgent<Float32Array>> {
  const agent = agentFor(environment, options);
  await train({ environment, agent, steps, seed: 1 });
  return agent;
}

/** Q(x, a) of both actions. */
const valuesAt = ({ learner }: DqnAgent<Float32Array>, x: number) =>
  tf.tidy(() => Array.from(learner.network.apply(tf.tensor2d([[x]])).dataSync()));

const greedyAt = (agent: DqnAgent<Float32Array>, x: number) => agent.act([Float32Array.of(x)])[0];

function expectValues(agent: DqnAgent<Float32Array>, x: number, expected: number[]): void {
  for (const [action, value] of valuesAt(agent, x).entries()) {
    expect(Math.abs(value - expected[action]!)).toBeLessThan(0.1);
  }
}

describe.each<[string, Options]>([
  ['one step', {}],
  ['three-step returns, replayed by priority', { returnSteps: 3, prioritized: {} }],
])('probes with known answers, with %s', (_, options) => {
  const random = () => Random.fromSeed(2);

  test('a constant reward is worth itself', async () => {
    expectValues(await trained(constantReward(), 400, options), 0, [1, 1]);
  });

  test('a reward that depends on the observation is told apart', async () => {
    const agent = await trained(observationReward(random()), 400, options);
    for (const x of [-1, 1]) expectValues(agent, x, [x, x]);
  });

  test('a reward one step later is worth γ', async () => {
    const agent = await trained(delayedReward(), 400, options);
    expectValues(agent, -1, [GAMMA, GAMMA]);
    expectValues(agent, 1, [1, 1]);
  });

  test('a reward that depends on the action is sought', async () => {
    const agent = await trained(actionReward(), 400, options);
    expectValues(agent, 0, [-1, 1]);
    expect(greedyAt(agent, 0)).toBe(1);
  });

  test('a reward that depends on both is sought', async () => {
    const agent = await trained(policyReward(random()), 400, options);
    for (const x of [-1, 1]) expectValues(agent, x, [-x, x]);
    expect([-1, 1].map((x) => greedyAt(agent, x))).toEqual([0, 1]);
  });
});

test('actions that do not begin at 0 are the space’s own', async () => {
  const inner = actionReward();
  const environment: Probe = {
    ...inner,
    actionSpace: discrete(2, -7),
    step: (action) => inner.step(action + 7),
  };
  const agent = await trained(environment, 250);
  expectValues(agent, 0, [-1, 1]);
  expect(greedyAt(agent, 0)).toBe(-6);
});

describe('exploring', () => {
  const x = Float32Array.of(0);
  const draw = (agent: DqnAgent<Float32Array>, count: number) =>
    Array.from({ length: count }, () => agent.explore([x], [0])[0]!);

  test('is uniform in the warm-up and greedy where ε is 0', () => {
    const agent = agentFor(actionReward(), { warmup: 60, epsilon: 0 });
    const explored = draw(agent, 60);
    const ones = explored.filter((action) => action === 1).length;
    expect(ones).toBeGreaterThan(15);
    expect(ones).toBeLessThan(45);
    const [greedy] = agent.act([x]);
    expect(draw(agent, 60)).toEqual(new Array(60).fill(greedy));
  });

  test('is over with the warm-up where others have made it', () => {
    const agent = agentFor(actionReward(), { warmup: 60, epsilon: 0 });
    agent.atRound(60);
    expect(draw(agent, 60)).toEqual(new Array(60).fill(agent.act([x])[0]));
  });

  test('follows the schedule, round by round, and tells it', () => {
    const agent = agentFor(actionReward(), { warmup: 2, epsilon: (round) => 1 / round });
    const told = Array.from({ length: 4 }, () => {
      agent.explore([x, x], [0, 1]);
      return agent.actor.figures!()['epsilon'];
    });
    expect(told).toEqual([1, 1, 1 / 2, 1 / 3]);
  });
});

test('learning rates follow their schedule', async () => {
  const rest = await trained(actionReward(), 200, {
    learningRateShare: (round) => (round < 100 ? 1 : 1e-30),
  });
  const stopped = await trained(actionReward(), 100);
  expect(rest.learner.weights()).toEqual(stopped.learner.weights());
});

test('actions must be discrete', () => {
  const actionSpace = box({ low: -1, high: 1, length: 1 }) as unknown as Probe['actionSpace'];
  expect(() => agentFor({ ...actionReward(), actionSpace })).toThrow(
    'actionSpace: expected a discrete space, got box',
  );
});
