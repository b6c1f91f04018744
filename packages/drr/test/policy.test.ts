import * as tf from '@tensorflow/tfjs-core';
import { createEmbeddingTable } from '@rl-recsys/embeddings';
import { NO_ITEM } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import { describe, expect, test } from '@jest/globals';
import { DrrPolicy, scoreItems } from '../src/index.js';
import { expectSameScoresInBatch } from './score-batch.js';
import { lookUp } from '../src/look-up.js';
import { observe, randomTable, toyAgent, toyBatch, toyTables } from './toy-agent.js';

describe('the action', () => {
  test('is π of DRR-ave of the user and the items that there are', () => {
    const { users, items } = toyTables();
    const { policy, learner } = toyAgent();
    const row = (table: typeof users, index: number) =>
      Array.from(table.vectors.slice(4 * index, 4 * index + 4));
    const user = row(users, 1);
    const average = row(items, 2).map((number, k) => (number + row(items, 4)[k]!) / 2);
    const state = [...user, ...user.map((number, k) => number * average[k]!), ...average];
    const expected = (learner.networks.actor.predict(tf.tensor2d([state])) as tf.Tensor).dataSync();
    expect(Array.from(policy.act(observe()))).toEqual(closeTo(expected, 6));
  });

  test('does not depend on what stands at padding', () => {
    const shifted = toyTables();
    shifted.items.vectors.fill(1e6, 0, 8); // items 0 and 1, which are not in the history
    expect(toyAgent(shifted).act(observe())).toEqual(toyAgent().act(observe()));
  });

  test('depends on the user and on the history', () => {
    const { policy } = toyAgent();
    const actions = [
      observe(),
      observe({ user: 2 }),
      observe({ history: Int32Array.of(NO_ITEM, 2, 5) }),
      observe({ history: Int32Array.of(NO_ITEM, NO_ITEM, NO_ITEM) }),
    ].map((observation) => String(policy.act(observation)));
    expect(new Set(actions).size).toBe(4);
  });

  test('belongs to the caller', () => {
    const { policy } = toyAgent();
    const action = policy.act(observe());
    const copy = action.slice();
    policy.act(observe({ user: 2 }));
    expect(action).toEqual(copy);
  });
});

test('the scores are those of the action', () => {
  const { policy } = toyAgent();
  const [candidates, expected, scores] = [Int32Array.of(5, 0), new Float32Array(2), new Float32Array(2)];
  scoreItems(policy.act(observe()), toyTables().items, candidates, expected);
  policy.score(observe(), candidates, scores);
  expect(scores).toEqual(expected);
  expect(scores[0]).not.toBe(scores[1]);
});

test('several users at once get the scores of each alone', () => {
  const { policy } = toyAgent();
  const users = [observe(), observe({ user: 2 }), observe({ history: Int32Array.of(NO_ITEM, 2, 5) })];
  const items = [Int32Array.of(5, 0), Int32Array.of(3), Int32Array.of(0, 1, 2)];
  expectSameScoresInBatch(policy, users, items, 6);
});

test('it follows the agent as it learns', () => {
  const agent = toyAgent();
  const before = agent.policy.act(observe());
  agent.learn(toyBatch(agent));
  const after = agent.policy.act(observe());
  expect(after).not.toEqual(before);
  expect(agent.act(observe())).toEqual(after);
  // The online networks, that is, not the targets.
  const inputs = lookUp(toyTables(), { user: [1], history: observe().history }, 3);
  expect(agent.learner.act(inputs).dataSync()).toEqual(after);
});

describe('a policy of its own models', () => {
  const { encoder, actor } = toyAgent().learner.networks;
  const models = { stateModule: encoder!, actor };

  test('needs no agent', () => {
    expect(new DrrPolicy(toyTables(), models).act(observe())).toEqual(toyAgent().act(observe()));
  });

  test('refuses tables that do not belong together', () => {
    const users = randomTable(3, 2, Random.fromSeed(1));
    expect(() => new DrrPolicy({ ...toyTables(), users }, models)).toThrow(
      new RangeError('users: expected vectors of 4 numbers like items, got 2'),
    );
  });
});

describe('refused are', () => {
  const { policy } = toyAgent();

  test('a user and an item that are in no table', () => {
    expect(() => policy.act(observe({ user: 3 }))).toThrow('user: expected an index from 0 to 2, got 3');
    expect(() => policy.act(observe({ history: Int32Array.of(0, 6, 1) }))).toThrow(
      'history: expected an index from 0 to 5, got 6',
    );
    expect(() => policy.score(observe(), Int32Array.of(6), new Float32Array(1))).toThrow(
      'candidates: expected an index from 0 to 5, got 6',
    );
  });

  test.each([1, 2, 4])('a history of length %p, also where it would broadcast', (length) => {
    expect(() => policy.act(observe({ history: new Int32Array(length) }))).toThrow(
      `history: expected 3 indices for each user, got ${length} for 1`,
    );
  });

  test('and none of it leaks a tensor', () => {
    const before = tf.memory().numTensors;
    expect(() => policy.act(observe({ user: -1 }))).toThrow('user');
    expect(() => policy.act(observe({ history: Int32Array.of(0) }))).toThrow('history');
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('a table without a row has no user', () => {
  const users = createEmbeddingTable(new Float32Array(), 4);
  expect(() => toyAgent({ users }).act(observe({ user: 0 }))).toThrow('user: expected an index');
});
