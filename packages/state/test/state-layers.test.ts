import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  createStateModule,
  DrrAtt,
  GruState,
  stateLayerNames,
  stateLayers,
  type StateLayerName,
} from '../src/index.js';

const [batch, n, k] = [3, 4, 3];
const widths: Record<StateLayerName, number> = {
  'drr-p': 10 * k,
  'drr-u': 10 * k,
  'drr-ave': 3 * k,
  'drr-att': 3 * k,
  'decaying-sums': 7 * k,
  gru: k + 64,
  transformer: 2 * k,
};

const uniform = (shape: number[], seed: number) => tf.randomUniform(shape, -1, 1, 'float32', seed);
const mask = tf.tensor2d([
  [1, 1, 1, 1],
  [0, 0, 1, 1],
  [0, 0, 0, 0],
]);
const user = uniform([batch, k], 1);
const items = uniform([batch, n, k], 2);

function moduleOf(name: StateLayerName, seed = 7): LayersModel {
  return createStateModule(stateLayers[name]({ seed, embeddingSize: k, historySize: n }), {
    embeddingSize: k,
    historySize: n,
  });
}

/** Few units, so that each of their weights is tried and none is near a kink of a relu. */
const small = {
  ...stateLayers,
  'drr-att': () => new DrrAtt({ seed: 7, units: 5 }),
  gru: () => new GruState({ seed: 7, units: 4 }),
};

/** Those that begin at random. */
const seeded = ['drr-att', 'gru', 'transformer'] as const;

/** A small module whose weights are all away from where they began. */
function movedModule(name: StateLayerName): LayersModel {
  const module = createStateModule(small[name]({ seed: 7, embeddingSize: k, historySize: n }), {
    embeddingSize: k,
    historySize: n,
  });
  module.setWeights(
    module.getWeights().map((weight, place) => tf.add(weight, uniform(weight.shape, 10 + place))),
  );
  return module;
}

/** Σ c ⊗ state with fixed random c, and its gradients by name: of user, of items and of each weight. */
function lossAndGradients(module: LayersModel, given: { user: tf.Tensor; items: tf.Tensor }) {
  const [user, items] = [tf.variable(given.user), tf.variable(given.items)];
  const weights = module.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const direction = uniform([batch, module.outputs[0]!.shape[1]!], 3);
  const loss = () => tf.sum<tf.Scalar>(tf.mul(direction, module.apply([user, items, mask]) as tf.Tensor));
  const { value, grads } = tf.variableGrads(loss, [user, items, ...weights]);
  const gradients = [user, items, ...weights].map((variable) => grads[variable.name]?.dataSync());
  return { loss: value.dataSync()[0]!, gradients, variables: [user, items, ...weights], lossNow: loss };
}

describe.each(stateLayerNames)('%s', (name) => {
  test('says how long its states are', () => {
    const module = moduleOf(name);
    expect(module.outputs[0]!.shape).toEqual([null, widths[name]]);
    expect((module.predict([user, items, mask]) as tf.Tensor).shape).toEqual([batch, widths[name]]);
    const shapes = [user.shape, items.shape, mask.shape];
    expect(module.layers.at(-1)!.computeOutputShape(shapes)).toEqual([batch, widths[name]]);
  });

  test('calls its inputs and itself what they are', () => {
    const { inputNames, name: own } = moduleOf(name);
    expect([own, ...inputNames]).toEqual(['state', 'user', 'items', 'mask']);
  });

  test('has the gradients of finite differences', () => {
    const module = movedModule(name);
    const { gradients, variables, lossNow } = lossAndGradients(module, { user, items });
    const step = 1e-3;
    for (const [which, variable] of variables.entries()) {
      const values = variable.dataSync().slice();
      const at = (index: number, change: number) => {
        const moved = values.slice();
        moved[index]! += change;
        variable.assign(tf.tensor(moved, variable.shape));
        return lossNow().dataSync()[0]!;
      };
      for (let index = 0; index < values.length; index++) {
        const numeric = (at(index, step) - at(index, -step)) / (2 * step);
        const analytic = gradients[which]?.[index] ?? 0; // DRR-p does not look at the user
        expect([which, index, analytic]).toEqual([which, index, expect.closeTo(numeric, 2)]);
      }
      variable.assign(tf.tensor(values, variable.shape));
    }
  });

  test('neither states nor gradients depend on what stands at padding', () => {
    const module = movedModule(name);
    const here = tf.expandDims(mask, 2);
    const clean = tf.mul(items, here);
    const expected = lossAndGradients(module, { user, items: clean });
    const state = plain((module.predict([user, clean, mask]) as tf.Tensor).dataSync());
    const junk = fc.array(fc.float({ noNaN: true, min: -1e6, max: 1e6 }), {
      minLength: batch * n * k,
      maxLength: batch * n * k,
    });
    fc.assert(
      fc.property(junk, (numbers) => {
        const dirty = tf.add(clean, tf.mul(tf.tensor3d(numbers, [batch, n, k]), tf.sub(1, here)));
        expect(plain((module.predict([user, dirty, mask]) as tf.Tensor).dataSync())).toEqual(state);
        const { gradients } = lossAndGradients(module, { user, items: dirty });
        expect(gradients.map(plain)).toEqual(expected.gradients.map(plain));
        const atPadding = tf.mul(tf.tensor3d(gradients[1]!, [batch, n, k]), tf.sub(1, here));
        expect(plain(atPadding.dataSync()).every((value) => value === 0)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test('without any item nothing is NaN, and items and weights learn nothing', () => {
    const module = movedModule(name);
    const none = tf.zerosLike(mask);
    const weights = module.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const variable = tf.variable(items);
    const { value, grads } = tf.variableGrads(
      () => tf.sum<tf.Scalar>(tf.square(module.apply([user, variable, none]) as tf.Tensor)),
      [variable, ...weights],
    );
    expect(Number.isFinite(value.dataSync()[0])).toBe(true);
    for (const gradient of Object.values(grads)) {
      expect(plain(gradient.dataSync()).every((number) => number === 0)).toBe(true);
    }
  });

  test('is the same after it was saved and loaded', async () => {
    const module = movedModule(name);
    let saved: tf.io.ModelArtifacts | undefined;
    await module.save(
      tf.io.withSaveHandler((artifacts) => {
        saved = artifacts;
        return Promise.resolve({ modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) });
      }),
    );
    const topology = JSON.parse(JSON.stringify(saved!.modelTopology)) as object; // as in a file
    const loaded = await loadLayersModel(tf.io.fromMemory({ ...saved!, modelTopology: topology }));
    expect((loaded.predict([user, items, mask]) as tf.Tensor).dataSync()).toEqual(
      (module.predict([user, items, mask]) as tf.Tensor).dataSync(),
    );
    const configOf = (model: LayersModel) => model.layers.at(-1)!.getConfig();
    expect(configOf(loaded)).toEqual(configOf(module));
  });

  test('begins the same for the same seed, whatever was made before', () => {
    const [first, second] = [moduleOf(name), moduleOf(name)];
    const numbers = (module: LayersModel) => module.getWeights().map((weight) => weight.dataSync());
    expect(numbers(second)).toEqual(numbers(first));
    if (seeded.some((each) => each === name)) expect(numbers(moduleOf(name, 8))).not.toEqual(numbers(first));
    else if (name !== 'decaying-sums') expect(numbers(first)).toEqual([Float32Array.of(1, 1, 1, 1)]);
  });

  test('leaks no tensor, inside a tidy or outside', () => {
    const module = moduleOf(name);
    (module.predict([user, items, mask]) as tf.Tensor).dispose();
    const before = tf.memory().numTensors;
    (module.predict([user, items, mask]) as tf.Tensor).dispose();
    (module.layers.at(-1)!.apply([user, items, mask]) as tf.Tensor).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('refuses inputs that do not belong together', () => {
    const shapes = [
      [
        [null, 4],
        [null, 3, 5],
        [null, 3],
      ],
      [
        [null, 4],
        [null, 3, 4],
        [null, 2],
      ],
      [
        [null, 4],
        [null, 3, 4],
      ],
      [null, 4],
      [
        [null, null],
        [null, 3, null],
        [null, 3],
      ],
      [
        [null, 4],
        [null, null, 4],
        [null, null],
      ],
    ];
    for (const shape of shapes) {
      const message = `inputs: expected shapes [_, k], [_, n, k] and [_, n], got ${JSON.stringify(shape)}`;
      const layer = stateLayers[name]({ seed: 1, embeddingSize: k, historySize: n });
      expect(() => layer.build(shape as number[][])).toThrow(new RangeError(message));
      expect(() => layer.computeOutputShape(shape as number[][])).toThrow(new RangeError(message));
    }
  });
});

/** −0 as 0, which is no difference; nothing for nothing. */
function plain(numbers: ArrayLike<number> = []): number[] {
  return Array.from(numbers, (value) => value + 0);
}

test('sizes and seeds that make no layer are refused by name', () => {
  const layer = stateLayers['drr-ave']({ seed: 1, embeddingSize: k, historySize: n });
  expect(() => createStateModule(layer, { embeddingSize: 4, historySize: 0 })).toThrow(
    new RangeError('historySize: expected a positive integer, got 0'),
  );
  for (const name of seeded) {
    // TensorFlow.js would take 0 for no seed, and begin differently each time.
    expect(() => stateLayers[name]({ seed: 0, embeddingSize: k, historySize: n })).toThrow(
      new RangeError('seed: expected a positive integer, got 0'),
    );
  }
});
