import * as tf from '@tensorflow/tfjs-core';
import { closeTo } from '@rl-recsys/testing';
import { expect, test } from '@jest/globals';
import { weightedHuberLoss } from '../src/index.js';

const errors = [0.5, -3, 1, 0, -0.2];
const weights = [1, 0.5, 1, 1, 2];

test('is ½ δ² up to 1 and |δ| − ½ beyond', () => {
  const loss = weightedHuberLoss(tf.tensor1d(errors), tf.tensor1d(weights)).dataSync()[0];
  expect(loss).toBeCloseTo((0.125 + 0.5 * 2.5 + 0.5 + 0 + 2 * 0.02) / 5, 6);
});

test('its gradient is the weighted error, clipped to −1 to 1', () => {
  const gradient = tf.grad((error) => weightedHuberLoss(error as tf.Tensor1D, tf.tensor1d(weights)));
  const expected = [0.5, -0.5, 1, 0, -0.4].map((each) => each / 5);
  expect(Array.from(gradient(tf.tensor1d(errors)).dataSync())).toEqual(closeTo(expected, 6));
});

test('it leaves nothing behind but the loss', () => {
  const [error, weight] = [tf.tensor1d(errors), tf.tensor1d(weights)];
  const before = tf.memory().numTensors;
  weightedHuberLoss(error, weight).dispose();
  expect(tf.memory().numTensors).toBe(before);
});
