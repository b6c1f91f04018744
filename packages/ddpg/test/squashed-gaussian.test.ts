import * as tf from '@tensorflow/tfjs-core';
import { closeTo } from '@rl-recsys/testing';
import { describe, expect, test } from '@jest/globals';
import { squashedAction, squashedLogProbability } from '../src/index.js';

/** One row of outputs: μ of two numbers, then log σ of both. */
const outputs = tf.tensor2d([[0.2, -0.4, -0.5, 0.3]]);
const noise = Float32Array.of(1, -0.5);
const u = [0.2 + Math.exp(-0.5), -0.4 - 0.5 * Math.exp(0.3)];

const logNormal = (x: number, mean: number, deviation: number) =>
  -0.5 * ((x - mean) / deviation) ** 2 - Math.log(deviation * Math.sqrt(2 * Math.PI));

test('an action is tanh(μ + σ ε), and without noise tanh μ', () => {
  expect(Array.from(squashedAction(outputs, noise).dataSync())).toEqual(closeTo(u.map(Math.tanh), 6));
  const best = squashedAction(outputs, new Float32Array(2)).dataSync();
  expect(Array.from(best)).toEqual(closeTo([Math.tanh(0.2), Math.tanh(-0.4)], 6));
});

test('its probability is the normal one of u, corrected for tanh', () => {
  const ofNormal = logNormal(u[0]!, 0.2, Math.exp(-0.5)) + logNormal(u[1]!, -0.4, Math.exp(0.3));
  const ofTanh = u.reduce((sum, each) => sum + Math.log(1 - Math.tanh(each) ** 2), 0);
  const came = squashedLogProbability(outputs, noise).dataSync()[0]!;
  expect(came).toBeCloseTo(ofNormal - ofTanh, 5);
  expect(Math.abs(came - ofNormal)).toBeGreaterThan(0.1); // what is left where the correction is forgotten
});

test.each([
  [0, 0],
  [0.8, -1],
  [-0.3, 0.5],
])('with μ = %s and log σ = %s the probabilities of all actions add up to 1', (mean, logDeviation) => {
  const count = 4000;
  const actions = Float64Array.from({ length: count }, (_, place) => (2 * (place + 0.5)) / count - 1);
  const noise = Float32Array.from(actions, (action) => (Math.atanh(action) - mean) / Math.exp(logDeviation));
  const rows = tf.tile<tf.Tensor2D>(tf.tensor2d([[mean, logDeviation]]), [count, 1]);
  const densities = squashedLogProbability(rows, noise).dataSync<'float32'>().map(Math.exp);
  expect(densities.reduce((sum, each) => sum + each, 0) * (2 / count)).toBeCloseTo(1, 3);
});

test('far out, where tanh rounds to 1, it is still finite', () => {
  const far = tf.tensor2d([[60, -70, 0, 0]]);
  expect(Array.from(squashedAction(far, noise).dataSync())).toEqual([1, -1]);
  // log(1 − tanh² u) → 2 (log 2 − |u|)
  const ofTanh = 2 * (Math.LN2 - 61) + 2 * (Math.LN2 - 70.5);
  const ofNormal = logNormal(1, 0, 1) + logNormal(-0.5, 0, 1);
  expect(squashedLogProbability(far, noise).dataSync()[0]).toBeCloseTo(ofNormal - ofTanh, 3);
});

test('log σ is clipped to −20 to 2', () => {
  const of = (logDeviation: number) =>
    squashedAction(tf.tensor2d([[0, logDeviation]]), Float32Array.of(0.01)).dataSync()[0]!;
  expect(of(9)).toBeCloseTo(Math.tanh(0.01 * Math.exp(2)), 6);
  expect(of(-99)).toBeGreaterThan(0);
});

describe('gradients are those of finite differences', () => {
  const two = [0.2, -0.4, -0.5, 0.3, 1.1, 0.1, 0.4, -1];
  const noise = Float32Array.of(1, -0.5, 0.3, 2);
  const weighted = (result: tf.Tensor) =>
    tf.sum<tf.Scalar>(
      tf.mul(result, tf.reshape(tf.tensor1d([0.7, -1.3, 2, 0.4].slice(0, result.size)), result.shape)),
    );
  const functions: Record<string, (outputs: tf.Tensor2D) => tf.Scalar> = {
    'of the action': (outputs) => weighted(squashedAction(outputs, noise)),
    'of its probability': (outputs) => weighted(squashedLogProbability(outputs, noise)),
  };

  test.each(Object.keys(functions))('%s', (name) => {
    const of = functions[name]!;
    const gradient = tf
      .grad((x) => of(x as tf.Tensor2D))(tf.tensor2d(two, [2, 4]))
      .dataSync();
    const slopes = two.map((_, index) => {
      const at = (change: number) =>
        of(
          tf.tensor2d(
            two.map((each, other) => each + (other === index ? change : 0)),
            [2, 4],
          ),
        ).dataSync()[0]!;
      return (at(0.01) - at(-0.01)) / 0.02;
    });
    expect(Array.from(gradient)).toEqual(closeTo(slopes, 3));
  });

  test('and 0 for a log σ that was clipped', () => {
    const gradient = tf.grad((x) => tf.sum(squashedLogProbability(x as tf.Tensor2D, Float32Array.of(1))));
    expect(gradient(tf.tensor2d([[0.5, 3]])).dataSync()[1]).toBe(0);
    expect(gradient(tf.tensor2d([[0.5, 1]])).dataSync()[1]).not.toBe(0);
  });
});

test('nothing is left behind but the result', () => {
  const before = tf.memory().numTensors;
  tf.dispose([squashedAction(outputs, noise), squashedLogProbability(outputs, noise)]);
  expect(tf.memory().numTensors).toBe(before);
});
