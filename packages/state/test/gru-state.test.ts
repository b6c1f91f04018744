import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { closeTo } from '@rl-recsys/testing';
import { expect, test } from '@jest/globals';
import { GruState } from '../src/index.js';
import { moduleFor, stateOf, type Inputs } from './state-of.js';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** k = 1 and one unit: rows of the columns z, r, h̃. */
const weights = [[[0.5, -1, 2]], [[1, 0.25, -1.5]], [0.1, 0.2, -0.3]];

/** The equations for one item, with the numbers of {@link weights}. */
function step(h: number, item: number): number {
  const z = sigmoid(0.5 * item + h + 0.1);
  const r = sigmoid(-item + 0.25 * h + 0.2);
  return (1 - z) * h + z * Math.tanh(2 * item - 1.5 * r * h - 0.3);
}

const states = (history: Inputs) =>
  stateOf(moduleFor(new GruState({ seed: 1, units: 1 }), history, weights), history);

test('the state is [u, h], h after reading the items from the oldest to the newest', () => {
  const history = { user: [[4]], items: [[[0.5], [-0.25], [0.75]]], mask: [[1, 1, 1]] };
  expect(states(history)).toEqual(closeTo([4, step(step(step(0, 0.5), -0.25), 0.75)]));
});

test('h begins at the first item, and is 0 without any', () => {
  const items = [[[0.5], [-0.25], [0.75]]];
  expect(states({ user: [[4]], items, mask: [[0, 1, 1]] })).toEqual(closeTo([4, step(step(0, -0.25), 0.75)]));
  expect(states({ user: [[4]], items, mask: [[0, 0, 0]] })).toEqual([4, 0]);
});

test('without padding it is the GRU of TensorFlow.js, whose z keeps h', () => {
  const [batch, n, k, units] = [3, 4, 5, 6];
  const random = (shape: number[], seed: number) => tf.randomUniform(shape, -1, 1, 'float32', seed);
  const [kernel, recurrent, bias] = [
    random([k, 3 * units], 1),
    random([units, 3 * units], 2),
    random([3 * units], 3),
  ];
  const [user, items] = [random([batch, k], 4), random([batch, n, k], 5)];
  const history = {
    user: user.arraySync() as number[][],
    items: items.arraySync() as number[][][],
    mask: tf.ones<tf.Rank.R2>([batch, n]).arraySync(),
  };
  const module = moduleFor(
    new GruState({ seed: 1, units }),
    history,
    [kernel, recurrent, bias].map((tensor) => tensor.arraySync()),
  );
  const ours = module.predict([user, items, tf.ones([batch, n])]) as tf.Tensor2D;

  const signs = tf.concat([tf.fill([units], -1), tf.ones([2 * units])]);
  const theirs = layers.gru({ units, recurrentActivation: 'sigmoid', recurrentInitializer: 'zeros' });
  theirs.apply(items); // makes its weights
  theirs.setWeights([kernel, recurrent, bias].map((tensor) => tf.mul(tensor, signs)));
  const last = theirs.apply(items) as tf.Tensor;
  expect(Array.from(tf.slice(ours, [0, k]).dataSync())).toEqual(closeTo(last.dataSync()));
});

test('weights begin uniformly within ±1 / √units, and differ', () => {
  const history = { user: [[0, 0, 0]], items: [[[0, 0, 0]]], mask: [[1]] };
  const [kernel, recurrent] = moduleFor(new GruState({ seed: 1, units: 16 }), history).getWeights();
  for (const weights of [kernel!, recurrent!]) {
    const largest = tf.max(tf.abs(weights)).dataSync()[0]!;
    expect(largest).toBeLessThanOrEqual(0.25);
    expect(largest).toBeGreaterThan(0.24);
  }
  const row = (weights: tf.Tensor) => [...weights.dataSync().slice(0, 48)];
  expect(row(kernel!)).not.toEqual(row(recurrent!));
});
