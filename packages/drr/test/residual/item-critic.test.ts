import { installFastKernels } from '@rl-recsys/wasm-kernels';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from '@jest/globals';
import { observe } from '../../src/residual/observed.js';
import { createNetworks } from '../../src/residual/networks.js';
import { shareTensors } from '../../src/residual/shared-tensors.js';
import { randomTable } from '../random-table.js';
import { blocks, sizes } from './toy.js';

const users = randomTable(sizes.users, 3, Random.fromSeed('users'));
const items = randomTable(sizes.items, 3, Random.fromSeed('items'));
const seen = {
  user: [1, 3],
  history: Int32Array.of(-1, 5, 2, 0, 1, 4),
  rewards: Float32Array.of(0, 1, -0.5, 1, 1, -1),
};
const candidates = [
  [0, 2, 5, 5],
  [1, 0, 3, 4],
];

function toyCritic() {
  const random = Random.fromSeed('networks');
  const options = { users, items, blocks, historySize: sizes.historySize, hiddenSize: 5, random };
  const shared = shareTensors(options);
  const [critic] = createNetworks(options, shared).critics;
  const observed = observe(shared.users, items, sizes.historySize, seen);
  critic.fit(observed, tf.tensor1d([2, 3], 'int32'));
  return { critic, observed };
}

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  test('the values of several items are those of each', async () => {
    await tf.setBackend(backend);
    if (backend === 'wasm') expect((await installFastKernels()).active).toBe(true);
    const { critic, observed } = toyCritic();
    const all = critic.valuesOf(observed, tf.tensor1d(candidates.flat(), 'int32'));
    expect(all.shape).toEqual([2, 4]);
    for (let place = 0; place < 4; place++) {
      const shown = tf.tensor1d([candidates[0]![place]!, candidates[1]![place]!], 'int32');
      const each = Array.from(critic.value(observed, shown).dataSync());
      expect(Array.from(tf.slice(all, [0, place], [2, 1]).dataSync())).toEqual(closeTo(each, 5));
      expect(new Set(each).size).toBe(2);
    }
    await tf.setBackend('cpu');
  });
});
