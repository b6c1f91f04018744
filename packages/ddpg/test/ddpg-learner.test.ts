import { Random } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from '@jest/globals';
import { DdpgLearner } from '../src/index.js';
import { batchOf } from './toy-batches.js';
import './on-wasm.js';

const make = () =>
  new DdpgLearner({ stateSize: 2, actionSize: 2, hiddenSize: 4, random: Random.fromSeed(1) });

const transitions = [
  { observation: [1, 0.5], action: [0.1, -0.3], reward: 1, discount: 0.9, nextObservation: [0.2, 0.1] },
  { observation: [-0.5, 1], action: [-0.4, 0.8], reward: -1, discount: 0.9, nextObservation: [1, 1] },
  { observation: [0.3, -0.8], action: [0.7, 0.2], reward: 0.5, discount: 0, nextObservation: [-1, 0.4] },
];

test('meanQ and maxQ are those of the actions that were taken', () => {
  const learner = make();
  const [states, actions] = [
    transitions.map(({ observation }) => observation),
    transitions.map(({ action }) => action),
  ];
  const [critic] = learner.actorCritic.networks.critics;
  const values = critic!.predict([tf.tensor2d(states), tf.tensor2d(actions)]) as tf.Tensor;
  const [first, second, third] = values.dataSync();
  const { meanQ, maxQ } = learner.inspect(batchOf(learner.fields, transitions));
  expect(meanQ).toBeCloseTo((first! + second! + third!) / 3, 6);
  expect(maxQ).toBeCloseTo(Math.max(first!, second!, third!), 6);
  learner.dispose();
});

test('batches of other sizes may come one after the other', () => {
  const learner = make();
  for (const count of [3, 1, 3]) {
    const batch = batchOf(learner.fields, transitions.slice(0, count));
    expect(learner.learn(batch).tdErrors.length).toBe(count);
  }
  learner.dispose();
});
