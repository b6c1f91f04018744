import { NO_ITEM } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { createStateModule, GruState } from '@rl-recsys/state';
import { closeTo } from '@rl-recsys/testing';
import { activeKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from '@jest/globals';
import { UploadedTables, type Histories } from '../../src/index.js';
import { lookUp } from '../../src/look-up.js';
import { encoderByHand } from '../../src/paper/encoder-by-hand.js';
import { randomTable } from '../random-table.js';
import '../on-wasm.js';

const [N, K, UNITS, BATCH] = [4, 6, 8, 3];

/** One history that is full, one in part, and one without any item. */
const histories: Histories = {
  user: [1, 0, 2],
  history: Int32Array.of(3, 0, 4, 1, NO_ITEM, NO_ITEM, 2, 2, NO_ITEM, NO_ITEM, NO_ITEM, NO_ITEM),
};

function make() {
  const random = Random.fromSeed('a GRU by hand');
  const tables = { users: randomTable(3, K, random), items: randomTable(5, K, random) };
  const sizes = { embeddingSize: K, historySize: N };
  const [online, target] = [1, 7].map((seed) =>
    createStateModule(new GruState({ seed, units: UNITS }), sizes),
  );
  const uploaded = new UploadedTables(tables);
  const modules = { online: online!, target: target! };
  const encoder = encoderByHand(modules, { tables, uploaded, historySize: N, batchSize: BATCH }, random)!;
  return { tables, modules, uploaded, encoder: encoder(activeKernels()!) };
}

/** Numbers that a loss weighs the states' learned part by. */
const weightOf = Float32Array.from({ length: BATCH * UNITS }, (_, place) => Math.sin(3 * place + 1));

test('states and the gradients of all weights are those of the layer', () => {
  const fast = activeKernels()!;
  const { tables, modules, uploaded, encoder } = make();
  const out = fast.allocate(BATCH * encoder.stateSize);
  const states = () => fast.floats(out, BATCH * encoder.stateSize).slice();
  for (const which of ['target', 'online'] as const) {
    encoder.forward(histories, which, out);
    const expected = tf.tidy(() => modules[which].apply(lookUp(tables, histories, N)) as tf.Tensor);
    expect(Array.from(states())).toEqual(closeTo(expected.dataSync(), 6));
  }

  // The same twice: nothing is left over from the way back.
  const gradient = fast.allocate(weightOf.length);
  for (let time = 0; time < 2; time++) {
    encoder.forward(histories, 'online', out);
    fast.floats(gradient, weightOf.length).set(weightOf);
    encoder.backward(gradient);
    const variables = modules.online.trainableWeights.map((weight) => weight.read() as tf.Variable);
    expect([...encoder.gradients.keys()]).toEqual(variables);
    const { grads } = tf.variableGrads(() => {
      const state = modules.online.apply(lookUp(tables, histories, N)) as tf.Tensor2D;
      const learned = tf.slice(state, [0, K], [BATCH, UNITS]);
      return tf.sum(tf.mul(learned, tf.tensor2d(weightOf, [BATCH, UNITS])));
    }, variables);
    for (const variable of variables) {
      const mine = fast.floats(encoder.gradients.get(variable)!, variable.size);
      expect(Array.from(mine)).toEqual(closeTo(grads[variable.name]!.dataSync(), 5));
      expect(mine.some((value) => Math.abs(value) > 1e-2)).toBe(true);
    }
  }
  for (const address of [out, gradient]) fast.free(address);
  encoder.free();
  encoder.free(); // the room may be somebody else's by now
  expect(() => encoder.forward(histories, 'online', out)).toThrow('forward');
  uploaded.dispose();
});

test('the gradients are finite differences of what it computes', () => {
  const fast = activeKernels()!;
  const { uploaded, encoder } = make();
  const [out, gradient] = [fast.allocate(BATCH * encoder.stateSize), fast.allocate(weightOf.length)];
  const loss = () => {
    encoder.forward(histories, 'online', out);
    const states = fast.floats(out, BATCH * encoder.stateSize);
    return weightOf.reduce((sum, weight, place) => {
      const row = Math.floor(place / UNITS);
      return sum + weight * states[row * encoder.stateSize + K + (place % UNITS)]!;
    }, 0);
  };
  loss();
  fast.floats(gradient, weightOf.length).set(weightOf);
  encoder.backward(gradient);
  for (const [variable, address] of encoder.gradients) {
    for (const place of [0, Math.floor(variable.size / 2), variable.size - 1]) {
      const [expected, own] = [fast.floats(address, variable.size)[place]!, fast.ownAddress(variable)];
      const before = fast.floats(own, variable.size)[place]!;
      const [above, below] = [2 ** -7, -(2 ** -7)].map((change) => {
        fast.floats(own, variable.size)[place] = before + change;
        return loss();
      });
      fast.floats(own, variable.size)[place] = before;
      expect((above! - below!) / 2 ** -6).toBeCloseTo(expected, 3);
    }
  }
  for (const address of [out, gradient]) fast.free(address);
  encoder.free();
  uploaded.dispose();
});

test('histories of another number of users, or of items that there are not, are refused', () => {
  const { encoder, uploaded } = make();
  const fast = activeKernels()!;
  const out = fast.allocate(BATCH * encoder.stateSize);
  const two = { user: [0, 1], history: histories.history.subarray(0, 2 * N) };
  expect(() => encoder.forward(two, 'online', out)).toThrow('user: expected 3 indices, got 2');
  const unknown = { ...histories, history: histories.history.map((item) => (item === 4 ? 5 : item)) };
  expect(() => encoder.forward(unknown, 'online', out)).toThrow(
    'history: expected an index from 0 to 4, got 5',
  );
  fast.free(out);
  encoder.free();
  uploaded.dispose();
});

test('units that do not fill the lanes of a vector are left to autograd', () => {
  const { tables, uploaded, encoder } = make();
  const sizes = { embeddingSize: K, historySize: N };
  const [online, target] = [1, 2].map((seed) => createStateModule(new GruState({ seed, units: 6 }), sizes));
  const modules = { online: online!, target: target! };
  const options = { tables, uploaded, historySize: N, batchSize: BATCH };
  expect(encoderByHand(modules, options, Random.fromSeed(1))).toBeUndefined();
  encoder.free();
  uploaded.dispose();
});
