import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { DrrLearner, type DrrBatch } from '@rl-recsys/drr';
import { createEmbeddingTable } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { PrioritizedReplay } from '@rl-recsys/replay-buffer';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { findPython } from '../src/harness/python.js';

const python = findPython();
const testWithTorch = python?.torch ? test : test.skip;
const [k, historySize, hiddenSize, batchSize] = [4, 3, 8, 5];

testWithTorch('PyTorch makes the same updates as DrrLearner (skipped without PyTorch)', async () => {
  tf.enableProdMode(); // no advice on the console
  await tf.setBackend('cpu');
  const random = Random.fromSeed(1);
  const [users, items] = [7, 9].map((rows) =>
    createEmbeddingTable(
      Float32Array.from({ length: rows * k }, () => random.normal()),
      k,
    ),
  ) as [ReturnType<typeof createEmbeddingTable>, ReturnType<typeof createEmbeddingTable>];
  // Faster than by default, so that a target or a rate that is wrong shows within the updates made here.
  const rates = { tau: 0.05, actorLearningRate: 3e-3, criticLearningRate: 1e-2 };
  const learner = new DrrLearner({
    ...{ users, items, historySize, hiddenSize, random: random.fork('agent') },
    ...rates,
  });
  const { encoder, actor, critics } = learner.actorCritic.networks;
  const weights = [encoder!, actor, ...critics].flatMap((network) =>
    network.getWeights().map((weight) => ({ values: [...weight.dataSync()], shape: weight.shape })),
  );
  const replay = new PrioritizedReplay({ capacity: 1, fields: learner.fields, random });
  const batch = replay.createBatch(batchSize);
  const batches: unknown[] = [];
  const ours = Array.from({ length: 60 }, () => {
    fill(batch, random);
    batches.push(asLists(batch));
    const { figures, tdErrors } = learner.learn(batch);
    return { criticLoss: figures['criticLoss']!, actorLoss: figures['actorLoss'], tdErrors };
  });
  learner.dispose();

  const input = {
    ...{ users: rows(users.vectors, k), items: rows(items.vectors, k), historySize, hiddenSize, weights },
    rates: [rates.tau, rates.actorLearningRate, rates.criticLearningRate],
    batches,
  };
  const script = fileURLToPath(new URL('../peers/follow_updates.py', import.meta.url));
  const { stdout, stderr } = spawnSync(python!.file, [script], {
    input: JSON.stringify(input),
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  expect(stderr).toBe('');
  const theirs = JSON.parse(stdout) as typeof ours;
  expect(theirs).toHaveLength(ours.length);
  ours.forEach((one, step) => {
    const other = theirs[step]!;
    expect(other.criticLoss).toBeCloseTo(one.criticLoss, 6);
    expect(other.actorLoss).toBeCloseTo(one.actorLoss!, 6);
    one.tdErrors.forEach((error, row) => expect(other.tdErrors[row]).toBeCloseTo(error, 4));
  });
  // Something was learned: updates that change nothing would agree too.
  expect(Math.abs(ours.at(-1)!.actorLoss! - ours[0]!.actorLoss!)).toBeGreaterThan(0.01);
});

function fill({ columns, weights }: DrrBatch, random: Random): void {
  for (let row = 0; row < batchSize; row++) {
    columns.user[row] = random.integer(7);
    columns.reward[row] = 2 * random.uniform() - 1;
    columns.discount[row] = random.integer(3) === 0 ? 0 : 0.9;
    weights[row] = 0.2 + random.uniform();
  }
  for (const history of [columns.history, columns.nextHistory]) {
    for (let place = 0; place < history.length; place++) history[place] = random.integer(10) - 1;
  }
  for (let place = 0; place < columns.action.length; place++) {
    columns.action[place] = 2 * random.uniform() - 1;
  }
}

/** In the order of the arguments of the peer's `learn`. */
function asLists({ columns, weights }: DrrBatch): unknown[] {
  const { user, history, action, reward, discount, nextHistory } = columns;
  return [
    ...[[...user], rows(history, historySize), rows(action, k), [...reward], [...discount]],
    ...[rows(nextHistory, historySize), [...weights]],
  ];
}

function rows(numbers: Float32Array | Int32Array, size: number): number[][] {
  return Array.from({ length: numbers.length / size }, (_, row) => [
    ...numbers.subarray(row * size, (row + 1) * size),
  ]);
}
