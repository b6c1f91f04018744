import { fuse } from '@rl-recsys/ddpg';
import { Random } from '@rl-recsys/random';
import { GruState, TransformerState } from '@rl-recsys/state';
import { activeKernels, FastKernels, installFastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { expect, test } from '@jest/globals';
import { DrrLearner, UploadedTables, type Histories } from '../../src/index.js';
import { encoderByHand } from '../../src/paper/encoder-by-hand.js';
import { randomTable } from '../random-table.js';

await tf.setBackend('wasm');
const { active, threads } = await installFastKernels({ threads: 2 });

const [BATCH, N, K] = [64, 10, 32];

test.each([
  ['a GRU', () => new GruState({ seed: 1, units: 64 })],
  ['a transformer', () => new TransformerState({ seed: 1 })],
])('two threads give the bits of one, with %s', (_, stateLayer) => {
  expect({ active, threads }).toEqual({ active: true, threads: 2 });
  const two = activeKernels()!;
  const memory = two['memory'] as { readonly buffer: ArrayBuffer };
  const alone = new FastKernels(two['backend'], memory, two.exports);
  const random = Random.fromSeed('tables');
  const tables = { users: randomTable(9, K, random), items: randomTable(99, K, random) };
  const histories = (): Histories => ({
    user: Array.from({ length: BATCH }, () => random.integer(9)),
    history: Int32Array.from({ length: BATCH * N }, () => random.integer(100) - 1),
  });
  const [before, after] = [histories(), histories()];
  const numbers = (length: number) => Float32Array.from({ length }, () => 2 * random.uniform() - 1);
  const batch = {
    ...{ observation: before, nextObservation: after, action: numbers(BATCH * K) },
    ...{
      reward: numbers(BATCH),
      discount: numbers(BATCH).map(Math.abs),
      weight: numbers(BATCH).map(Math.abs),
    },
  };
  const [states, results] = [[], []] as unknown[][];
  for (const fast of [alone, two]) {
    const learner = new DrrLearner({
      ...{ ...tables, stateLayer, historySize: N, hiddenSize: 64, encoderSignal: 'both' },
      random: Random.fromSeed(1),
    });
    const { networks, targets } = learner.actorCritic;
    const uploaded = new UploadedTables(tables);
    const modules = { online: networks.encoder!, target: targets.encoder! };
    const options = { tables, uploaded, historySize: N, batchSize: BATCH };
    const makeEncoder = encoderByHand(modules, options, Random.fromSeed('drops'))!;
    const update = fuse(learner.actorCritic, BATCH, () => makeEncoder(fast))!;
    for (let step = 0; step < 20; step++) results!.push(update.learn(batch));
    states!.push(learner.state());
    update.free();
    uploaded.dispose();
    learner.dispose();
  }
  expect(states![1]).toEqual(states![0]);
  expect(results!.slice(20)).toEqual(results!.slice(0, 20));
});
