import { train, type ReplayOptions } from '@rl-recsys/agent';
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

/** Makes an agent, and trains it on 10 rounds of warm-up and 5 of learning. */
const agents = {
  DDPG: (options: Shared) => {
    const environment = chain(3);
    const agent = new DdpgAgent({ ...environment, ...small, random: random(), ...options });
    return { agent, play: () => train({ environment, agent, steps: WARMUP + 5 }) };
  },
  SAC: (options: Shared) => {
    const environment = chain(3);
    const agent = new SacAgent({ ...environment, ...small, random: random(), ...options });
    return { agent, play: () => train({ environment, agent, steps: WARMUP + 5 }) };
  },
  DQN: (options: Shared) => {
    const environment = delayedReward();
    const agent = new DqnAgent({ ...environment, ...small, random: random(), ...options });
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

  test.each<[string, number, Shared]>([
    ['updates', 0, { updates: 0 }],
    ['batchSize', 0, { batchSize: 0 }],
    ['capacity', 2, { capacity: 2 }],
    ['alpha', 2, { prioritized: { alpha: 2 } }],
    ['tau', 2, { tau: 2 }],
    ['hiddenSize', 0, { hiddenSize: 0 }],
    ['gamma', 2, { gamma: 2 }],
    ['steps', 0, { returnSteps: 0 }],
    name === 'DDPG'
      ? ['actorLearningRate', 0, { actorLearningRate: 0 } as Shared]
      : ['learningRate', 0, { learningRate: 0 } as Shared],
  ])('refuses an impossible %s of %d and holds no tensor then', (option, got, options) => {
    const before = tf.memory().numTensors;
    expect(() => make(options)).toThrow(new RegExp(`^${option}: expected .*, got ${got}`));
    expect(tf.memory().numTensors).toBe(before);
  });
});
