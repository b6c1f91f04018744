import '@tensorflow/tfjs-backend-wasm';
import { beforeAll, expect, test } from '@jest/globals';
import { historyScorer, type SavedSasrec } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { installFastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { fitSasrec } from '../src/index.js';
import { rounds } from './rounds.js';

beforeAll(async () => {
  await tf.setBackend('wasm');
  await installFastKernels({ relaxedSimd: false });
});

function bestNext(saved: SavedSasrec, ...items: number[]): number {
  const scores = new Float32Array(saved.itemCount);
  const ratings = Float32Array.from(items, (_, place) => (place % 2 === 0 ? 5 : 2));
  historyScorer(saved).score({ items: Int32Array.from(items), ratings }, scores);
  return scores.indexOf(Math.max(...scores));
}

test('it learns an order that depends on more than the last item', async () => {
  const saved = await fitSasrec(rounds, {
    ...{ size: 8, window: 8, batchSize: 16, dropout: 0, random: Random.fromSeed(1) },
    ...{ epochs: 40, learningRate: 0.01, disliked: 1 },
  });
  for (let item = 0; item < 10; item++) {
    expect(bestNext(saved, item, (item + 1) % 10, (item + 2) % 10)).toBe((item + 3) % 10);
    expect(bestNext(saved, (item + 3) % 10, (item + 2) % 10, (item + 1) % 10)).toBe(item);
  }
});
