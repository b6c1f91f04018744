import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { ResidualLearner, simulatorDefaults, type ResidualBatch } from '@rl-recsys/drr';
import { createEmbeddingTable } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { UniformReplay } from '@rl-recsys/replay-buffer';
import { installFastKernels } from '@rl-recsys/wasm-kernels';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { findPython } from '../src/harness/python.js';

const python = findPython();
const testWithTorch = python?.torch ? test : test.skip;
const [k, historySize, candidateCount, hiddenSize, batchSize] = [4, 3, 5, 8, 6];
const [users, items] = [7, 9];

testWithTorch('PyTorch makes the same updates as ResidualLearner (skipped without PyTorch)', async () => {
  tf.enableProdMode(); // no advice on the console
  await tf.setBackend('wasm');
  expect((await installFastKernels()).active).toBe(true);
  const random = Random.fromSeed(1);
  const draw = (length: number) => Float32Array.from({ length }, () => random.normal());
  const tables = [users, items].map((rows) => draw(rows * k)) as [Float32Array, Float32Array];
  // Faster than by default, so that a target or a rate that is wrong shows within the updates made here.
  const rates = { tau: 0.05, actorLearningRate: 3e-3, criticLearningRate: 3e-3 };
  const learner = new ResidualLearner({
    ...simulatorDefaults,
    ...rates,
    users: createEmbeddingTable(tables[0], k),
    items: createEmbeddingTable(tables[1], k),
    blocks: [
      { name: 'first', start: 0, size: 3 },
      { name: 'second', start: 3, size: 1 },
    ],
    ...{ gates: { second: 0 }, historySize, candidateCount, hiddenSize, random: random.fork('agent') },
  });
  const { variables } = learner.state() as unknown as { variables: Float32Array[] };
  // Of an actor and two critics; what follows are constants, and averages that are the same yet.
  const count = [8, 11, 11].reduce((sum, each) => sum + each);
  const weights = variables.slice(0, count).map((values) => [...values]);
  const replay = new UniformReplay({ capacity: 1, fields: learner.fields, random });
  const batch = replay.createBatch(batchSize);
  const batches: unknown[] = [];
  const ours = Array.from({ length: 140 }, (_, update) => {
    fill(batch, random);
    batches.push(asLists(batch));
    if (update === 0) learner.prepare(batch);
    const { figures, tdErrors } = learner.learn(batch);
    return { ...figures, tdErrors };
  });
  learner.dispose();

  const input = {
    ...{ users: rows(tables[0], k), items: rows(tables[1], k), blockSizes: [3, 1], weights, batches },
    options: {
      ...{ history_size: historySize, hidden: hiddenSize, gates: [1, 0], tau: rates.tau },
      ...{ actor_rate: rates.actorLearningRate, critic_rate: rates.criticLearningRate },
    },
  };
  const script = fileURLToPath(new URL('../peers/follow_residual.py', import.meta.url));
  const { stdout, stderr } = spawnSync(python!.file, [script], {
    input: JSON.stringify(input),
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  expect(stderr).toBe('');
  const theirs = JSON.parse(stdout) as typeof ours;
  expect(theirs).toHaveLength(ours.length);
  const close = (got: number, expected: number) =>
    expect(Math.abs(got - expected) / Math.max(1, Math.abs(expected))).toBeLessThan(1e-4);
  ours.forEach((one, step) => {
    const other = theirs[step]!;
    close(one.criticLoss, other.criticLoss);
    expect(one.actorLoss ?? null).toEqual(other.actorLoss === null ? null : expect.any(Number));
    close(one.actorLoss ?? 0, other.actorLoss ?? 0);
    one.tdErrors.forEach((error, row) => close(error, other.tdErrors[row]!));
  });
  // Something was learned: updates that change nothing would agree too.
  expect(ours.at(-1)!.criticLoss).not.toBeCloseTo(ours[0]!.criticLoss, 1);
  expect(Math.abs(ours[101]!.actorLoss! - ours.at(-1)!.actorLoss!)).toBeGreaterThan(0.01);
});

function fill({ columns, weights }: ResidualBatch, random: Random): void {
  for (let row = 0; row < batchSize; row++) {
    columns.user[row] = random.integer(users);
    columns.reward[row] = 2 * random.uniform() - 1;
    columns.discount[row] = random.integer(3) === 0 ? 0 : 0.9;
    weights[row] = 0.2 + random.uniform();
  }
  for (let place = 0; place < columns.history.length; place++) {
    columns.history[place] = random.integer(items + 1) - 1;
    columns.nextHistory[place] = random.integer(items + 1) - 1;
    columns.rewards[place] = columns.history[place] === -1 ? 0 : random.normal();
    columns.nextRewards[place] = columns.nextHistory[place] === -1 ? 0 : random.normal();
  }
  for (let place = 0; place < columns.candidates.length; place++) {
    columns.candidates[place] = random.integer(items + 1) - 1;
    // Of every fourth row nothing can be shown next.
    const isRow = Math.floor(place / candidateCount) % 4 === 0;
    columns.nextCandidates[place] = isRow ? -1 : random.integer(items + 1) - 1;
  }
  for (let row = 0; row < batchSize; row++) columns.item[row] = random.integer(items);
}

/** In the order of the arguments of the peer's `learn`. */
function asLists({ columns, weights }: ResidualBatch): unknown[] {
  const { user, history, rewards, candidates, item, reward, discount } = columns;
  return [
    ...[[...user], rows(history, historySize), rows(rewards, historySize), rows(candidates, candidateCount)],
    ...[[...item], [...reward], [...discount], rows(columns.nextHistory, historySize)],
    ...[rows(columns.nextRewards, historySize), rows(columns.nextCandidates, candidateCount), [...weights]],
  ];
}

function rows(numbers: Float32Array | Int32Array, size: number): number[][] {
  return Array.from({ length: numbers.length / size }, (_, row) => [
    ...numbers.subarray(row * size, (row + 1) * size),
  ]);
}
