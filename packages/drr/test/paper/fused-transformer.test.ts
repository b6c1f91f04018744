import '../on-wasm.js';
import { NO_ITEM } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { createStateModule, learningCall, TransformerState } from '@rl-recsys/state';
import { activeKernels, type FastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, test } from '@jest/globals';
import { UploadedTables, type EmbeddingTables, type Histories } from '../../src/index.js';
import { lookUp } from '../../src/look-up.js';
import { fusedTransformer } from '../../src/paper/fused-transformer.js';
import { randomTable } from '../random-table.js';

/** How long vectors and histories are, and what the layer is. */
interface Shape {
  readonly k: number;
  readonly n: number;
  readonly heads: number;
  readonly dropout: number;
}

const shapes: Shape[] = [
  { k: 4, n: 3, heads: 1, dropout: 0 },
  { k: 4, n: 3, heads: 2, dropout: 0.3 },
  { k: 6, n: 4, heads: 2, dropout: 0 },
  { k: 10, n: 5, heads: 1, dropout: 0.3 },
  { k: 10, n: 5, heads: 2, dropout: 0.3 },
];
const batchSize = 7;
const [users, items] = [3, 6];

const tablesOf = (k: number, random = Random.fromSeed('tables')): EmbeddingTables => ({
  users: randomTable(users, k, random),
  items: randomTable(items, k, random),
});

/** Seven users: a full history, one of one item at its beginning, an empty one, and others, of which one has a gap. */
function historiesOf(n: number, seed = 'histories'): Histories {
  const random = Random.fromSeed(seed);
  const counts = [n, 1, 0, 2, n, n - 1, 2];
  const history = counts.flatMap((count) =>
    Array.from({ length: n }, (_, place) => (place < n - count ? NO_ITEM : random.integer(items))),
  );
  history.splice(n, n, ...history.slice(n, 2 * n).reverse());
  history[n * batchSize - 1] = NO_ITEM; // the newest item is not at the end
  history[n * 4 + 1] = NO_ITEM;
  return { user: counts.map(() => random.integer(users)), history: Int32Array.from(history) };
}

/** Every weight of a layer at random, in its order. */
function weightsOf({ k, n }: Shape, seed = 'weights'): Float32Array[] {
  const random = Random.fromSeed(seed);
  const lengths = [n * k, ...[k, k, k].map((size) => size * k), k, k, k * k, k, k * k, k, k, k];
  return lengths.map((length) => Float32Array.from({ length }, () => random.normal() / 2));
}

/** A module of the layer with these weights. */
function moduleOf({ k, n, heads, dropout }: Shape, weights: Float32Array[]): LayersModel {
  const layer = new TransformerState({ seed: 1, heads, dropout });
  const module = createStateModule(layer, { embeddingSize: k, historySize: n });
  tf.tidy(() =>
    module.setWeights(weights.map((values, i) => tf.tensor(values, module.weights[i]!.shape as number[]))),
  );
  return module;
}
const layerOf = (module: LayersModel) => module.outputs[0]!.sourceLayer as TransformerState;
const variablesOf = (module: LayersModel) => module.weights.map((weight) => weight.read() as tf.Variable);

const directionOf = ({ k }: Shape) => {
  const random = Random.fromSeed('direction');
  return Float32Array.from({ length: batchSize * k }, () => random.normal());
};

/** Everything that an encoder by hand is made of and writes to. */
function byHand(shape: Shape, seed: number | string = 'drops') {
  const fast = activeKernels()!;
  const { k, n } = shape;
  const tables = tablesOf(k);
  const uploaded = new UploadedTables(tables);
  const random = Random.fromSeed(seed);
  const modules = [weightsOf(shape), weightsOf(shape, 'target')].map((each) => moduleOf(shape, each));
  const [online, target] = modules as [LayersModel, LayersModel];
  const layers = { online: layerOf(online), target: layerOf(target) };
  const encoder = fusedTransformer(fast, { tables, uploaded, historySize: n, batchSize }, layers, random);
  const [out, gradient] = [fast.allocate(batchSize * 2 * k), fast.allocate(batchSize * k)];
  fast.floats(gradient, batchSize * k).set(directionOf(shape));
  return {
    ...{ fast, encoder, online, target, random, gradient, out },
    states: (histories: Histories, weights: 'online' | 'target' = 'online') => {
      encoder.forward(histories, weights, out);
      return [...fast.floats(out, batchSize * 2 * k)];
    },
    gradients: () => {
      encoder.backward(gradient);
      return variablesOf(online).map((variable) => [
        ...fast.floats(encoder.gradients.get(variable)!, variable.size),
      ]);
    },
    free: () => {
      encoder.free();
      for (const address of [out, gradient]) fast.free(address);
      uploaded.dispose();
      for (const module of modules) module.dispose();
    },
  };
}

/** States and gradients by the layer itself, on a backend; `learns` says whether it drops. */
async function byLayer(
  backend: 'wasm' | 'cpu',
  shape: Shape,
  histories: Histories,
  { weights = weightsOf(shape), random = Random.fromSeed('drops'), learns = true } = {},
): Promise<{ states: number[]; gradients: number[][] }> {
  const before = tf.getBackend();
  await tf.setBackend(backend);
  const module = moduleOf(shape, weights);
  const result = tf.tidy(() => {
    const inputs = lookUp(tablesOf(shape.k), histories, shape.n);
    const direction = tf.tensor2d(directionOf(shape), [batchSize, shape.k]);
    let states: number[] = [];
    const { grads } = tf.variableGrads(() => {
      const state = module.apply(inputs, learns ? learningCall(random) : {}) as tf.Tensor2D;
      states = [...state.dataSync()];
      return tf.sum(tf.mul(direction, tf.slice(state, [0, shape.k], [-1, -1])));
    }, variablesOf(module));
    return { states, gradients: variablesOf(module).map(({ name }) => [...grads[name]!.dataSync()]) };
  });
  module.dispose();
  await tf.setBackend(before);
  return result;
}

/** Expects numbers within 1e-4 of the largest of them. */
function expectNear(got: readonly number[], expected: readonly number[]): void {
  expect(got.length).toBe(expected.length);
  const most = Math.max(...expected.map(Math.abs));
  for (const [place, number] of expected.entries()) {
    const isNear = Math.abs(got[place]! - number) <= 1e-4 * most;
    if (!isNear) throw new Error(`[${place}]: expected ${number}, got ${got[place]}`);
  }
}

/** Where the memory that is in use ends: a megabyte finds room nowhere before. */
function endOfMemory(fast: FastKernels): number {
  const place = fast.allocate(2 ** 18);
  fast.free(place);
  return place;
}

describe.each(shapes)('k = $k, n = $n, $heads heads, dropout $dropout', (shape) => {
  const histories = historiesOf(shape.n);

  test.each(['wasm', 'cpu'] as const)(
    'states and gradients are those of the layer on %s',
    async (backend) => {
      const hand = byHand(shape);
      const masks = Random.fromSeed('drops');
      // Twice, since masks are drawn anew from where the stream stands.
      for (const seed of ['histories', 'others']) {
        const seen = historiesOf(shape.n, seed);
        const expected = await byLayer(backend, shape, seen, { random: masks });
        expectNear(hand.states(seen), expected.states);
        const gradients = hand.gradients();
        expect(gradients.length).toBe(12);
        for (const [place, gradient] of expected.gradients.entries()) {
          expect(gradient.some((value) => value !== 0)).toBe(true);
          expectNear(gradients[place]!, gradient);
        }
        expect(hand.random.state()).toEqual(masks.state());
      }
      hand.free();
    },
  );

  test('states by the target weights drop nothing, draw nothing and come between nothing', async () => {
    const hand = byHand(shape);
    const before = hand.random.state();
    const expected = await byLayer('cpu', shape, histories, {
      ...{ weights: weightsOf(shape, 'target'), learns: false },
    });
    expectNear(hand.states(histories, 'target'), expected.states);
    expect(hand.random.state()).toEqual(before);
    hand.states(histories);
    const gradients = hand.gradients();
    hand.states(historiesOf(shape.n, 'others'), 'target');
    expect(hand.gradients()).toEqual(gradients);
    hand.free();
  });

  test('variables may move, and be others than they were', async () => {
    const hand = byHand(shape);
    hand.states(histories);
    const weights = weightsOf(shape, 'changed');
    tf.tidy(() =>
      hand.online.setWeights(
        weights.map((values, i) => tf.tensor(values, variablesOf(hand.online)[i]!.shape)),
      ),
    );
    hand.random.restore(Random.fromSeed('drops').state());
    const expected = await byLayer('cpu', shape, histories, { weights });
    expectNear(hand.states(histories), expected.states);
    for (const [place, gradient] of hand.gradients().entries()) {
      expectNear(gradient, expected.gradients[place]!);
    }
    hand.free();
  });
});

test('gradients are those of small differences, under the same masks', () => {
  const shape = shapes[4]!;
  const hand = byHand(shape);
  const histories = historiesOf(shape.n);
  const direction = directionOf(shape);
  const drops = hand.random.state();
  const loss = () => {
    hand.random.restore(drops);
    const states = hand.states(histories);
    return direction.reduce((sum, each, at) => {
      const [row, column] = [Math.floor(at / shape.k), at % shape.k];
      return sum + each * states[row * 2 * shape.k + shape.k + column]!;
    }, 0);
  };
  loss();
  const gradients = hand.gradients();
  for (const [place, variable] of variablesOf(hand.online).entries()) {
    for (const at of [0, variable.size >> 1, variable.size - 1]) {
      const changed = (by: number) => {
        const values = hand.fast.floats(hand.fast.addressOf(variable), variable.size);
        const kept = values[at]!;
        values[at] = kept + by;
        const result = loss();
        hand.fast.floats(hand.fast.addressOf(variable), variable.size)[at] = kept;
        return result;
      };
      const numeric = (changed(2e-3) - changed(-2e-3)) / 4e-3;
      const error = Math.abs(gradients[place]![at]! - numeric);
      expect([variable.name, at, error / Math.max(1, Math.abs(numeric)) < 2e-2]).toEqual([
        variable.name,
        at,
        true,
      ]);
    }
  }
  hand.free();
});

test('without any item of anybody h is 0, and so is each gradient', () => {
  for (const shape of shapes) {
    const hand = byHand(shape);
    const { history, user } = historiesOf(shape.n);
    const states = hand.states({ user, history: history.map(() => NO_ITEM) });
    const { vectors } = tablesOf(shape.k).users;
    for (const [row, index] of Array.from(user).entries()) {
      const [state, first] = [states.slice(row * 2 * shape.k, (row + 1) * 2 * shape.k), index * shape.k];
      expect(state).toEqual([...vectors.slice(first, first + shape.k), ...new Float32Array(shape.k)]);
    }
    for (const gradient of hand.gradients()) expect(gradient.every((value) => value === 0)).toBe(true);
    hand.free();
  }
});

test('only what learns has gradients, and the state gradient stays as it was', () => {
  const shape = shapes[0]!;
  const hand = byHand(shape);
  expect(hand.encoder.stateSize).toBe(8);
  expect(hand.encoder.learnsFrom).toEqual({ first: 4, count: 4 });
  expect([...hand.encoder.gradients.keys()].map(({ id }) => id).sort()).toEqual(
    variablesOf(hand.online)
      .map(({ id }) => id)
      .sort(),
  );
  hand.states(historiesOf(shape.n));
  hand.gradients();
  expect(hand.fast.floats(hand.gradient, batchSize * 4)).toEqual(directionOf(shape));
  hand.free();
});

test('histories that cannot be are refused before anything is drawn', () => {
  const shape = shapes[1]!;
  const hand = byHand(shape);
  const { user, history } = historiesOf(shape.n);
  const before = hand.random.state();
  expect(() => hand.states({ user, history: history.map(() => 6) })).toThrow(
    new RangeError('history: expected an index from 0 to 5, got 6'),
  );
  expect(() => hand.states({ user: Array.from(user).fill(3), history })).toThrow(
    new RangeError('user: expected an index from 0 to 2, got 3'),
  );
  expect(() => hand.states({ user, history: history.slice(1) })).toThrow(
    new RangeError('history: expected 3 indices for each user, got 20 for 7'),
  );
  expect(() => hand.states({ user: [0], history: history.slice(0, 3) })).toThrow(
    new RangeError('user: expected 7 indices, got 1'),
  );
  expect(hand.random.state()).toEqual(before);
  hand.free();
});

test('no tensor and no memory stays behind in a thousand passes', () => {
  const shape = shapes[4]!;
  const hand = byHand(shape);
  const histories = historiesOf(shape.n);
  const pass = () => {
    for (const weights of ['target', 'online'] as const) hand.encoder.forward(histories, weights, hand.out);
    hand.encoder.backward(hand.gradient);
  };
  pass();
  const { numTensors, numDataBuffers } = tf.memory();
  const before = endOfMemory(hand.fast);
  for (let step = 0; step < 1000; step++) pass();
  expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
  expect(endOfMemory(hand.fast)).toBe(before);
  hand.free();
});

test('its room is given back once, and it is of no use then', () => {
  const shape = shapes[1]!;
  byHand(shape).free(); // the first may need more than others after it
  const fast = activeKernels()!;
  const before = endOfMemory(fast);
  const { numTensors } = tf.memory();
  for (let step = 0; step < 200; step++) {
    const hand = byHand(shape);
    hand.encoder.free();
    hand.free();
  }
  expect(endOfMemory(fast)).toBe(before);
  expect(tf.memory().numTensors).toBe(numTensors);
  const hand = byHand(shape);
  hand.encoder.free();
  // What is freed twice would be given to two.
  const [one, other] = [fast.allocate(batchSize * 4), fast.allocate(batchSize * 4)];
  expect(one).not.toBe(other);
  expect(() => hand.states(historiesOf(shape.n))).toThrow('forward: expected a transformer by hand in use');
  expect(() => hand.encoder.backward(hand.gradient)).toThrow(
    'backward: expected a transformer by hand in use',
  );
  for (const address of [one, other]) fast.free(address);
  hand.free();
});
