import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { td3 } from '@rl-recsys/ddpg';
import { topK } from '@rl-recsys/embeddings';
import { NO_ITEM } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import { activeKernels, installFastKernels } from '@rl-recsys/wasm-kernels';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { DrrPolicy, UploadedTables, type DrrAgent, type UserHistory } from '../src/index.js';
import { observe, parts, toyAgent, toyBatch, toyReplay, toyTables, weightsOf } from './toy-agent.js';

beforeAll(async () => {
  await tf.setBackend('wasm');
  expect((await installFastKernels()).active).toBe(true);
});

const everyWeight = (agent: DrrAgent) =>
  parts.flatMap((part) => [...weightsOf(agent, part), ...weightsOf(agent, part, 'targets')]);

/** What `learn` does for 200 batches, and what comes out of it. */
async function learned(backend: string, options: Parameters<typeof toyAgent>[0]) {
  await tf.setBackend(backend);
  const agent = toyAgent({ tau: 0.05, actorLearningRate: 1e-3, ...options });
  const replay = toyReplay(agent);
  const batch = replay.createBatch(8);
  const losses = [];
  for (let step = 0; step < 200; step++) {
    replay.sample(batch, { beta: 0.5 });
    const { criticLoss, actorLoss, tdErrors } = agent.learn(batch);
    losses.push(criticLoss, actorLoss ?? 1); // not each update's turn, where TD3 delays it
    replay.updatePriorities(batch.ids, tdErrors);
  }
  const result = { losses, weights: everyWeight(agent), action: Array.from(agent.act(observe())) };
  agent.dispose();
  await tf.setBackend('wasm');
  return result;
}

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
  const agent = toyAgent({ criticCount: 2 });
  const [first, second] = agent.learner.networks.critics.map((critic) => critic.getWeights()[0]!.dataSync());
  expect(first).not.toEqual(second);
  agent.dispose();
});

describe.each([true, false])('fusedStep %s', (fusedStep) => {
  test('tensors, and the memory of the kernels, stay as they are over 10,000 updates', () => {
    const agent = toyAgent({ fusedStep });
    const batch = toyBatch(agent);
    for (let step = 0; step < 100; step++) agent.learn(batch);
    const { numTensors, numDataBuffers } = tf.memory();
    const bytes = () => activeKernels()!.floats(0, 1).buffer.byteLength;
    const before = bytes();
    for (let step = 0; step < 10_000; step++) agent.learn(batch);
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
    expect(bytes()).toBe(before);
  }, 240_000);

  test('an index that is in no table is refused before anything changes', () => {
    const agent = toyAgent({ fusedStep });
    const batch = toyBatch(agent);
    const before = everyWeight(agent);
    const columns = { ...batch.columns, history: batch.columns.history.map(() => 6) };
    expect(() => agent.learn({ ...batch, columns })).toThrow('history: expected an index from 0 to 5, got 6');
    expect(everyWeight(agent)).toEqual(before);
  });

  test('disposing frees every tensor', () => {
    const before = tf.memory().numTensors;
    const agent = toyAgent({ fusedStep });
    agent.learn(toyBatch(agent));
    agent.act(observe());
    agent.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('batches may change their size', () => {
  const [agent, other] = [toyAgent(), toyAgent({ fusedStep: false })];
  for (const batchSize of [8, 3, 8]) {
    const expected = other.learn(toyBatch(other, batchSize));
    expect(Array.from(agent.learn(toyBatch(agent, batchSize)).tdErrors)).toEqual(
      closeTo(expected.tdErrors, 4),
    );
  }
});

describe('acting', () => {
  const users: UserHistory[] = [
    observe(),
    { user: 2, history: Int32Array.of(0, 1, 5) },
    { user: 0, history: Int32Array.of(NO_ITEM, NO_ITEM, NO_ITEM) },
  ];

  test('for several users at once is acting for each', async () => {
    const { policy } = toyAgent();
    const each = users.map((user) => policy.act(user));
    expect(Array.from(policy.actBatch(users))).toEqual(each.flatMap((action) => Array.from(action)));
    expect(policy.actBatch([])).toHaveLength(0);
    await tf.setBackend('cpu');
    const slow = toyAgent().policy;
    expect(Array.from(slow.actBatch(users))).toEqual(closeTo(each.flatMap((action) => Array.from(action))));
    await tf.setBackend('wasm');
  });

  test('with uploaded tables is acting with copied vectors', () => {
    const agent = toyAgent();
    const { encoder, actor } = agent.learner.networks;
    const uploaded = new UploadedTables(agent.tables);
    const { numTensors } = tf.memory();
    const policies = [undefined, uploaded].map(
      (tables) => new DrrPolicy(agent.tables, { stateModule: encoder!, actor }, tables),
    );
    const [copying, looking] = policies.map((policy) => policy.actBatch(users));
    expect(looking).toEqual(copying);
    for (const policy of policies) policy.dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
    uploaded.dispose();
  });

  test('recommends the best of the whole catalogue but what was seen', () => {
    const { policy } = toyAgent();
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
    const bad = { user: 3, history: Int32Array.of(NO_ITEM, NO_ITEM, NO_ITEM) };
    expect(() => toyAgent().policy.actBatch([...users, bad])).toThrow(
      'user: expected an index from 0 to 2, got 3',
    );
  });

  test('follows the agent as it learns', () => {
    const agent = toyAgent();
    const before = agent.act(observe());
    agent.learn(toyBatch(agent));
    expect(agent.act(observe())).not.toEqual(before);
  });
});
