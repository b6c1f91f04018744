import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { td3 } from '@rl-recsys/ddpg';
import { topK } from '@rl-recsys/embeddings';
import { NO_ITEM } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import { activeKernels, installFastKernels, type FastKernels } from '@rl-recsys/wasm-kernels';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { PolicyNetwork, UploadedTables, type DrrLearner, type RewardedHistory } from '../../src/index.js';
import { observe, parts, toyLearner, toyBatch, toyReplay, toyTables, weightsOf } from './toy-learner.js';

beforeAll(async () => {
  await tf.setBackend('wasm');
  expect((await installFastKernels()).active).toBe(true);
});

const everyWeight = (learner: DrrLearner) =>
  parts.flatMap((part) => [...weightsOf(learner, part), ...weightsOf(learner, part, 'targets')]);

/** What `learn` does for 60 batches, and what comes out of it. */
async function learned(backend: string, options: Parameters<typeof toyLearner>[0]) {
  await tf.setBackend(backend);
  const learner = toyLearner({ tau: 0.05, actorLearningRate: 1e-3, ...options });
  const replay = toyReplay(learner);
  const batch = replay.createBatch(8);
  const losses = [];
  for (let step = 0; step < 60; step++) {
    replay.sample(batch, { beta: 0.5 });
    const { figures, tdErrors } = learner.learn(batch);
    losses.push(figures['criticLoss']!, figures['actorLoss'] ?? 1); // not each update's turn, where TD3 delays it
    replay.updatePriorities(batch.ids, tdErrors);
  }
  const result = {
    losses,
    weights: everyWeight(learner),
    action: Array.from(learner.policyNetwork.act(observe())),
  };
  learner.dispose();
  await tf.setBackend('wasm');
  return result;
}

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

/**
 * The largest relative difference. Policy losses cross zero: below 1e-3, a hundredth of what they are
 * elsewhere, differences are taken relative to that, since nothing but float32's rounding is left there.
 */
function largestDifference(losses: readonly number[], expected: readonly number[]): number {
  const relative = losses.map(
    (loss, at) => Math.abs(loss - expected[at]!) / Math.max(Math.abs(expected[at]!), 1e-3),
  );
  return Math.max(...relative);
}

describe.each(['actor', 'critic', 'both'] as const)('with signal %s', (encoderSignal) => {
  test('losses, weights and actions are those of the cpu backend, by autograd and in one go', async () => {
    const expected = await learned('cpu', { encoderSignal });
    for (const fusedStep of [false, true]) {
      const { losses, weights, action } = await learned('wasm', { encoderSignal, fusedStep });
      expect(largestDifference(losses, expected.losses)).toBeLessThan(1e-3);
      expect(weights).toEqual(closeTo(expected.weights, 3));
      expect(action).toEqual(closeTo(expected.action, 4));
    }
  });
});

test('with two critics, as TD3, losses and actions are those of the cpu backend too', async () => {
  const expected = await learned('cpu', td3(Random.fromSeed('smoothing')));
  for (const fusedStep of [false, true]) {
    const { losses, action } = await learned('wasm', { ...td3(Random.fromSeed('smoothing')), fusedStep });
    expect(largestDifference(losses, expected.losses)).toBeLessThan(1e-3);
    expect(action).toEqual(closeTo(expected.action, 4));
  }
  const learner = toyLearner({ criticCount: 2 });
  const [first, second] = learner.actorCritic.networks.critics.map((critic) =>
    critic.getWeights()[0]!.dataSync(),
  );
  expect(first).not.toEqual(second);
  learner.dispose();
});

describe.each([true, false])('fusedStep %s', (fusedStep) => {
  test('tensors, and the memory of the kernels, stay as they are over a thousand updates', () => {
    const learner = toyLearner({ fusedStep });
    const batch = toyBatch(learner);
    for (let step = 0; step < 100; step++) learner.learn(batch);
    const { numTensors, numDataBuffers } = tf.memory();
    const before = endOfMemory(activeKernels()!);
    for (let step = 0; step < 1000; step++) learner.learn(batch);
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
    expect(endOfMemory(activeKernels()!)).toBe(before);
  });

  test('an index that is in no table is refused before anything changes', () => {
    const learner = toyLearner({ fusedStep });
    const batch = toyBatch(learner);
    const before = everyWeight(learner);
    const columns = { ...batch.columns, history: batch.columns.history.map(() => 6) };
    expect(() => learner.learn({ ...batch, columns })).toThrow(
      'history: expected an index from 0 to 5, got 6',
    );
    expect(everyWeight(learner)).toEqual(before);
  });

  test('disposing frees every tensor', () => {
    const before = tf.memory().numTensors;
    const learner = toyLearner({ fusedStep });
    learner.learn(toyBatch(learner));
    learner.policyNetwork.act(observe());
    learner.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('batches may change their size', () => {
  const [learner, other] = [toyLearner(), toyLearner({ fusedStep: false })];
  for (const batchSize of [8, 3, 8]) {
    const expected = other.learn(toyBatch(other, batchSize));
    expect(Array.from(learner.learn(toyBatch(learner, batchSize)).tdErrors)).toEqual(
      closeTo(expected.tdErrors, 4),
    );
  }
});

describe('acting', () => {
  const rewards = new Float32Array(3);
  const users: RewardedHistory[] = [
    observe(),
    { user: 2, history: Int32Array.of(0, 1, 5), rewards },
    { user: 0, history: Int32Array.of(NO_ITEM, NO_ITEM, NO_ITEM), rewards },
  ];

  test('for several users at once is acting for each', async () => {
    const { policyNetwork } = toyLearner();
    const each = users.map((user) => policyNetwork.act(user));
    expect(Array.from(policyNetwork.actBatch(users))).toEqual(each.flatMap((action) => Array.from(action)));
    expect(policyNetwork.actBatch([])).toHaveLength(0);
    await tf.setBackend('cpu');
    const slow = toyLearner().policyNetwork;
    expect(Array.from(slow.actBatch(users))).toEqual(closeTo(each.flatMap((action) => Array.from(action))));
    await tf.setBackend('wasm');
  });

  test('with uploaded tables is acting with copied vectors', () => {
    const learner = toyLearner();
    const { encoder, actor } = learner.actorCritic.networks;
    const uploaded = new UploadedTables(learner.tables);
    const { numTensors } = tf.memory();
    const policies = [undefined, uploaded].map(
      (tables) => new PolicyNetwork(learner.tables, { stateModule: encoder!, actor }, tables),
    );
    const [copying, looking] = policies.map((policy) => policy.actBatch(users));
    expect(looking).toEqual(copying);
    for (const policy of policies) policy.dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
    uploaded.dispose();
  });

  test('recommends the best of the whole catalogue but what was seen', () => {
    const policy = toyLearner().policy();
    const everyItem = Int32Array.from({ length: toyTables().items.rows }, (_, item) => item);
    const seen = [[1, 4], [], [0, 1, 2, 3, 4, 5]];
    const expected = users.map((user, row) => {
      const scores = new Float32Array(everyItem.length);
      policy.score(user, everyItem, scores);
      for (const item of seen[row]!) scores[item] = -Infinity;
      return topK(scores, 3).map(({ item }) => item);
    });
    const itemsOf = (list: ReturnType<typeof policy.recommend>) => list.map(({ item }) => item);
    expect(users.map((user, row) => itemsOf(policy.recommend(user, { k: 3, seen: seen[row]! })))).toEqual(
      expected,
    );
    expect(policy.recommendBatch(users, { k: 3, seen }).map(itemsOf)).toEqual(expected);
    expect(expected.map(({ length }) => length)).toEqual([3, 3, 0]);
    expect(policy.recommend(users[0]!, { k: 6 })).toHaveLength(6);
  });

  test('names what is wrong with a user of a batch', () => {
    const bad = { user: 3, history: Int32Array.of(NO_ITEM, NO_ITEM, NO_ITEM), rewards };
    const learner = toyLearner();
    for (const policy of [learner.policyNetwork, learner.policy()]) {
      expect(() => policy.actBatch([...users, bad])).toThrow('user: expected an index from 0 to 2, got 3');
    }
  });

  test('follows the networks as they learn', () => {
    const learner = toyLearner();
    const before = learner.policyNetwork.act(observe());
    learner.learn(toyBatch(learner));
    expect(learner.policyNetwork.act(observe())).not.toEqual(before);
  });
});
