import { closeTo } from '@rl-recsys/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from '@jest/globals';
import '../on-wasm.js';
import { histories, sampleOf, toyLearner } from './toy.js';

test('a learner goes on where the backend changes, there and back', async () => {
  const learner = toyLearner();
  const batch = sampleOf(learner);
  learner.prepare(batch);
  learner.learn(batch);
  const [acted, { criticLoss }] = [learner.act(histories), toyLearner().learn(batch).figures];
  await tf.setBackend('cpu');
  expect(Array.from(learner.act(histories))).toEqual(closeTo(acted, 5));
  expect(learner.learn(batch).figures.criticLoss).not.toBe(criticLoss);
  await tf.setBackend('wasm');
  expect(Array.from(learner.act(histories))).toEqual(closeTo(acted, 5)); // its actor has had no turn
  learner.dispose();
});

test('a few candidates are scored as many are, by hand and without', () => {
  const action = Float32Array.of(1, -2, 3);
  for (const candidates of [[3], [5, 0], [1, 2, 3], [0, 1, 2, 3, 4, 5]]) {
    const [scored, expected] = [true, false].map((fusedStep) => {
      let own = new Float32Array();
      toyLearner({ fusedStep }).scoreEach(action, [Int32Array.from(candidates)], (_, scores, from) => {
        own = scores.slice(from, from + candidates.length);
      });
      return own;
    });
    expect(scored).toEqual(expected);
  }
});
