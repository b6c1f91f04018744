import * as tf from '@tensorflow/tfjs-core';
import { createEmbeddingTable } from '@rl-recsys/embeddings';
import { NO_ITEM } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import { describe, expect, test } from '@jest/globals';
import { PolicyNetwork, scoreItems } from '../../src/index.js';
import { expectSameScoresInBatch } from '../score-batch.js';
import { lookUp } from '../../src/look-up.js';
import { randomTable } from '../random-table.js';
import { observe, toyBatch, toyLearner, toyTables } from './toy-learner.js';

describe('the action', () => {
  test('is π of DRR-ave of the user and the items that there are', () => {
    const { users, items } = toyTables();
    const learner = toyLearner();
    const row = (table: typeof users, index: number) =>
      Array.from(table.vectors.slice(4 * index, 4 * index + 4));
    const user = row(users, 1);
    const average = row(items, 2).map((number, k) => (number + row(items, 4)[k]!) / 2);
    const state = [...user, ...user.map((number, k) => number * average[k]!), ...average];
    const expected = (
      learner.actorCritic.networks.actor.predict(tf.tensor2d([state])) as tf.Tensor
    ).dataSync();
    for (const policy of [learner.policyNetwork, learner.policy()]) {
      expect(Array.from(policy.act(observe()))).toEqual(closeTo(expected, 6));
    }
  });

  test('does not depend on what stands at padding', () => {
    const shifted = toyTables();
    shifted.items.vectors.fill(1e6, 0, 8); // items 0 and 1, which are not in the history
    expect(toyLearner(shifted).policyNetwork.act(observe())).toEqual(
      toyLearner().policyNetwork.act(observe()),
    );
  });

  test('depends on the user and on the history', () => {
    const { policyNetwork } = toyLearner();
    const actions = [
      observe(),
      observe({ user: 2 }),
      observe({ history: Int32Array.of(NO_ITEM, 2, 5) }),
      observe({ history: Int32Array.of(NO_ITEM, NO_ITEM, NO_ITEM) }),
    ].map((observation) => String(policyNetwork.act(observation)));
    expect(new Set(actions).size).toBe(4);
  });

  test('belongs to the caller', () => {
    const { policyNetwork } = toyLearner();
    const action = policyNetwork.act(observe());
    const copy = action.slice();
    policyNetwork.act(observe({ user: 2 }));
    expect(action).toEqual(copy);
  });
});

test('the scores are those of the action', () => {
  const policy = toyLearner().policy();
  const [candidates, expected, scores] = [Int32Array.of(5, 0), new Float32Array(2), new Float32Array(2)];
  scoreItems(policy.act(observe()), toyTables().items, candidates, expected);
  policy.score(observe(), candidates, scores);
  expect(scores).toEqual(expected);
  expect(scores[0]).not.toBe(scores[1]);
});

test('several users at once get the scores of each alone', () => {
  const policy = toyLearner().policy();
  const users = [observe(), observe({ user: 2 }), observe({ history: Int32Array.of(NO_ITEM, 2, 5) })];
  const items = [Int32Array.of(5, 0), Int32Array.of(3), Int32Array.of(0, 1, 2)];
  expectSameScoresInBatch(policy, users, items, 6);
});

test('a snapshot stays as it is while the learner goes on', () => {
  const learner = toyLearner();
  const policy = learner.policy();
  const before = policy.act(observe());
  learner.learn(toyBatch(learner));
  expect(policy.act(observe())).toEqual(before);
  expect(learner.policy().act(observe())).not.toEqual(before);
  learner.dispose();
  expect(policy.act(observe())).toEqual(before);
});

test('the network follows the learner as it learns', () => {
  const learner = toyLearner();
  const before = learner.policyNetwork.act(observe());
  learner.learn(toyBatch(learner));
  const after = learner.policyNetwork.act(observe());
  expect(after).not.toEqual(before);
  // The online networks, that is, not the targets.
  const inputs = lookUp(toyTables(), { user: [1], history: observe().history }, 3);
  expect(learner.actorCritic.act(inputs).dataSync()).toEqual(after);
});

describe('a network of its own models', () => {
  const { encoder, actor } = toyLearner().actorCritic.networks;
  const models = { stateModule: encoder!, actor };

  test('needs no learner', () => {
    expect(new PolicyNetwork(toyTables(), models).act(observe())).toEqual(
      toyLearner().policyNetwork.act(observe()),
    );
  });

  test('refuses tables that do not belong together', () => {
    const users = randomTable(3, 2, Random.fromSeed(1));
    expect(() => new PolicyNetwork({ ...toyTables(), users }, models)).toThrow(
      new RangeError('users: expected vectors of 4 numbers like items, got 2'),
    );
  });
});

describe('refused are', () => {
  const learner = toyLearner();
  const { policyNetwork } = learner;
  const policy = learner.policy();

  test('a user and an item that are in no table', () => {
    for (const each of [policyNetwork, policy]) {
      expect(() => each.act(observe({ user: 3 }))).toThrow('user: expected an index from 0 to 2, got 3');
      expect(() => each.act(observe({ history: Int32Array.of(0, 6, 1) }))).toThrow(
        'history: expected an index from 0 to 5, got 6',
      );
    }
    expect(() => policy.score(observe(), Int32Array.of(6), new Float32Array(1))).toThrow(
      'candidates: expected an index from 0 to 5, got 6',
    );
  });

  test.each([1, 2, 4])('a history of length %p, also where it would broadcast', (length) => {
    const shorter = observe({ history: new Int32Array(length), rewards: new Float32Array(length) });
    expect(() => policyNetwork.act(shorter)).toThrow(
      `history: expected 3 indices for each user, got ${length} for 1`,
    );
    expect(() => policy.act(shorter)).toThrow(`history: expected 3 indices, got ${length} for user 1`);
  });

  test('and none of it leaks a tensor', () => {
    const before = tf.memory().numTensors;
    expect(() => policyNetwork.act(observe({ user: -1 }))).toThrow('user');
    expect(() => policyNetwork.act(observe({ history: Int32Array.of(0) }))).toThrow('history');
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('a table without a row has no user', () => {
  const users = createEmbeddingTable(new Float32Array(), 4);
  expect(() => toyLearner({ users }).policyNetwork.act(observe({ user: 0 }))).toThrow(
    'user: expected an index',
  );
});
