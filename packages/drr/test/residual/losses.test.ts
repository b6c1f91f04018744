import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { describe, expect, test } from '@jest/globals';
import { candidateScores, softmaxPolicyLoss } from '../../src/residual/losses.js';

describe('candidateScores', () => {
  test('are inner products, and far below all where there is no candidate', () => {
    const action = tf.tensor2d([1, 2], [1, 2]);
    const vectors = tf.tensor3d([3, 4, -5, 6, 100, 100], [1, 3, 2]);
    const [first, second, none] = candidateScores(action, vectors, tf.tensor2d([1, 1, 0], [1, 3])).dataSync();
    expect([first, second]).toEqual([11, 7]);
    expect(none).toBeLessThan(-1e8);
  });
});

describe('softmaxPolicyLoss', () => {
  test('is minus the mean value under the softmax', () => {
    // exp(ln 3 / 1) : exp(0) = 3 : 1
    const scores = tf.tensor2d([Math.log(3), 0, 0, 0], [2, 2]);
    const values = tf.tensor2d([2, -2, 4, 6], [2, 2]);
    expect(softmaxPolicyLoss(scores, values, 1).dataSync()[0]).toBeCloseTo(-(1 + 5) / 2, 6);
    // At half the temperature 9 : 1
    expect(softmaxPolicyLoss(scores, values, 0.5).dataSync()[0]).toBeCloseTo(-(1.6 + 5) / 2, 6);
  });

  test('its gradient raises the better candidate, and a barred one has no part in it', () => {
    const values = tf.tensor2d([1, 0, 50], [1, 3]);
    const gradient = tf.grad((scores: tf.Tensor) => softmaxPolicyLoss(scores as tf.Tensor2D, values, 1));
    const [better, worse, barred] = gradient(tf.tensor2d([0, 0, -1e9], [1, 3])).dataSync();
    // d/ds of −Σ π Q is −π (Q − Σ π Q): −0.5 · 0.5 and its opposite.
    expect(better).toBeCloseTo(-0.25, 6);
    expect(worse).toBeCloseTo(0.25, 6);
    expect(barred).toBeCloseTo(0, 9);
  });
});

describe('a tensor of another shape is refused, where it would broadcast in silence', () => {
  const [action, there] = [tf.tensor2d([1, 2], [1, 2]), tf.tensor2d([1, 1, 0], [1, 3])];
  const vectors = tf.tensor3d([3, 4, -5, 6, 100, 100], [1, 3, 2]);

  test.each([
    ['there', [action, vectors, tf.tensor1d([1, 1, 0])], TypeError, '[1, 3], got [3]'],
    ['there', [action, vectors, tf.tensor2d([1], [1, 1])], RangeError, '[1, 3], got [1, 1]'],
    ['action', [tf.tensor1d([1, 2]), vectors, there], TypeError, '[1, 2], got [2]'],
    ['action', [tf.ones([3, 2]), vectors, there], RangeError, '[1, 2], got [3, 2]'],
    ['vectors', [action, tf.ones([3, 2]), there], TypeError, '[batch, candidates, k], got [3, 2]'],
  ] as const)('%s of candidateScores %#', (name, given, error, shapes) => {
    const score = () => candidateScores(...(given as unknown as Parameters<typeof candidateScores>));
    expect(score).toThrow(new error(`${name}: expected shape ${shapes}`));
  });

  test.each([
    ['values', [tf.ones([2, 3]), tf.ones([2, 1])], RangeError, '[2, 3], got [2, 1]'],
    ['values', [tf.ones([2, 3]), tf.ones([3])], TypeError, '[2, 3], got [3]'],
    ['scores', [tf.ones([3]), tf.ones([3])], TypeError, '[batch, candidates], got [3]'],
  ] as const)('%s of softmaxPolicyLoss %#', (name, [scores, values], error, shapes) => {
    const loss = () => softmaxPolicyLoss(scores as tf.Tensor2D, values as tf.Tensor2D, 1);
    expect(loss).toThrow(new error(`${name}: expected shape ${shapes}`));
  });
});
