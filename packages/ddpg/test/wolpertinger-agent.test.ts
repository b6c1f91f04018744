import * as tf from '@tensorflow/tfjs-core';
import { box, discrete, type Environment } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { expect, test } from '@jest/globals';
import { train } from '@rl-recsys/agent';
import { WolpertingerAgent, type WolpertingerAgentOptions } from '../src/index.js';
import './on-wasm.js';

const count = 4;
const identity = Float32Array.from({ length: count * count }, (_, index) =>
  index % (count + 1) === 0 ? 1 : 0,
);

/** One step: see one of four numbers, and earn 1 for the action of that number, else 0. */
function quiz(random: Random, actions: number[] = []): Environment<Float32Array, number> {
  let question = 0;
  const see = () => Float32Array.from({ length: count }, (_, index) => Number(index === question));
  return {
    observationSpace: box({ low: 0, high: 1, length: count }),
    actionSpace: discrete(count),
    reset() {
      question = random.integer(count);
      return { observation: see(), info: {} };
    },
    step(action) {
      actions.push(action);
      return {
        observation: see(),
        reward: Number(action === question),
        terminated: true,
        truncated: false,
        info: {},
      };
    },
  };
}

function agentFor(
  options: Partial<WolpertingerAgentOptions<Float32Array>> = {},
): WolpertingerAgent<Float32Array> {
  const { observationSpace } = quiz(Random.fromSeed(1));
  const random = Random.fromSeed(1);
  const rates = { actorLearningRate: 1e-3, criticLearningRate: 1e-2, tau: 0.05 };
  const small = { hiddenSize: 16, batchSize: 32, warmup: 100, epsilon: 0.3 };
  return new WolpertingerAgent({
    ...{ observationSpace, random, vectors: identity, vectorSize: count, neighbors: count },
    ...rates,
    ...small,
    ...options,
  });
}

const questions = Array.from({ length: count }, (_, question) =>
  identity.slice(question * count, (question + 1) * count),
);

test('it learns which of several actions is right', async () => {
  const agent = agentFor();
  await train({ environment: quiz(Random.fromSeed(2)), agent, steps: 450 });
  expect(agent.act(questions)).toEqual([0, 1, 2, 3]);
});

test('with k = N it is greedy on the critic', () => {
  const agent = agentFor();
  for (const question of questions) {
    const values = agent.inner.valuesOf(question, identity);
    expect(agent.act([question])).toEqual([values.indexOf(Math.max(...values))]);
  }
});

test('the value of an action is the critic’s own', () => {
  const { inner } = agentFor();
  const [critic] = inner.learner.actorCritic.networks.critics;
  const expected = critic!.predict([
    tf.tensor2d(questions[1]!, [1, count]),
    tf.tensor2d(questions[2]!, [1, count]),
  ]);
  expect(inner.valuesOf(questions[1]!, questions[2]!)[0]).toBeCloseTo(
    (expected as tf.Tensor).dataSync()[0]!,
    6,
  );
});

test('exploring reaches every action, whatever the critic thinks of them', () => {
  const agent = agentFor({ warmup: 1000 });
  const explored = Array.from({ length: 60 }, () => agent.explore([questions[0]!], [0])[0]);
  expect(new Set(explored)).toEqual(new Set([0, 1, 2, 3]));
});

test('what is not allowed is taken neither in the warm-up nor later', async () => {
  const actions: number[] = [];
  const agent = agentFor({ warmup: 40, isAllowed: (_, action) => action !== 2 });
  const before = tf.memory().numTensors;
  await train({ environment: quiz(Random.fromSeed(2), actions), agent, steps: 80 });
  expect(new Set(actions)).toEqual(new Set([0, 1, 3]));
  expect(tf.memory().numTensors).toBe(before);
});

test('vectors that do not fit, and no neighbors, are named', () => {
  expect(() => agentFor({ neighbors: 0 })).toThrow('neighbors: expected a positive integer, got 0');
  expect(() => agentFor({ vectorSize: 3 })).toThrow('vectorSize: expected a divisor of 16, got 3');
  expect(() => agentFor({ vectors: new Float32Array(0) })).toThrow(
    'vectorSize: expected a divisor of 0, got 4',
  );
  expect(() => agentFor({ vectors: Float32Array.of(0, 0, 0, 2) })).toThrow(
    'vectors[3]: expected −1 to 1, got 2',
  );
});
