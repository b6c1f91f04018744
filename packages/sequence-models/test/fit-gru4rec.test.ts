import '@tensorflow/tfjs-backend-wasm';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { fitSlit, historyScorer, type SavedGru } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { installFastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { fitGru4Rec } from '../src/index.js';
import { Gru4RecModel } from '../src/gru4rec-model.js';
import { nextItemLoss } from '../src/next-item-loss.js';
import { SequenceWindows } from '../src/sequence-windows.js';
import { numbersOf } from '../src/variables.js';
import { logOf } from './log-of.js';
import { rounds } from './rounds.js';

beforeAll(async () => {
  await tf.setBackend('wasm');
  await installFastKernels({ relaxedSimd: false });
});

const small = { size: 8, units: 12, window: 8, batchSize: 16, dropout: 0 };
const fit = (options: object = {}) =>
  fitGru4Rec(rounds, { ...small, random: Random.fromSeed(1), ...options });

function bestNext(saved: SavedGru, ...items: number[]): number {
  const scores = new Float32Array(saved.itemCount);
  const ratings = Float32Array.from(items, (_, place) => (place % 2 === 0 ? 5 : 2));
  historyScorer(saved).score({ items: Int32Array.from(items), ratings }, scores);
  return scores.indexOf(Math.max(...scores));
}

test('it learns an order that depends on more than the last item', async () => {
  const saved = await fit({ epochs: 60, learningRate: 0.01, disliked: 1 });
  for (let item = 0; item < 10; item++) {
    expect(bestNext(saved, item, (item + 1) % 10, (item + 2) % 10)).toBe((item + 3) % 10);
    expect(bestNext(saved, (item + 3) % 10, (item + 2) % 10, (item + 1) % 10)).toBe(item);
  }
});

test('what is saved scores as the model that was trained', () => {
  const random = Random.fromSeed(2);
  const start = Float32Array.from({ length: 80 }, () => random.normal());
  const model = new Gru4RecModel({ itemCount: 10, size: 8, units: 12 }, start, random);
  // Nothing may stay at a value that hides it.
  for (const variable of Object.values(model.variables)) {
    const moved = variable.dataSync().map((value) => value + 0.3 * random.normal());
    variable.assign(tf.tensor(moved, variable.shape));
  }
  const { items: vectors, ...numbers } = numbersOf(model.variables);
  const saved: SavedGru = {
    ...{ kind: 'gru', name: 'test', itemCount: 10, window: 8, likedFrom: 4, fittedOn: [] },
    ...{ inputScale: model.inputScale, items: { rows: 10, size: 8, vectors }, ...numbers },
  };
  const windows = new SequenceWindows(rounds, 8, 1);
  const batch = windows.batch([{ start: 0, end: 5 }]);
  const all = { items: undefined, hidden: batch.targets, correction: 0 };
  const loss = nextItemLoss(model, batch, all, { dropout: 0, disliked: 0.5, random });
  let [expected, total] = [0, 0];
  const scorer = historyScorer(saved);
  const scores = new Float32Array(10);
  for (let length = 1; length < 5; length++) {
    scorer.score({ items: rounds.items.slice(0, length), ratings: rounds.ratings.slice(0, length) }, scores);
    const weight = length % 2 === 0 ? 1 : 0.5;
    const sum = scores.reduce((all, score) => all + Math.exp(score), 0);
    expected += weight * (Math.log(sum) - scores[rounds.items[length]!]!);
    total += weight;
  }
  expect(loss.dataSync()[0]).toBeCloseTo(expected / total, 4);
  tf.dispose([loss, model.learned]);
});

test('the same seed gives the same numbers, and another others; all is told of, and nothing leaks', async () => {
  const { numTensors } = tf.memory();
  const shares: number[] = [];
  const startFrom = await fitSlit(rounds);
  const options = {
    epochs: 2,
    negatives: 4,
    dropout: 0.3,
    startFrom,
    onProgress: (share: number) => shares.push(share),
  };
  const [one, same, other] = [
    await fit(options),
    await fit(options),
    await fit({ ...options, random: Random.fromSeed(2) }),
  ];
  expect(same).toEqual(one);
  expect(other.kernel).not.toEqual(one.kernel);
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

describe('refused', () => {
  test.each([
    [{ epochs: 0 }, 'epochs: expected a positive integer, got 0'],
    [{ units: 1.5 }, 'units: expected a positive integer, got 1.5'],
    [{ negatives: NaN }, 'negatives: expected a positive integer, got NaN'],
    [{ learningRate: -1 }, 'learningRate: expected a positive finite number, got -1'],
    [{ dropout: 1 }, 'dropout: expected a share from 0 to below 1, got 1'],
    [{ disliked: -0.1 }, 'disliked: expected a finite number from 0, got -0.1'],
  ])('%j', (options, message) => expect(fit(options)).rejects.toThrow(message));

  test('a model of another catalogue to start from', async () => {
    const startFrom = await fitSlit(logOf([[1, 2, 0]], 3));
    await expect(fit({ startFrom })).rejects.toThrow('startFrom: expected a model of 10 items, got 3');
  });
});
