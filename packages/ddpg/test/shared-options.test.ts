import { train, type ReplayOptions } from '@rl-recsys/agent';
import { spacesOf } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from '@jest/globals';
import { DdpgAgent, DqnAgent, SacAgent } from '../src/index.js';
import { delayedReward } from './discrete-probes.js';
import { chain } from './probes.js';
import './on-wasm.js';

/** Options that every agent of this package takes. */
interface Shared extends ReplayOptions {
  readonly hiddenSize?: number;
  readonly tau?: number;
  readonly gamma?: number;
  readonly returnSteps?: number;
}

const WARMUP = 10;
const small = { hiddenSize: 8, batchSize: 4, warmup: WARMUP };
const random = () => Random.fromSeed(1);

/** Without the methods of an environment, which are no options. */
/** Makes an agent, and trains it on 10 rounds of warm-up and 5 of learning. */
const agents = {
  DDPG: (options: Shared) => {
    const environment = chain(3);
    const agent = new DdpgAgent({ ...spacesOf(environment), ...small, random: random(), ...options });
    return { agent, play: () => train({ environment, agent, steps: WARMUP + 5 }) };
  },
  SAC: (options: Shared) => {
    const environment = chain(3);
    const agent = new SacAgent({ ...spacesOf(environment), ...small, random: random(), ...options });
    return { agent, play: () => train({ environment, agent, steps: WARMUP + 5 }) };
  },
  DQN: (options: Shared) => {
    const environment = delayedReward();
    const agent = new DqnAgent({ ...spacesOf(environment), ...small, random: random(), ...options });
    return { agent, play: () => train({ environment, agent, steps: WARMUP + 5 }) };
  },
};

/** Kernels and biases of three layers; what else there is was fitted, not learned. */
const layersOf = (learner: { weights(): readonly Float32Array[] }) => learner.weights().slice(0, 6);

describe.each(Object.entries(agents))('%s', (name, make) => {
  /** What was learned, and in how many updates. */
  async function learned(options: Shared): Promise<{ weights: readonly Float32Array[]; updates: number }> {
    const { agent, play } = make(options);
    let updates = 0;
    const update = agent.learner.learn.bind(agent.learner) as (batch: unknown) => never;
    agent.learner.learn = (batch: unknown) => {
      updates += 1;
      return update(batch);
    };
    await play();
    const weights = layersOf(agent.learner);
    agent.dispose();
    return { weights, updates };
  }

  test('makes so many updates in a round', async () => {
    expect((await learned({})).updates).toBe(5);
    expect((await learned({ updates: 3 })).updates).toBe(15);
  });

  test('learns at a share of its learning rates', async () => {
    const share = (round: number) => (round < WARMUP ? 1 : 0);
    const { agent } = make({});
    expect((await learned({ learningRateShare: share })).weights).toEqual(layersOf(agent.learner));
    expect((await learned({})).weights).not.toEqual(layersOf(agent.learner));
    agent.dispose();
  });

  test.each<[string, number | string, Shared]>([
    ['updates', 0, { updates: 0 }],
    ['batchSize', 0, { batchSize: 0 }],
    ['capacity', 2, { capacity: 2 }],
    ['alpha', 2, { prioritized: { alpha: 2 } }],
    ['tau', 2, { tau: 2 }],
    ['tau', NaN, { tau: NaN }],
    ['warmup', -1, { warmup: -1 } as Shared],
    ['warmup', NaN, { warmup: NaN } as Shared],
    ['beta', 2, { prioritized: { beta: 2 } }],
    ['learningRateShare', -1, { learningRateShare: -1 }],
    ['rewardScale', 0, { rewardScale: 0 }],
    ['rewardClip', NaN, { rewardClip: NaN }],
    ['hiddenSize', 0, { hiddenSize: 0 }],
    ['gamma', 2, { gamma: 2 }],
    ['steps', 0, { returnSteps: 0 }],
    ['hidenSize', 'an unknown name', { hidenSize: 8 } as Shared],
    ['bata', 'an unknown name', { prioritized: { bata: 1 } as never }],
    name === 'DDPG'
      ? ['actorLearningRate', 0, { actorLearningRate: 0 } as Shared]
      : ['learningRate', 0, { learningRate: 0 } as Shared],
  ])('refuses an impossible %s, %s, and holds no tensor then', (option, got, options) => {
    const before = tf.memory().numTensors;
    expect(() => make(options)).toThrow(new RegExp(`^${option}: expected .*, got ${got}`));
    expect(tf.memory().numTensors).toBe(before);
  });
});

test.each<[string, object]>([
  ['policyDelay: expected a positive integer, got 1.5', { policyDelay: 1.5 }],
  ['criticCount: expected 1 or 2, got 0', { criticCount: 0 }],
  ['criticCount: expected 1 or 2, got 3', { criticCount: 3 }],
  ['actorLearningRate: expected a positive finite number, got Infinity', { actorLearningRate: Infinity }],
  ['criticLearningRate: expected a positive finite number, got 3', { criticLearningRate: '3' }],
  ['maxGradientNorm: expected a positive finite number, got 0', { maxGradientNorm: 0 }],
  ['actionPenalty: expected a finite number from 0, got null', { actionPenalty: null }],
  ['encoderSignal: expected one of actor, critic, both, got critics', { encoderSignal: 'critics' }],
  ['epsilon: expected a number from 0 to 1, got NaN', { epsilon: NaN }],
  [
    'targetSmoothing.deviation: expected a finite number from 0, got NaN',
    { targetSmoothing: { deviation: NaN, clip: 1, random: random() } },
  ],
])('of DDPG alone, %s', (message, options) => {
  const before = tf.memory().numTensors;
  expect(() => agents.DDPG(options)).toThrow(new RangeError(message));
  expect(tf.memory().numTensors).toBe(before);
});

test.each<[string, number]>([
  ['DQN', 99],
  ['DQN', -1],
  ['DQN', 0.5],
])('%s refuses to learn from the action %d, which there is not', (_, action) => {
  const { agent } = agents.DQN({});
  const { observation } = delayedReward().reset() as { observation: Float32Array };
  const step = { session: 0, observation, reward: 0, nextObservation: observation };
  const told = () => agent.observe([{ ...step, action, terminated: false, truncated: false }]);
  expect(told).toThrow(`action: expected a member of its space, but action was ${action}`);
  agent.dispose();
});

test('DDPG and SAC refuse to learn from actions outside their box', () => {
  for (const { agent } of [agents.DDPG({}), agents.SAC({})]) {
    const observation = Float32Array.of(0);
    const step = { session: 0, observation, reward: 0, nextObservation: observation };
    for (const action of [Float32Array.of(7), Float32Array.of(NaN), Float32Array.of(0, 0), undefined]) {
      const told = [{ ...step, action: action as Float32Array, terminated: false, truncated: false }];
      expect(() => agent.observe(told)).toThrow('action: expected a member of its space, but action');
    }
    agent.dispose();
  }
});

test('an agent that was disposed twice has freed nothing of the next one, and refuses to learn', async () => {
  const first = agents.DDPG({});
  await first.play();
  const { learner } = first.agent;
  first.agent.dispose();
  const second = agents.DDPG({});
  await second.play();
  learner.dispose();
  const weights = second.agent.learner.weights();
  await agents.DDPG({}).play(); // would take the room that was freed
  expect(second.agent.learner.weights()).toEqual(weights);
  const batch = second.agent.replay.createBatch(4);
  expect(() => learner.learn(batch)).toThrow(
    'learn: expected an actor-critic in use, got one that was disposed',
  );
  second.agent.dispose();
});

test('one reward of 1e30, which froze a critic for ever, is refused, or clipped where the options say so', async () => {
  const rewarding = (): ReturnType<typeof chain> => {
    const environment = chain(3);
    return {
      ...environment,
      step: (action) => ({ ...(environment.step(action) as object), reward: 1e30 }) as never,
    };
  };
  const make = (options: Shared) =>
    new DdpgAgent({ ...spacesOf(rewarding()), ...small, random: random(), ...options });
  const [stopped, clipped] = [make({}), make({ rewardClip: 1 })];
  await expect(train({ environment: rewarding(), agent: stopped, steps: 20 })).rejects.toThrow(
    'reward: expected',
  );
  const before = clipped.learner.weights();
  await train({ environment: rewarding(), agent: clipped, steps: 20 });
  expect(clipped.learner.weights()).not.toEqual(before);
  for (const agent of [stopped, clipped]) agent.dispose();
});
