import * as tf from '@tensorflow/tfjs-core';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import { describe, expect, test } from '@jest/globals';
import type { ActorCritic } from '../src/index.js';
import { toyBatch, toyLearner, weightsOf } from './toy-actor-critic.js';

const smoothing = (deviation: number, clip: number, seed = 1) => ({
  targetSmoothing: { deviation, clip, random: Random.fromSeed(seed) },
});

/** y of each transition, from the TD errors and the first critic's own values. */
function targetsOf(learner: ActorCritic, batch = toyBatch()): number[] {
  const value = learner.networks.critics[0]!.predict([batch.observation[0]!, batch.action]) as tf.Tensor;
  return Array.from(tf.add(learner.tdError(batch), tf.squeeze(value, [1])).dataSync());
}

function valuesAtTarget(learner: ActorCritic, nextAction: tf.Tensor): Float32Array[] {
  const [next] = toyBatch().nextObservation;
  return learner.targets.critics.map((critic) =>
    (critic.predict([next!, nextAction]) as tf.Tensor).dataSync<'float32'>(),
  );
}

describe('two critics', () => {
  test('begin apart, learn both, and the smaller makes the target', () => {
    const learner = toyLearner({ criticCount: 2, seed: 4 });
    const [next] = toyBatch().nextObservation;
    const [first, second] = valuesAtTarget(learner, learner.targets.actor.predict(next!) as tf.Tensor);
    const least = Array.from(first!, (value, row) => Math.min(value, second![row]!));
    expect(least).not.toEqual(Array.from(first!));
    expect(targetsOf(learner)).toEqual(closeTo([1 + 0.9 * least[0]!, -1 + 0.9 * least[1]!, 0.5], 6));

    const before = weightsOf(learner, 'critic');
    learner.learn(toyBatch());
    const after = weightsOf(learner, 'critic');
    const half = before.length / 2;
    expect(after.slice(0, half)).not.toEqual(before.slice(0, half));
    expect(after.slice(half)).not.toEqual(before.slice(half));
  });
});

describe('policy delay', () => {
  test('updates actor and targets at every second update of the critic only', () => {
    const learner = toyLearner({ policyDelay: 2, tau: 0.5 });
    const start = [weightsOf(learner, 'actor'), weightsOf(learner, 'critic', 'targets')];
    expect(learner.learn(toyBatch()).actorLoss).toBeUndefined();
    expect([weightsOf(learner, 'actor'), weightsOf(learner, 'critic', 'targets')]).toEqual(start);
    expect(learner.learn(toyBatch()).actorLoss).toBeDefined();
    expect(weightsOf(learner, 'actor')).not.toEqual(start[0]);
    expect(weightsOf(learner, 'critic', 'targets')).not.toEqual(start[1]);
  });
});

describe('target smoothing', () => {
  test('adds clipped noise to the target action, and keeps it in [−1, 1]', () => {
    // So much noise that it is always clipped: the action is pushed by exactly ±0.3, or ±5 and then to ±1.
    for (const { clip, pushed } of [
      { clip: 0.3, pushed: 0.3 },
      { clip: 5, pushed: 1 },
    ]) {
      const learner = toyLearner(smoothing(1e9, clip));
      const { actor } = learner.targets;
      actor.setWeights(actor.getWeights().map((weight) => tf.zerosLike(weight))); // π' = 0
      const up = valuesAtTarget(learner, tf.fill([3, 1], pushed))[0]!;
      const down = valuesAtTarget(learner, tf.fill([3, 1], -pushed))[0]!;
      const targets = targetsOf(learner);
      for (const [row, reward] of [1, -1].entries()) {
        const possible = [reward + 0.9 * up[row]!, reward + 0.9 * down[row]!];
        expect(Math.min(...possible.map((value) => Math.abs(value - targets[row]!)))).toBeLessThan(1e-6);
      }
    }
  });

  test('depends on the seed, and a restored learner goes on with the same noise', () => {
    const options = { ...smoothing(0.2, 0.5), policyDelay: 2, criticCount: 2 };
    const learner = toyLearner(options);
    for (let step = 0; step < 3; step++) learner.learn(toyBatch());
    const copy = toyLearner({ ...options, ...smoothing(0.2, 0.5, 9) });
    copy.restore(learner.state());
    for (let step = 0; step < 3; step++) expect(copy.learn(toyBatch())).toEqual(learner.learn(toyBatch()));
  });
});

test('the action penalty pulls a saturated actor back, and is no part of the loss reported', () => {
  const [free, held] = [0, 100].map((actionPenalty) => {
    const learner = toyLearner({ actionPenalty, actorLearningRate: 1e-2, criticLearningRate: 1e-60 });
    const bias = learner.networks.actor.trainableWeights.at(-1)!.read() as tf.Variable;
    bias.assign(tf.tensor1d([2])); // tanh(2) = 0.96
    const loss = learner.learn(toyBatch()).actorLoss;
    for (let step = 0; step < 50; step++) learner.learn(toyBatch());
    const action = learner.act(toyBatch().observation).dataSync();
    return { loss, size: Math.max(...action.map(Math.abs)) };
  });
  expect(held!.loss).toBe(free!.loss);
  expect(held!.size).toBeLessThan(0.95);
  expect(free!.size).toBeGreaterThan(0.96);
});

test('learning leaks nothing with all of it on', () => {
  const learner = toyLearner({
    ...smoothing(0.2, 0.5),
    criticCount: 2,
    policyDelay: 2,
    maxGradientNorm: 0.1,
    actionPenalty: 1,
  });
  const batch = toyBatch();
  const before = tf.memory().numTensors;
  for (let step = 0; step < 4; step++) learner.learn(batch);
  expect(tf.memory().numTensors).toBe(before);
});
