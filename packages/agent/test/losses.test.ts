import * as tf from '@tensorflow/tfjs-core';
import { closeTo } from '@rl-recsys/testing';
import { expect, test } from '@jest/globals';
import { policyLoss, tdTarget, weightedSquaredError } from '../src/index.js';

test('the TD target bootstraps by the discount: 0 after termination, γ elsewhere', () => {
  const target = tdTarget(tf.tensor1d([1, 1, -0.5]), tf.tensor1d([0, 0.9, 0.81]), tf.tensor1d([10, 10, -2]));
  expect(Array.from(target.dataSync())).toEqual(closeTo([1, 10, -2.12]));
});

test('the critic loss is the weighted mean of squares', () => {
  const loss = weightedSquaredError(tf.tensor1d([2, -3]), tf.tensor1d([1, 0.5]));
  expect(loss.dataSync()[0]).toBeCloseTo((4 + 4.5) / 2);
});

test("the critic loss's gradient is 2 w δ / batch", () => {
  const weight = tf.tensor1d([1, 0.5]);
  const gradient = tf.grad((error) => weightedSquaredError(error as tf.Tensor1D, weight))(
    tf.tensor1d([2, -3]),
  );
  expect(Array.from(gradient.dataSync())).toEqual(closeTo([2, -1.5]));
});

test('the policy loss falls as the value rises', () => {
  expect(policyLoss(tf.tensor1d([1, 2, 6])).dataSync()[0]).toBeCloseTo(-3);
  const gradient = tf.grad((value) => policyLoss(value as tf.Tensor1D))(tf.tensor1d([1, 2]));
  expect(Array.from(gradient.dataSync())).toEqual([-0.5, -0.5]);
});
