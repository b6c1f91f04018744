import * as tf from '@tensorflow/tfjs-core';
import { closeTo } from '@rl-recsys/testing';
import { expect, test } from '@jest/globals';
import { Adam } from '../src/index.js';

test('the first step moves each number by the learning rate against its gradient', () => {
  const variable = tf.variable(tf.tensor1d([1, 1]));
  new Adam([variable], { learningRate: 0.1 }).apply({ [variable.name]: tf.tensor1d([5, -0.01]) });
  expect(Array.from(variable.dataSync())).toEqual(closeTo([0.9, 1.1], 4));
});

test('it takes the path of TensorFlow.js', () => {
  const ours = tf.variable(tf.tensor1d([1, -2, 3]));
  const theirs = tf.variable(tf.tensor1d([1, -2, 3]));
  const loss = (x: tf.Tensor) => tf.sum<tf.Scalar>(tf.mul(tf.square(x), tf.tensor1d([1, 10, 0.1])));
  const adam = new Adam([ours], { learningRate: 0.05 });
  const reference = tf.train.adam(0.05);
  for (let step = 0; step < 100; step++) {
    adam.apply(tf.variableGrads(() => loss(ours), [ours]).grads);
    reference.minimize(() => loss(theirs), false, [theirs]);
  }
  expect(Array.from(ours.dataSync())).toEqual(closeTo(theirs.dataSync(), 4));
});

test('it leaks nothing', () => {
  const variable = tf.variable(tf.tensor1d([1, 1]));
  const gradients = { [variable.name]: tf.tensor1d([5, -0.01]) };
  const before = tf.memory().numTensors;
  const adam = new Adam([variable], { learningRate: 0.1 });
  adam.apply(gradients);
  adam.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('a missing gradient is an error and nothing moves', () => {
  const variable = tf.variable(tf.scalar(1), true, 'lonely');
  const adam = new Adam([variable], { learningRate: 0.1 });
  expect(() => adam.apply({})).toThrow('gradients: expected one for lonely, got none');
  expect(adam.step).toBe(0);
  expect(() => new Adam([], { learningRate: 0 })).toThrow(
    'learningRate: expected a positive finite number, got 0',
  );
});

test.each([
  [{ learningRate: Infinity }, 'learningRate: expected a positive finite number, got Infinity'],
  [{ epsilon: NaN }, 'epsilon: expected a positive finite number, got NaN'],
  [{ beta1: 1 }, 'beta1: expected a share from 0 to below 1, got 1'],
  [{ beta2: -1 }, 'beta2: expected a share from 0 to below 1, got -1'],
])('%j is refused', (options, message) => {
  expect(() => new Adam([], { learningRate: 1, ...options })).toThrow(message);
});

test.each([
  { step: -1 },
  { step: 1.5 },
  { rateScale: NaN },
  { moments: [Float32Array.of(NaN), Float32Array.of(0)] },
])('a state with %j is refused, and nothing changes', (change) => {
  const variable = tf.variable(tf.scalar(0));
  const adam = new Adam([variable], { learningRate: 1 });
  const state = adam.state();
  expect(() => adam.restore({ ...(state as object), ...change })).toThrow('expected');
  expect(adam.state()).toEqual(state);
  tf.dispose(variable);
  adam.dispose();
});
