import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import type { Learner } from '@rl-recsys/agent';
import { Random } from '@rl-recsys/random';
import { UniformReplay, type Fields, type Transition } from '@rl-recsys/replay-buffer';
import { closeTo } from '@rl-recsys/testing';
import { installFastKernels } from '@rl-recsys/wasm-kernels';
import { expect, test } from '@jest/globals';
import { DdpgLearner, DqnLearner, SacLearner, td3 } from '../src/index.js';

const sizes = { stateSize: 3, hiddenSize: 8 };
const learningRate = 1e-3;

function transitionsOf(action: (random: Random) => number | number[]) {
  const random = Random.fromSeed(1);
  const draw = (length: number) => Array.from({ length }, () => random.normal());
  return Array.from({ length: 40 }, () => ({
    ...{ observation: draw(3), action: action(random), reward: random.normal() },
    ...{ discount: random.uniform() < 0.2 ? 0 : 0.9, nextObservation: draw(3) },
  }));
}

/** What 30 updates end with. */
function learned<F extends Fields>(learner: Learner<F>, transitions: readonly unknown[]): number[] {
  const replay = new UniformReplay({ capacity: 40, fields: learner.fields, random: Random.fromSeed(2) });
  for (const transition of transitions) replay.add(transition as Transition<F>);
  const batch = replay.createBatch(16);
  let figures: number[] = [];
  for (let step = 0; step < 30; step++) {
    replay.sample(batch, { beta: 1 });
    const learned = learner.learn(batch);
    figures = [...Object.values(learned.figures).map((each) => each ?? 0), ...learned.tdErrors];
  }
  const weights = learner.weights().flatMap((each) => Array.from(each));
  learner.dispose();
  return [...figures, ...weights];
}

const vector = (random: Random) => [random.uniform(), -random.uniform()];

const cases = {
  DDPG: () =>
    learned(new DdpgLearner({ ...sizes, actionSize: 2, random: Random.fromSeed(3) }), transitionsOf(vector)),
  TD3: () =>
    learned(
      new DdpgLearner({ ...sizes, actionSize: 2, random: Random.fromSeed(3), ...td3(Random.fromSeed(4)) }),
      transitionsOf(vector),
    ),
  SAC: () =>
    learned(
      new SacLearner({ ...sizes, learningRate, actionSize: 2, random: Random.fromSeed(3) }),
      transitionsOf(vector),
    ),
  DQN: () =>
    learned(
      new DqnLearner({ ...sizes, learningRate, actionCount: 3, random: Random.fromSeed(3) }),
      transitionsOf((random) => random.integer(3)),
    ),
};

test.each(['DDPG', 'TD3', 'SAC', 'DQN'] as const)('%s learns the same on every backend', async (name) => {
  await tf.setBackend('cpu');
  const expected = cases[name]();
  await tf.setBackend('wasm');
  expect(closeTo(expected, 3)).toEqual(cases[name]());
  expect((await installFastKernels()).active).toBe(true);
  expect(closeTo(expected, 3)).toEqual(cases[name]());
});
