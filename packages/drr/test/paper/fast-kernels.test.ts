import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { input, layers, model } from '@tensorflow/tfjs-layers';
import { topK } from '@rl-recsys/embeddings';
import { NO_ITEM } from '@rl-recsys/environment';
import { closeTo } from '@rl-recsys/testing';
import { installFastKernels } from '@rl-recsys/wasm-kernels';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { PolicyNetwork, UploadedTables, type RewardedHistory } from '../../src/index.js';
import { lookUp } from '../../src/look-up.js';
import { observe, toyLearner, toyBatch, toyTables } from './toy-learner.js';
import { everyWeight, testUpdates } from './updates.suite.js';

beforeAll(async () => {
  await tf.setBackend('wasm');
  expect((await installFastKernels()).active).toBe(true);
});

testUpdates(60); // 200 in the long tests

describe.each([true, false])('fusedStep %s', (fusedStep) => {
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

  test('by an actor that is more than dense layers is left to TensorFlow.js', () => {
    const { encoder } = toyLearner().actorCritic.networks;
    const state = input({ shape: [12] });
    const halved = layers.dropout({ rate: 0.5 }).apply(layers.dense({ units: 4 }).apply(state));
    const action = layers.dense({ units: 4, activation: 'tanh' }).apply(halved) as typeof state;
    const models = { stateModule: encoder!, actor: model({ inputs: state, outputs: action }) };
    const policy = new PolicyNetwork(toyTables(), models);
    const seen = lookUp(toyTables(), { user: [2], history: users[1]!.history }, 3);
    const expected = models.actor.predict(models.stateModule.predict(seen)) as tf.Tensor;
    expect(Array.from(policy.act(users[1]!))).toEqual(closeTo(expected.dataSync(), 5));
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
