import '@tensorflow/tfjs-backend-wasm';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { fitSlit, historyScorer, type SavedSasrec } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { installFastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { fitSasrec } from '../src/index.js';
import { nextItemLoss } from '../src/next-item-loss.js';
import { SasrecModel } from '../src/sasrec-model.js';
import { SequenceWindows } from '../src/sequence-windows.js';
import { numbersOf } from '../src/variables.js';
import { logOf } from './log-of.js';
import { rounds } from './rounds.js';

beforeAll(async () => {
  await tf.setBackend('wasm');
  await installFastKernels({ relaxedSimd: false });
});

const small = { size: 8, window: 8, batchSize: 16, dropout: 0 };
const fit = (options: object = {}) => fitSasrec(rounds, { ...small, random: Random.fromSeed(1), ...options });

/** A model in which nothing stays at a value that hides it. */
function movedModel(random: Random): SasrecModel {
  const start = Float32Array.from({ length: 80 }, () => random.normal());
  const sizes = { itemCount: 10, size: 8, window: 8, blocks: 2, heads: 2 };
  const model = new SasrecModel(sizes, start, random);
  for (const variable of model.learned) {
    const moved = variable.dataSync().map((value) => value + 0.3 * random.normal());
    variable.assign(tf.tensor(moved, variable.shape));
  }
  return model;
}

test('what is saved scores as the model that was trained', () => {
  const random = Random.fromSeed(2);
  const model = movedModel(random);
  const { items: vectors, ...numbers } = numbersOf(model.variables);
  const saved: SavedSasrec = {
    ...{ kind: 'sasrec', name: 'test', itemCount: 10, window: 8, heads: 2, likedFrom: 4, fittedOn: [] },
    ...{ inputScale: model.inputScale, items: { rows: 10, size: 8, vectors }, ...numbers },
    blocks: model.blocks.map(numbersOf),
  };
  // The second window is shorter: what fills it up must not count.
  const batch = new SequenceWindows(rounds, 8, 1).batch([
    { start: 0, end: 5 },
    { start: 6, end: 9 },
  ]);
  const all = { items: undefined, hidden: batch.targets, correction: 0 };
  const loss = nextItemLoss(model, batch, all, { dropout: 0, disliked: 0.5, random });
  let [expected, total] = [0, 0];
  const scorer = historyScorer(saved);
  const scores = new Float32Array(10);
  for (const { start, lengths } of [
    { start: 0, lengths: [1, 2, 3, 4] },
    { start: 6, lengths: [1, 2] },
  ]) {
    for (const length of lengths) {
      const [items, ratings] = [rounds.items, rounds.ratings].map((all) => all.slice(start, start + length));
      scorer.score({ items: Int32Array.from(items!), ratings: Float32Array.from(ratings!) }, scores);
      const weight = length % 2 === 0 ? 1 : 0.5;
      const sum = scores.reduce((all, score) => all + Math.exp(score), 0);
      expected += weight * (Math.log(sum) - scores[rounds.items[start + length]!]!);
      total += weight;
    }
  }
  expect(loss.dataSync()[0]).toBeCloseTo(expected / total, 4);
  tf.dispose([loss, model.learned]);
});

test('what comes later changes nothing of what was foretold before', () => {
  const model = movedModel(Random.fromSeed(3));
  const headsOf = (items: number[]) => {
    const log = logOf([items]);
    const batch = new SequenceWindows(log, 8, 1).batch([{ start: 0, end: items.length }]);
    return tf.tidy(() => model.heads(batch, (x) => x).arraySync());
  };
  const [one, other] = [headsOf([3, 1, 4, 5, 9]), headsOf([3, 1, 7, 2, 9])];
  expect(other.slice(0, 2)).toEqual(one.slice(0, 2));
  expect(other[2]).not.toEqual(one[2]);
  tf.dispose(model.learned);
});

test('the same seed gives the same numbers, and another others; all is told of, and nothing leaks', async () => {
  const { numTensors } = tf.memory();
  const shares: number[] = [];
  const startFrom = await fitSlit(rounds);
  const options = {
    ...{ epochs: 2, negatives: 4, dropout: 0.3, startFrom },
    onProgress: (share: number) => shares.push(share),
  };
  const [one, same, other] = [
    await fit(options),
    await fit(options),
    await fit({ ...options, random: Random.fromSeed(2) }),
  ];
  expect(same).toEqual(one);
  expect(other.blocks).not.toEqual(one.blocks);
  expect(shares.slice(0, 10).at(-1)).toBe(1);
  expect(tf.memory().numTensors).toBe(numTensors);
});

test('a signal ends it with its reason', async () => {
  const stop = new AbortController();
  const { numTensors } = tf.memory();
  const onProgress = () => stop.abort(new Error('enough'));
  await expect(fit({ onProgress, signal: stop.signal })).rejects.toThrow('enough');
  expect(tf.memory().numTensors).toBe(numTensors);
});

test('vectors are as long as heads can share, where a linear model has fewer factors than asked for', async () => {
  const few = logOf([[0, 1, 2, 3, 4]], 5);
  const options = { ...small, random: Random.fromSeed(1), startFrom: await fitSlit(few), epochs: 1 };
  expect((await fitSasrec(few, options)).items.size).toBe(4);
  await expect(fitSasrec(few, { ...options, heads: 8 })).rejects.toThrow(
    'heads: expected at most 5 for 5 items, got 8',
  );
});

describe('refused', () => {
  test.each([
    [{ epochs: 0 }, 'epochs: expected a positive integer, got 0'],
    [{ blocks: 1.5 }, 'blocks: expected a positive integer, got 1.5'],
    [{ heads: 0 }, 'heads: expected a positive integer, got 0'],
    [{ heads: 3 }, 'heads: expected a divisor of size = 8, got 3'],
    [{ dropout: 1 }, 'dropout: expected a share from 0 to below 1, got 1'],
  ])('%j', (options, message) => expect(fit(options)).rejects.toThrow(message));

  test('a model of another catalogue to start from', async () => {
    const startFrom = await fitSlit(logOf([[1, 2, 0]], 3));
    await expect(fit({ startFrom })).rejects.toThrow('startFrom: expected a model of 10 items, got 3');
  });
});
