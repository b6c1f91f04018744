import '@tensorflow/tfjs-backend-wasm';
import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';
import { fitGru4Rec, fitSasrec } from '../src/index.js';
import { logOf } from './log-of.js';

const rounds = logOf(Array.from({ length: 8 }, (_, user) => [0, 1, 2, 3].map((step) => (user + step) % 5)));
const small = { size: 4, window: 4, batchSize: 8, epochs: 1 };

test("both learn on TensorFlow.js's own WASM backend as on its cpu backend", async () => {
  const learned = [];
  for (const backend of ['cpu', 'wasm']) {
    await tf.setBackend(backend);
    const [gru, sasrec] = [
      await fitGru4Rec(rounds, { ...small, units: 4, random: Random.fromSeed(1) }),
      await fitSasrec(rounds, { ...small, random: Random.fromSeed(1) }),
    ];
    learned.push([...gru.items.vectors, ...sasrec.items.vectors]);
  }
  const [cpu, wasm] = learned;
  for (const [place, number] of cpu!.entries()) expect(wasm![place]).toBeCloseTo(number, 4);
});
