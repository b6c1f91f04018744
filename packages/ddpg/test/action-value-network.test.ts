import { closeTo } from '@rl-recsys/testing';
import * as tf from '@tensorflow/tfjs-core';
import { Random } from '@rl-recsys/random';
import { expect, test } from '@jest/globals';
import { ActionValueNetwork } from '../src/index.js';

const make = (seed = 1) =>
  new ActionValueNetwork({ inputSize: 3, outputSize: 2, hiddenSize: 8, random: Random.fromSeed(seed) });

/** Position, speed in other units, and a number that never changes. */
const rows = [
  [-1, 700, 4],
  [3, 900, 4],
];
const valuesOf = (network: ActionValueNetwork, states: number[][]) =>
  tf.tidy(() => Array.from(network.apply(tf.tensor2d(states)).dataSync()));

test('states come to mean 0 and deviation 1, whatever their units, and are not clipped', () => {
  const network = make();
  network.fit(tf.tensor2d(rows)); // means 1, 800 and 4, deviations 2, 100 and 0, and 0.01 more
  const state = [41, 750, 4];
  const standardized = [40 / 2.01, -50 / 100.01, 0];
  const expected = tf.tidy(() => Array.from(network.dense.apply(tf.tensor2d([standardized])).dataSync()));
  expect(valuesOf(network, [state])).toEqual(closeTo(expected, 4));
  expect(valuesOf(network, [[...state.slice(0, 2), 4.01]])).not.toEqual(closeTo(expected, 4));
});

test('one that takes the weights says the same values, by the same scale', () => {
  const [network, other] = [make(), make(2)];
  network.fit(tf.tensor2d(rows));
  other.takeWeights(network.weights());
  expect(valuesOf(other, rows)).toEqual(valuesOf(network, rows));
  expect(() => other.takeWeights(network.dense.weights())).toThrow('weights: expected 8 arrays, got 6');
});

test('fitting and applying leave nothing behind, and dispose frees all, twice too', () => {
  const [states, before] = [tf.tensor2d(rows), tf.memory().numTensors];
  const network = make();
  const made = tf.memory().numTensors;
  network.fit(states);
  network.apply(states).dispose();
  expect(tf.memory().numTensors).toBe(made);
  network.dispose();
  network.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
