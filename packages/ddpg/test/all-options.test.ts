import { gaussianNoise } from '@rl-recsys/agent';
import { box, discrete } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { PrioritizedReplay } from '@rl-recsys/replay-buffer';
import { expect, test } from '@jest/globals';
import {
  DdpgAgent,
  DqnAgent,
  SacAgent,
  WolpertingerAgent,
  type DdpgAgentOptions,
  type DqnAgentOptions,
  type SacAgentOptions,
  type WolpertingerAgentOptions,
} from '../src/index.js';

// Required: a compiler sees where a new option is not given here.
type Seen = Float32Array;
const random = Random.fromSeed(1);
const replayed = {
  ...{
    batchSize: 3,
    capacity: 50,
    prioritized: { alpha: 0.5, beta: 0.5 },
    updates: 2,
    learningRateShare: 0.5,
  },
  ...{ rewardScale: 2, rewardClip: 3 },
};
const acting = {
  ...{
    observationSpace: box({ low: -1, high: 1, length: 2 }),
    random,
    gamma: 0.8,
    returnSteps: 2,
    warmup: 4,
  },
};
const learned = { hiddenSize: 5, tau: 0.1 };

const ddpg: Required<DdpgAgentOptions<Seen>> = {
  ...{ ...replayed, ...acting, ...learned },
  actionSpace: box({ low: -1, high: 1, length: 1 }),
  ...{ noise: gaussianNoise({ deviation: 0.1, random }), epsilon: 0.1, criticCount: 2 },
  ...{ actorLearningRate: 1e-3, criticLearningRate: 1e-3, encoderSignal: 'both', encoderRandom: random },
  ...{ policyDelay: 2, targetSmoothing: { deviation: 0.2, clip: 0.5, random } },
  ...{ maxGradientNorm: 1, actionPenalty: 0.1 },
};
const { actionSpace, ...anyAction } = ddpg;
const wolpertinger: Required<WolpertingerAgentOptions<Seen>> = {
  ...anyAction,
  ...{ vectors: Float32Array.of(-1, 1), vectorSize: 1, neighbors: 2, isAllowed: (_, action) => action === 1 },
};
const sac: Required<SacAgentOptions<Seen>> = {
  ...{ ...replayed, ...acting, ...learned, actionSpace },
  ...{ learningRate: 1e-3, targetEntropy: -2 },
};
const dqn: Required<DqnAgentOptions<Seen>> = {
  ...{ ...replayed, ...acting, ...learned, actionSpace: discrete(3) },
  ...{ epsilon: 0.1, learningRate: 1e-3 },
};

const agents = {
  DDPG: (more: object) => new DdpgAgent({ ...ddpg, ...more }),
  Wolpertinger: (more: object) => new WolpertingerAgent({ ...wolpertinger, ...more }).inner,
  SAC: (more: object) => new SacAgent({ ...sac, ...more }),
  DQN: (more: object) => new DqnAgent({ ...dqn, ...more }),
};

test.each(Object.values(agents))('every option may be given, and reaches what it is for', (make) => {
  const agent = make({});
  expect(agent.replay.capacity).toBe(50);
  expect(agent.replay).toBeInstanceOf(PrioritizedReplay);
  expect(agent.pace).toEqual({ updates: 2, learnFrom: 5 });
  expect(agent.weights()[1]!.length).toBe(5); // the first hidden layer's bias
  agent.dispose();
});

test('one action is left where the others may not be taken', () => {
  const agent = new WolpertingerAgent(wolpertinger);
  expect(agent.act([Float32Array.of(0, 0), Float32Array.of(1, -1)])).toEqual([1, 1]);
  agent.dispose();
});

test.each<[keyof typeof agents, string]>([
  ['DDPG', 'stateSize'],
  ['DDPG', 'actionSize'],
  ['Wolpertinger', 'actionSpace'],
  ['SAC', 'stateSize'],
  ['SAC', 'actionSize'],
  ['DQN', 'stateSize'],
  ['DQN', 'actionCount'],
])('%s refuses %s, which it takes from elsewhere, instead of overriding it', (name, option) => {
  expect(() => agents[name]({ [option]: 2 })).toThrow(`${option}: expected one of the options`);
});
