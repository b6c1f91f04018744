import * as tf from '@tensorflow/tfjs-core';
import { Random } from '@rl-recsys/random';
import { expect, test } from '@jest/globals';
import type { ActorCritic } from '../src/index.js';
import { toyLearner } from './toy-actor-critic.js';
import './on-wasm.js';

const rates = { actorLearningRate: 3e-3, criticLearningRate: 1e-2, tau: 0.05, encoder: false };

function learnFromRandomActions(
  learner: ActorCritic,
  outcome: (x: number, action: number) => { reward: number; discount: number },
): void {
  const random = Random.fromSeed(1);
  const draw = () => 2 * random.uniform() - 1;
  for (let update = 0; update < 300; update++) {
    const rows = Array.from({ length: 32 }, () => {
      const [x, nextX, action] = [draw(), draw(), draw()];
      return { x, nextX, action, ...outcome(x, action) };
    });
    tf.tidy(() => {
      learner.learn({
        observation: [tf.tensor2d(rows.map(({ x }) => [x, 1]))],
        action: tf.tensor2d(rows.map(({ action }) => [action])),
        reward: tf.tensor1d(rows.map(({ reward }) => reward)),
        discount: tf.tensor1d(rows.map(({ discount }) => discount)),
        nextObservation: [tf.tensor2d(rows.map(({ nextX }) => [nextX, 1]))],
        weight: tf.ones([rows.length]),
      });
    });
  }
}

const actionAt = (learner: ActorCritic, x: number) =>
  tf.tidy(() => learner.act([tf.tensor2d([[x, 1]])]).dataSync()[0]!);

test('it finds the best action of each observation', () => {
  const learner = toyLearner(rates);
  learnFromRandomActions(learner, (x, action) => ({ reward: -((action - 0.6 * x) ** 2), discount: 0 }));
  for (const x of [-0.8, 0, 0.8]) expect(actionAt(learner, x)).toBeCloseTo(0.6 * x, 0.5);
  expect(Math.abs(actionAt(learner, 0.8) - 0.48)).toBeLessThan(0.15);
});

test('it values a constant reward of 1 at 1 / (1 − γ), and at 1 where every step is the last', () => {
  for (const { discount, value } of [
    { discount: 0.5, value: 2 },
    { discount: 0, value: 1 },
  ]) {
    const learner = toyLearner(rates);
    learnFromRandomActions(learner, () => ({ reward: 1, discount }));
    const learned = learner.networks.critics[0]!.predict([
      tf.tensor2d([[0.2, 1]]),
      tf.tensor2d([[0.1]]),
    ]) as tf.Tensor;
    expect(Math.abs(learned.dataSync()[0]! - value)).toBeLessThan(0.1);
  }
});
