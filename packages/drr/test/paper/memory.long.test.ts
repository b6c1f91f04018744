import '@tensorflow/tfjs-backend-wasm';
import { activeKernels, installFastKernels, type FastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from '@jest/globals';
import { toyBatch, toyLearner } from './toy-learner.js';

beforeAll(async () => {
  await tf.setBackend('wasm');
  expect((await installFastKernels()).active).toBe(true);
});

/** Where the memory that is in use ends: a megabyte finds room nowhere before. */
function endOfMemory(fast: FastKernels): number {
  const place = fast.allocate(2 ** 18);
  fast.free(place);
  return place;
}

test('16 bytes that stay behind in each of a thousand updates would be seen', () => {
  const fast = activeKernels()!;
  const before = endOfMemory(fast);
  expect(endOfMemory(fast)).toBe(before);
  const blocks = Array.from({ length: 1000 }, () => fast.allocate(4));
  expect(endOfMemory(fast)).toBeGreaterThan(before);
  for (const block of blocks) fast.free(block);
});

test.each([true, false])(
  'fusedStep %s: tensors, and the memory of the kernels, stay as they are over a thousand updates',
  (fusedStep) => {
    const learner = toyLearner({ fusedStep });
    const batch = toyBatch(learner);
    for (let step = 0; step < 100; step++) learner.learn(batch);
    const { numTensors, numDataBuffers } = tf.memory();
    const before = endOfMemory(activeKernels()!);
    for (let step = 0; step < 1000; step++) learner.learn(batch);
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
    expect(endOfMemory(activeKernels()!)).toBe(before);
  },
);
