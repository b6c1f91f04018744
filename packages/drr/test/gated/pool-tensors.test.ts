import { createEmbeddingTable } from '@rl-recsys/embeddings';
import { closeTo } from '@rl-recsys/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from '@jest/globals';
import type { CandidatePools } from '../../src/gated/candidate-pools.js';
import { PoolTensors } from '../../src/gated/pool-tensors.js';

/** Two moments: items 2 and 0, and then 1, by two blocks. */
const pools = {
  blockCount: 2,
  offsets: Int32Array.of(0, 2, 3),
  items: Int32Array.of(2, 0, 1),
  scores: Float32Array.of(1, 2, 3, 4, 5, 6),
  summaries: Float32Array.of(7, 8),
} as unknown as CandidatePools;
const tables = {
  users: createEmbeddingTable(Float32Array.of(1, 2), 1),
  items: createEmbeddingTable(Float32Array.of(-1, 0, 1), 1),
};
const transition = {
  ...{ user: 0, kind: 0, history: [-1], rewards: [0], candidates: [1, 0, -1], shown: 1 },
  ...{ reward: 1, discount: 0, nextHistory: [2], nextRewards: [1] },
};

test('transitions of other pools, and those that show nothing, are refused', () => {
  const tensors = new PoolTensors(pools, tables);
  const told = (change: object) => () => tensors.assertTransition({ ...transition, ...change });
  expect(told({})).not.toThrow();
  expect(told({ user: 1, candidates: [2, -1, 2], shown: 0 })).not.toThrow();
  expect(told({ candidates: [1, 2, -1] })).toThrow('candidates: expected rows from 0 to 1, got 2');
  expect(told({ user: 1 })).toThrow('candidates: expected rows from 2 to 2, got 1');
  expect(told({ shown: 2 })).toThrow('shown: expected the place of a candidate, got 2, where there is none');
  expect(told({ shown: 3 })).toThrow('shown: expected an index from 0 to 2, got 3');
  expect(told({ kind: 2 })).toThrow('kind: expected an index from 0 to 1, got 2');
  expect(told({ user: 2 })).toThrow('user: expected an index from 0 to 1, got 2');
  tensors.dispose();
});

test('candidates are the scores and the standardized vectors of their rows, those of the first where there is none', () => {
  const { numTensors } = tf.memory();
  const tensors = new PoolTensors(pools, tables);
  const found = tf.tidy(() => {
    const { scores, vectors, there } = tensors.candidates(Int32Array.of(1, 0, 2, -1), 2);
    return { scores: scores.arraySync(), vectors: vectors.arraySync().flat(2), there: there.arraySync() };
  });
  expect(found.scores.map((row) => row.flat())).toEqual([
    [3, 4, 1, 2],
    [5, 6, 1, 2],
  ]);
  expect(found.there.flat()).toEqual([1, 1, 1, 0]);
  const deviation = Math.sqrt(2 / 3) + 0.01;
  expect(found.vectors.slice(0, 3)).toEqual(closeTo([-1 / deviation, 1 / deviation, 0], 4));
  for (const row of [3, -2])
    expect(() => tensors.candidates(Int32Array.of(row), 1)).toThrow(
      `candidates: expected rows from 0 to 2, got ${row}`,
    );
  tensors.dispose();
  expect(tf.memory().numTensors).toBe(numTensors);
});
