import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from '@jest/globals';
import { actionPenalty, policyLoss, tdTarget, weightedSquaredError } from '../src/index.js';

const row = () => tf.tensor1d([1, 2]);
const column = () => tf.tensor2d([[1], [2]]) as unknown as tf.Tensor1D;

test('a column in the place of a row is refused by its name, not broadcast to a matrix', () => {
  expect(() => tdTarget(row(), row(), column())).toThrow('nextValue: expected shape [batch], got [2, 1]');
  expect(() => tdTarget(column(), row(), row())).toThrow('reward: expected shape [batch], got [2, 1]');
  expect(() => weightedSquaredError(column(), row())).toThrow('tdError: expected shape [batch], got [2, 1]');
  expect(() => weightedSquaredError(row(), column())).toThrow('weight: expected shape [batch], got [2, 1]');
  expect(() => policyLoss(column())).toThrow('value: expected shape [batch], got [2, 1]');
  expect(() => actionPenalty(row() as unknown as tf.Tensor2D, 1)).toThrow(
    'action: expected shape [batch, actionSize], got [2]',
  );
});

test('so is a vector of another length', () => {
  expect(() => tdTarget(row(), tf.tensor1d([1]), row())).toThrow(
    'discount: expected 2 numbers like reward, got 1',
  );
});
