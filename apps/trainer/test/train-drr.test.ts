import * as tf from '@tensorflow/tfjs-core';
import { DrrAgent, type TransitionFields } from '@rl-recsys/drr';
import { createEmbeddingTable } from '@rl-recsys/embeddings';
import {
  discrete,
  recommendationSpace,
  timeLimit,
  type Environment,
  type RecommendationObservation,
} from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { PrioritizedReplay, type Transition } from '@rl-recsys/replay-buffer';
import { beforeAll, expect, test } from '@jest/globals';
import { useWasmBackend } from '../src/backend.js';
import type { TrainingMetrics } from '../src/metrics.js';
import { trainDrr } from '../src/train-drr.js';

beforeAll(useWasmBackend);

const [users, items, k, n] = [3, 12, 4, 2];

/** Sessions of `length` items; it checks every action and shows fewer candidates after each. */
function strictEnvironment(length: number): Environment<RecommendationObservation, number> {
  let candidates: number[] = [];
  let shown = 0;
  const observe = () => ({
    user: shown % users,
    history: Int32Array.of(-1, shown),
    rewards: new Float32Array(n),
    candidates: Int32Array.from(candidates),
  });
  return {
    observationSpace: recommendationSpace({ userCount: users, itemCount: items, historySize: n }),
    actionSpace: discrete(items),
    reset() {
      candidates = Array.from({ length: items }, (_, item) => item);
      shown = 0;
      return { observation: observe(), info: {} };
    },
    step(item) {
      if (!candidates.includes(item)) throw new Error(`${item} is no candidate`);
      candidates = candidates.filter((candidate) => candidate !== item);
      shown += 1;
      return {
        observation: observe(),
        reward: item % 2 ? 1 : -1,
        terminated: shown === length,
        truncated: false,
        info: {},
      };
    },
  };
}

async function trained(environment: Environment<RecommendationObservation, number>, steps: number) {
  const random = Random.fromSeed(1);
  const table = (rows: number) =>
    createEmbeddingTable(
      Float32Array.from({ length: rows * k }, () => random.normal()),
      k,
    );
  const tables = { users: table(users), items: table(items) };
  const agent = new DrrAgent({ ...tables, historySize: n, hiddenSize: 8, random });
  const stored: Transition<TransitionFields>[] = [];
  const replay = new PrioritizedReplay({ capacity: 100, fields: agent.fields, random });
  const add = replay.add.bind(replay);
  replay.add = (transition) => {
    stored.push({ ...transition });
    return add(transition);
  };
  const metrics: TrainingMetrics[] = [];
  const before = tf.memory().numTensors;
  await trainDrr({
    ...{ environment, agent, replay, items: tables.items, random, steps, batchSize: 8, gamma: 0.9 },
    onMetrics: (line) => {
      metrics.push(line);
    },
  });
  expect(tf.memory().numTensors).toBe(before);
  return { stored, metrics, weights: agent.learner.save() };
}

test('a session that ends is not bootstrapped, one that is cut off is', async () => {
  const ended = await trained(strictEnvironment(4), 12);
  expect(ended.stored.map(({ discount }) => discount)).toEqual([
    0.9, 0.9, 0.9, 0, 0.9, 0.9, 0.9, 0, 0.9, 0.9, 0.9, 0,
  ]);
  const cutOff = await trained(timeLimit(strictEnvironment(10), 4), 12);
  expect(cutOff.stored.every(({ discount }) => discount === 0.9)).toBe(true);
  expect(cutOff.metrics.at(-1)!.session).toBe(3);
});

test('what is stored is what happened: each next history begins the next step', async () => {
  const { stored } = await trained(strictEnvironment(6), 6);
  for (let step = 0; step + 1 < stored.length; step++) {
    expect(stored[step]!.nextHistory).toEqual(stored[step + 1]!.history);
  }
});

test('it takes exactly the steps asked for, and reports the last', async () => {
  const { stored, metrics } = await trained(strictEnvironment(5), 23);
  expect(stored).toHaveLength(23);
  expect(metrics.at(-1)).toMatchObject({ step: 23, session: 5 });
  expect(metrics.slice(0, 7).every(({ criticLoss }) => criticLoss === null)).toBe(true);
  expect(metrics.slice(7).every(({ criticLoss }) => Number.isFinite(criticLoss))).toBe(true);
});

test('the same seed gives the same agent, bit for bit', async () => {
  const [first, second] = [await trained(strictEnvironment(5), 30), await trained(strictEnvironment(5), 30)];
  expect(first.weights).toEqual(second.weights);
});
