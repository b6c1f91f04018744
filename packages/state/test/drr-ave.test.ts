import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { closeTo } from '@rl-recsys/testing';
import { describe, expect, test } from '@jest/globals';
import { createStateModule, DrrAve } from '../src/index.js';

const [k, n] = [2, 3];
const user = [[2, -1]];
const items = [
  [
    [9, 9], // padding
    [1, 3],
    [5, 1],
  ],
];
const mask = [[0, 1, 1]];

function stateModule(weights?: number[]): LayersModel {
  const module = createStateModule(new DrrAve({}), { embeddingSize: k, historySize: n });
  if (weights) module.setWeights([tf.tensor1d(weights)]);
  return module;
}

function stateOf(module: LayersModel, inputs = { user, items, mask }): number[] {
  return tf.tidy(() => {
    const tensors = [tf.tensor2d(inputs.user), tf.tensor3d(inputs.items), tf.tensor2d(inputs.mask)];
    return Array.from((module.predict(tensors) as tf.Tensor).dataSync());
  });
}

describe('the state', () => {
  test('is [u, u ⊗ g, g] with g the mean of the items that there are', () => {
    // g = ([1, 3] + [5, 1]) / 2 = [3, 2]
    expect(stateOf(stateModule())).toEqual(closeTo([2, -1, 6, -2, 3, 2]));
  });

  test('weighs each position', () => {
    // g = (0.5 · [1, 3] + 2 · [5, 1]) / 2 = [5.25, 1.75]
    expect(stateOf(stateModule([7, 0.5, 2]))).toEqual(closeTo([2, -1, 10.5, -1.75, 5.25, 1.75]));
  });

  test('of a user without any item has g = 0', () => {
    expect(stateOf(stateModule(), { user, items, mask: [[0, 0, 0]] })).toEqual([2, -1, 0, -0, 0, 0]);
  });

  test('never depends on what stands at padding', () => {
    const other = [[[-1e6, 1e6], ...items[0]!.slice(1)]];
    expect(stateOf(stateModule(), { user, items: other, mask })).toEqual(stateOf(stateModule()));
  });
});

test('the gradient of the position weights matches finite differences', () => {
  const random = [0.3, -1.2, 0.7, 0.1, -0.4, 0.9];
  const loss = (weights: number[]) => {
    const state = stateOf(stateModule(weights));
    return state.reduce((sum, value, index) => sum + random[index]! * value ** 2, 0);
  };
  const module = stateModule([1, 0.5, 2]);
  const { grads } = tf.variableGrads(() =>
    tf.tidy(() => {
      const inputs = [tf.tensor2d(user), tf.tensor3d(items), tf.tensor2d(mask)];
      const state = module.apply(inputs) as tf.Tensor2D;
      return tf.sum<tf.Scalar>(tf.mul(tf.square(state), tf.tensor1d(random)));
    }),
  );
  const analytic = Array.from(Object.values(grads)[0]!.dataSync());
  const step = 1e-2; // the loss is quadratic in the weights, so central differences are exact
  const numeric = [0, 1, 2].map((position) => {
    const at = (change: number) => loss([1, 0.5, 2].map((w, index) => w + (index === position ? change : 0)));
    return (at(step) - at(-step)) / (2 * step);
  });
  expect(analytic[0]).toBe(0); // padding teaches its position nothing
  for (let position = 0; position < 3; position++) {
    expect(Math.abs(analytic[position]! - numeric[position]!)).toBeLessThan(1e-2 * Math.abs(numeric[2]!));
  }
});

test('a saved module is the same module when loaded', async () => {
  const module = stateModule([0.25, -1.5, 3]);
  let saved: tf.io.ModelArtifacts | undefined;
  await module.save(
    tf.io.withSaveHandler((artifacts) => {
      saved = artifacts;
      return Promise.resolve({ modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) });
    }),
  );
  const loaded = await loadLayersModel(tf.io.fromMemory(saved!));
  expect(stateOf(loaded)).toEqual(stateOf(module));
});

test('applying it leaks no tensor', () => {
  const module = stateModule();
  stateOf(module);
  const before = tf.memory().numTensors;
  stateOf(module);
  expect(tf.memory().numTensors).toBe(before);
});

test('inputs that do not belong together are refused', () => {
  const layer = new DrrAve({});
  expect(() =>
    layer.build([
      [null, 4],
      [null, 3, 5],
      [null, 3],
    ]),
  ).toThrow('inputs: expected shapes [_, k], [_, n, k] and [_, n], got [[null,4],[null,3,5],[null,3]]');
  expect(() => createStateModule(layer, { embeddingSize: 4, historySize: 0 })).toThrow(
    'historySize: expected a positive integer, got 0',
  );
});
