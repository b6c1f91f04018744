import '@tensorflow/tfjs-backend-wasm';
import { installFastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect } from '@jest/globals';
import { testUpdates } from './updates.suite.js';

beforeAll(async () => {
  await tf.setBackend('wasm');
  expect((await installFastKernels()).active).toBe(true);
});

testUpdates(200);
