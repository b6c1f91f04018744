import { train } from '@rl-recsys/agent';
import { box, type Environment } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from '@jest/globals';
import { SacAgent, type SacAgentOptions } from '../src/index.js';
import { chain, oneStep } from './probes.js';
import './on-wasm.js';

type Probe = Environment<Float32Array, Float32Array>;
type Options = Partial<SacAgentOptions<Float32Array>>;

function agentFor({ observationSpace, actionSpace }: Probe, options: Options = {}): SacAgent<Float32Array> {
  const small = { hiddenSize: 16, batchSize: 32, learningRate: 1e-2, tau: 0.1, warmup: 100, gamma: 0.9 };
  return new SacAgent({ observationSpace, actionSpace, random: Random.fromSeed(1), ...small, ...options });
}

async function trained(
  environment: Probe,
  steps: number,
  options?: Options,
): Promise<SacAgent<Float32Array>> {
  const agent = agentFor(environment, options);
  await train({ environment, agent, steps, seed: 1 });
  return agent;
}

/** Q of the agent's best action at x by each critic. */
function valuesAt(agent: SacAgent<Float32Array>, x: number): number[] {
  const [action] = agent.act([Float32Array.of(x)]);
  const state = tf.tensor2d([[x, action![0]! / 2]]); // the box is −2 to 2
  return agent.learner.critics.map((critic) => critic.apply(state).dataSync()[0]!);
}

describe('probes with known answers', () => {
  const random = () => Random.fromSeed(2);

  test('a reward that ends the episode is worth itself, told apart by what is seen', async () => {
    const agent = await trained(
      oneStep(random(), (x) => x),
      350,
    );
    for (const x of [-1, 1]) {
      for (const value of valuesAt(agent, x)) expect(Math.abs(value - x)).toBeLessThan(0.15);
    }
  });

  test.each([1, 3])(
    'a reward two steps later is worth γ² and entropy, with %s-step returns',
    async (returnSteps) => {
      const agent = await trained(chain(3), 450, { returnSteps });
      const { temperature, entropy } = agent.learner.learn(sampled(agent)).figures;
      // What is earned by entropy on the way lies between 0 and its share at every bootstrap.
      for (const value of valuesAt(agent, -1)) {
        expect(value).toBeGreaterThan(0.81 - 0.15);
        expect(value).toBeLessThan(0.81 + 0.15 + 2 * temperature! * Math.abs(entropy!));
      }
    },
  );

  test.each<[string, Options]>([
    ['replayed uniformly', {}],
    ['replayed by priority', { prioritized: {} }],
  ])('a reward that depends on the action is sought, %s', async (_, options) => {
    const environment = oneStep(random(), (x, action) => -10 * (action - x) ** 2);
    const agent = await trained(environment, 700, options);
    for (const x of [-1, 1]) expect(Math.abs(agent.act([Float32Array.of(x)])[0]![0]! - x)).toBeLessThan(0.3);
  });
});

const sampled = (agent: SacAgent<Float32Array>) => {
  const batch = agent.replay.createBatch(32);
  agent.replay.sample(batch, { beta: 1 });
  return batch;
};

describe('exploring', () => {
  const environment = oneStep(Random.fromSeed(1), () => 0);
  const x = Float32Array.of(1);

  test('fills the box, in the warm-up and by the policy’s own draws; acting draws nothing', () => {
    for (const warmup of [100, 0]) {
      const [agent, twin] = [agentFor(environment, { warmup }), agentFor(environment, { warmup })];
      const explored = Array.from({ length: 60 }, () => {
        agent.act([x]);
        return agent.explore([x], [0])[0]![0]!;
      });
      expect(Math.max(...explored)).toBeGreaterThan(1);
      expect(Math.max(...explored.map(Math.abs))).toBeLessThanOrEqual(2);
      expect(Math.min(...explored)).toBeLessThan(-1);
      expect(explored).toEqual(Array.from({ length: 60 }, () => twin.explore([x], [0])[0]![0]));
    }
  });

  test('draws each number of each action anew', () => {
    const actionSpace = box({ low: -2, high: 2, length: 3 });
    const agent = agentFor({ ...environment, actionSpace }, { warmup: 0 });
    const explored = agent.explore([x, x], [0, 1]).flatMap((action) => Array.from(action));
    expect(explored.length).toBe(6);
    expect(new Set(explored).size).toBe(6);
  });

  test('acts by the mean', () => {
    const agent = agentFor(environment);
    const outputs = agent.learner.policy.apply(tf.tensor2d([[1]])).dataSync();
    expect(agent.act([x])[0]![0]).toBeCloseTo(2 * Math.tanh(outputs[0]!), 5);
  });
});

test('an actor elsewhere acts by the weights that it takes', async () => {
  const environment = oneStep(Random.fromSeed(2), (x, action) => -((action - x) ** 2));
  const agent = await trained(environment, 150);
  const elsewhere = agentFor(environment, { random: Random.fromSeed(2) });
  elsewhere.actor.takeWeights(agent.learner.weights());
  const x = [Float32Array.of(1), Float32Array.of(-1)];
  expect(elsewhere.act(x)).toEqual(agent.act(x));
  expect(() => elsewhere.actor.takeWeights([])).toThrow('weights: expected 6 arrays, got 0');
});

test('actions need finite bounds', () => {
  const actionSpace = box({ low: -1, high: Infinity, length: 1 });
  expect(() => agentFor({ ...chain(1), actionSpace })).toThrow(
    'actionSpace.high[0]: expected a finite bound, got Infinity',
  );
});
