import { input, layers, model, type LayersModel } from '@tensorflow/tfjs-layers';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from '@jest/globals';
import { ActorCritic, createActor, fuse } from '../src/index.js';
import { toyBatch } from './toy-actor-critic.js';
import './on-wasm.js';

type Symbolic = ReturnType<typeof input>;

/** Critics that are not of the shape of `createCritic`, though all but the last are dense at both ends. */
const critics: Record<string, (state: Symbolic, action: Symbolic) => unknown> = {
  'adds the action': (state, action) =>
    dense(1).apply(layers.add().apply([dense(1, 'relu').apply(state) as Symbolic, action])),
  'has the action before the state': (state, action) =>
    dense(1).apply(layers.concatenate().apply([action, dense(3).apply(state) as Symbolic])),
  'has the action twice': (state, action) =>
    dense(1).apply(layers.concatenate().apply([dense(3).apply(state) as Symbolic, action, action])),
  'sees the state as it is': (state, action) => dense(1).apply(layers.concatenate().apply([state, action])),
  'is not dense at its end': (state, action) =>
    dense(1, 'softplus').apply(layers.concatenate().apply([dense(3).apply(state) as Symbolic, action])),
};

function dense(units: number, activation: 'linear' | 'relu' | 'softplus' = 'linear'): layers.Layer {
  return layers.dense({ units, activation, kernelInitializer: 'ones' });
}

function criticOf(make: (typeof critics)[string]): LayersModel {
  const [state, action] = [input({ shape: [2] }), input({ shape: [1] })];
  return model({ inputs: [state, action], outputs: make(state, action) as Symbolic });
}

const random = Random.fromSeed(1);
const actor = () => createActor({ stateSize: 2, actionSize: 1, hiddenSize: 4, random });

describe.each(Object.entries(critics))('a critic that %s', (_, make) => {
  test('is asked as TensorFlow.js runs it, learns, and has no update by hand', () => {
    const learner = new ActorCritic(() => ({ actor: actor(), critics: [criticOf(make)] }));
    const batch = toyBatch();
    const { observation, action } = batch;
    const expected = learner.networks.critics[0]!.predict([...observation, action]) as tf.Tensor;
    expect(Array.from(learner.value(batch).dataSync())).toEqual(closeTo(expected.dataSync(), 5));
    expect(fuse(learner, 3)).toBeUndefined();
    const before = learner.variables.map((variable) => variable.dataSync().slice());
    learner.learn(batch);
    expect(learner.variables.map((variable) => variable.dataSync())).not.toEqual(before);
    learner.dispose();
  });
});

test('an encoder may observe several tensors', () => {
  const encoder = () => {
    const [first, second] = [input({ shape: [2] }), input({ shape: [2] })];
    return model({ inputs: [first, second], outputs: layers.add().apply([first, second]) as Symbolic });
  };
  const critic = criticOf(critics['sees the state as it is']!);
  const learner = new ActorCritic(() => ({ encoder: encoder(), actor: actor(), critics: [critic] }));
  const [x, y] = [tf.tensor2d([[1, 2]]), tf.tensor2d([[10, 20]])];
  const value = learner.value({ observation: [x, y], action: tf.tensor2d([[100]]) });
  expect(value.dataSync()[0]).toBeCloseTo(133, 3); // all weights are 1
});
