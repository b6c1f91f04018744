import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { expect, test } from '@jest/globals';
import { learnOn, toyLearner } from './toy.js';

test("items' vectors learn on TensorFlow.js's own WASM backend as on its cpu backend", async () => {
  const options = { trainableItems: true, rewardsInState: true };
  const learned = [];
  for (const backend of ['cpu', 'wasm']) {
    await tf.setBackend(backend);
    const learner = toyLearner(options);
    learned.push({ figures: learnOn(learner, 3), items: learner.learningItems.vectors });
  }
  const [cpu, wasm] = learned;
  for (const [place, { criticLoss }] of cpu!.figures.entries())
    expect(wasm!.figures[place]!.criticLoss).toBeCloseTo(criticLoss, 5);
  for (const [place, number] of cpu!.items.entries()) expect(wasm!.items[place]).toBeCloseTo(number, 5);
});
