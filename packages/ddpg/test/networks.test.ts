import * as tf from '@tensorflow/tfjs-core';
import { Random } from '@rl-recsys/random';
import { expect, test } from '@jest/globals';
import { createActor, createCritic } from '../src/index.js';

const sizes = { stateSize: 3, actionSize: 2, hiddenSize: 8 };
const random = (seed: number) => Random.fromSeed(seed);
const weightsOf = (network: ReturnType<typeof createActor>) =>
  network.getWeights().flatMap((weight) => Array.from(weight.dataSync()));

test('the first actions are near 0 and never leave (−1, 1)', () => {
  const actor = createActor({ ...sizes, random: random(1) });
  const near = (actor.predict(tf.ones([1, 3])) as tf.Tensor).dataSync();
  const far = (actor.predict(tf.fill([1, 3], 1e6)) as tf.Tensor).dataSync();
  expect(Math.max(...near.map(Math.abs))).toBeLessThan(0.1);
  expect(Math.max(...far.map(Math.abs))).toBeLessThanOrEqual(1);
});

test('the critic takes state and action and gives one value', () => {
  const critic = createCritic({ ...sizes, random: random(1) });
  const value = critic.predict([tf.ones([5, 3]), tf.ones([5, 2])]) as tf.Tensor;
  expect(value.shape).toEqual([5, 1]);
});

test('inputs have names, by which a saved model is fed', () => {
  const [actor, critic] = [
    createActor({ ...sizes, random: random(1) }),
    createCritic({ ...sizes, random: random(1) }),
  ];
  expect(actor.inputNames).toEqual(['state']);
  expect(critic.inputNames).toEqual(['state', 'action']);
});

test('the seed decides the weights, and each layer has its own', () => {
  const first = weightsOf(createActor({ ...sizes, random: random(1) }));
  expect(weightsOf(createActor({ ...sizes, random: random(1) }))).toEqual(first);
  expect(weightsOf(createActor({ ...sizes, random: random(2) }))).not.toEqual(first);
  const drawn = first.filter((weight) => weight !== 0); // biases begin at 0
  expect(new Set(drawn).size).toBe(drawn.length);
});

test('a bad size is named', () => {
  expect(() => createActor({ ...sizes, stateSize: 0, random: random(1) })).toThrow(
    'stateSize: expected a positive integer, got 0',
  );
});
