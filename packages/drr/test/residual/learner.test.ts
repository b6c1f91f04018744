import * as tf from '@tensorflow/tfjs-core';
import { createEmbeddingTable } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { UniformReplay } from '@rl-recsys/replay-buffer';
import { describe, expect, test } from '@jest/globals';
import '../on-wasm.js';
import { expectSameScoresInBatch } from '../score-batch.js';
import { randomTable } from '../random-table.js';
import type { ResidualLearner } from '../../src/index.js';
import { blocks, histories, learnOn, sampleOf, sizes, toyLearner } from './toy.js';

describe('untrained', () => {
  test("the action is the user's vector, to the bit, whatever the history", () => {
    const users = randomTable(sizes.users, 3, Random.fromSeed('users'));
    const learner = toyLearner({ users });
    expect(Array.from(learner.act(histories))).toEqual(Array.from(users.vectors.subarray(3, 6)));
    expect(learner.actByAverage(histories)).toEqual(learner.act(histories));
    learnOn(learner, 0); // standardized inputs change nothing
    expect(Array.from(learner.act(histories))).toEqual(Array.from(users.vectors.subarray(3, 6)));
  });

  test('a gate of 0 takes its block out of the ranking', () => {
    const users = createEmbeddingTable(Float32Array.of(1, 2, 3, 4, 5, 6), 3);
    const learner = toyLearner({ users, gates: { fame: 0, taste: 0.5 } });
    expect(Array.from(learner.act(histories))).toEqual([2, 2.5, 0]);
  });
});

test('its policy scores several users at once as it scores each alone', () => {
  const users = randomTable(sizes.users, 3, Random.fromSeed('users'));
  const policy = toyLearner({ users }).policy();
  const { history, rewards } = histories;
  const views = [0, 3, 1].map((user) => ({ user, history, rewards }));
  const items = [Int32Array.of(5, 0), Int32Array.of(3), Int32Array.of(0, 1, 2)];
  expectSameScoresInBatch(policy, views, items, 5);
});

describe('learning', () => {
  test('changes nobody but the critics in the first hundred updates, and no vectors of items; it is saved to the bit', () => {
    const learner = toyLearner();
    const items = learner.items.vectors.slice();
    const before = learner.act(histories);
    const results = learnOn(learner, 100);
    expect(results.every(({ actorLoss }) => actorLoss === undefined)).toBe(true);
    expect(learner.act(histories)).toEqual(before);
    expect(learnOn(learner, 2)[1]!.actorLoss).toBeDefined();
    expect(learner.act(histories)).not.toEqual(before);
    expect(learner.items.vectors).toEqual(items);

    const other = toyLearner({ random: Random.fromSeed('another') });
    other.restore(learner.state());
    expect(other.actByAverage(histories)).toEqual(learner.actByAverage(histories));
    const batch = sampleOf(learner);
    for (let update = 0; update < 2; update++) expect(other.learn(batch)).toEqual(learner.learn(batch));
    expect(other.act(histories)).toEqual(learner.act(histories));
    expect(other.state()).toEqual(learner.state());
  });

  test('finds the item that pays, for every user and history', () => {
    const learner = toyLearner({
      residualRange: 4,
      gateRange: 4,
      actorDropout: 0,
      criticDropout: 0,
      actorLearningRate: 0.01,
      tau: 0.1,
    });
    learnOn(learner, 250);
    const policy = learner.policy();
    for (let user = 0; user < sizes.users; user++) {
      const { history, rewards } = histories;
      expect(policy.recommend({ user, history, rewards }, { k: 1 })[0]!.item).toBe(2);
    }
  });

  test('takes a reward that comes one step later into account, by the discount', () => {
    // Item 0 pays 0.5 and item 2 −1, and both end it. Item 1 pays nothing, but item 2 pays 1 after it.
    const items = createEmbeddingTable(Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), 3);
    const users = createEmbeddingTable(Float32Array.of(0.1, 0.1, 0.1), 3);
    const start = { user: 0, history: Int32Array.of(-1, -1, -1), rewards: new Float32Array(3) };
    const later = { user: 0, history: Int32Array.of(-1, -1, 1), rewards: new Float32Array(3) };
    const firstChoice = (gamma: number) => {
      const rates = { actorLearningRate: 0.003, criticLearningRate: 0.01, tau: 0.1 };
      const undropped = { actorDropout: 0, criticDropout: 0 };
      const learner = toyLearner({
        users,
        items,
        candidateCount: 3,
        hiddenSize: 32,
        residualRange: 10,
        ...rates,
        ...undropped,
      });
      const replay = new UniformReplay({ capacity: 5, fields: learner.fields, random: Random.fromSeed(1) });
      const nextHistory = later.history;
      const nextRewards = later.rewards;
      for (const [at, left, item, reward, discount] of [
        [start, [0, 1, 2], 0, 0.5, 0],
        [start, [0, 1, 2], 1, 0, gamma],
        [start, [0, 1, 2], 2, -1, 0],
        [later, [0, -1, 2], 0, 0.5, 0],
        [later, [0, -1, 2], 2, 1, 0],
      ] as const) {
        const nextCandidates = left.map((each) => (each === item ? -1 : each));
        const next = { nextHistory, nextRewards, nextCandidates };
        replay.add({ ...at, candidates: left, item, reward, discount, ...next });
      }
      const batch = replay.createBatch(16);
      for (let update = 0; update < 200; update++) {
        replay.sample(batch);
        learner.learn(batch);
      }
      const [first, second] = learner.actByAverage({ ...start, user: [0] });
      return first! > second! ? 0 : 1;
    };
    expect(firstChoice(0.1)).toBe(0);
    expect(firstChoice(0.9)).toBe(1);
  });

  test('bootstraps from what can be shown next, the same item where it may come again', () => {
    const lossOf = (nextCandidates: readonly number[], discount = 1) => {
      const learner = toyLearner({ criticDropout: 0 });
      const replay = new UniformReplay({ capacity: 1, fields: learner.fields, random: Random.fromSeed(1) });
      const [history, rewards] = [Int32Array.of(-1, -1, 4), Float32Array.of(0, 0, 1)];
      const next = { nextHistory: history, nextRewards: rewards, nextCandidates };
      const candidates = [3, 1, -1, -1];
      replay.add({ user: 1, history, rewards, candidates, item: 3, reward: 0.5, discount, ...next });
      const batch = replay.createBatch(2);
      replay.sample(batch);
      return learner.learn(batch).figures.criticLoss;
    };
    expect(lossOf([-1, 1, -1, -1])).toBe(lossOf([1, -1, -1, -1]));
    expect(lossOf([3, -1, -1, -1])).not.toBe(lossOf([-1, 1, -1, -1]));
    const nothing = [-1, -1, -1, -1];
    expect(lossOf(nothing)).toBe(lossOf(nothing, 0));
    expect(lossOf([0, -1, -1, -1])).not.toBe(lossOf(nothing));
  });

  test('is the same for the same seed, and another for another', () => {
    const lossesOf = (seed: number, updates: number) =>
      learnOn(toyLearner({ random: Random.fromSeed(seed) }), updates).map(({ criticLoss }) => criticLoss);
    const losses = lossesOf(7, 105);
    expect(lossesOf(7, 105)).toEqual(losses);
    expect(lossesOf(8, 3)).not.toEqual(losses.slice(0, 3));
  });

  test("leaves no tensor behind; items' vectors learn where they are asked to, those that were given stay", () => {
    const before = tf.memory().numTensors;
    const items = randomTable(sizes.items, 3, Random.fromSeed('items'));
    const given = items.vectors.slice();
    const learner = toyLearner({ items, trainableItems: true, rewardsInState: true });
    expect(learner.items.vectors).toEqual(given);
    learnOn(learner, 101);
    const after = tf.memory().numTensors;
    learnOn(learner, 10);
    learner.act(histories);
    expect(tf.memory().numTensors).toBe(after);
    expect(learner.items.vectors).not.toEqual(given);
    expect(items.vectors).toEqual(given);
    const other = toyLearner({ items, trainableItems: true });
    const both = tf.memory();
    learner.dispose();
    const alone = tf.memory();
    expect(both.numTensors - alone.numTensors).toBe(after - before);
    learner.dispose(); // safe to call twice, and frees nothing of others
    expect(tf.memory()).toMatchObject({ numTensors: alone.numTensors, numDataBuffers: alone.numDataBuffers });
    expect(other.act(histories)).toHaveLength(3);
    other.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('weighs transitions by their importance', () => {
    const learner = toyLearner({ criticDropout: 0 });
    const batch = sampleOf(learner);
    const halved = { ...batch, weights: batch.weights.map((weight) => weight / 2) };
    const whole = toyLearner({ criticDropout: 0 }).learn(batch).figures.criticLoss;
    expect(learner.learn(halved).figures.criticLoss).toBeCloseTo(whole / 2, 6);
  });
});

describe('saving', () => {
  test('brings the scale of the users that the saved one learned from, by state, by weights and by policy', () => {
    const users = { rows: 4, size: 3, vectors: Float32Array.from({ length: 12 }, (_, place) => place - 3) };
    const learner = toyLearner({ users });
    learnOn(learner, 3);
    const { userScale } = learner.savedPolicy();
    // Root mean squares of −3, 0, 3, 6, of −2, 1, 4, 7 and of −1, 2, 5, 8, and a hundredth.
    for (const [d, sum] of [54, 70, 94].entries())
      expect(userScale[d]).toBeCloseTo(Math.sqrt(sum / 4) + 0.01, 5);
    const takes = [
      (other: ResidualLearner) => other.restore(learner.state()),
      (other: ResidualLearner) => other.takeWeights(learner.weights()),
      (other: ResidualLearner) => other.takePolicy(learner.savedPolicy()),
    ];
    for (const take of takes) {
      const other = toyLearner();
      expect(other.savedPolicy().userScale).not.toEqual(userScale);
      take(other);
      expect(other.savedPolicy().userScale).toEqual(userScale);
    }
  });

  test('refuses what comes from a learner of another shape', () => {
    const saved = toyLearner({ hiddenSize: 9 }).state();
    const learner = toyLearner();
    const before = learner.act(histories);
    expect(() => learner.restore(saved)).toThrow('variables[1]: expected ');
    expect(learner.act(histories)).toEqual(before);
  });
});

describe('errors', () => {
  test.each([
    [[{ name: 'a', start: 0, size: 2 }], 'blocks: expected 3 dimensions, got 2'],
    [[{ name: 'a', start: 1, size: 2 }], 'blocks: expected a to begin at 0 with a size, got 1 and 2'],
    [
      [
        { name: 'a', start: 0, size: 0 },
        { ...blocks[0]!, size: 3 },
      ],
      'to begin at 0 with a size, got 0 and 0',
    ],
    [[{ name: 'a', start: 0, size: 1.5 }], 'to begin at 0 with a size, got 0 and 1.5'],
    [[blocks[0]!, { ...blocks[1]!, name: 'taste' }], 'blocks: expected different names, got taste, taste'],
  ])('names what is wrong with the blocks %#', (wrong, message) => {
    expect(() => toyLearner({ blocks: wrong })).toThrow(message);
  });

  test.each([
    [{ policyDelay: 0 }, 'policyDelay: expected a positive integer, got 0'],
    [{ policyDelay: 1.5 }, 'policyDelay: expected a positive integer, got 1.5'],
    [{ actorDropout: 1 }, 'actorDropout: expected a share from 0 to below 1, got 1'],
    [{ gateRange: -1 }, 'gateRange: expected a finite number from 0, got -1'],
    [{ temperature: 0 }, 'temperature: expected a positive finite number, got 0'],
    [{ actorLearningRate: Infinity }, 'actorLearningRate: expected a positive finite number, got Infinity'],
    [{ tau: NaN }, 'tau: expected above 0 and at most 1, got NaN'],
    [{ gates: { rating: 0 } }, 'gates: expected one of taste, fame, got rating'],
    [{ gates: { taste: NaN } }, 'taste: expected a finite number, got NaN'],
  ])('names what is wrong with %j', (wrong, message) => {
    const before = tf.memory().numTensors;
    expect(() => toyLearner(wrong)).toThrow(new RangeError(message));
    expect(tf.memory().numTensors).toBe(before);
  });

  test('a view whose rewards are of another length is refused', () => {
    const view = { user: 0, history: Int32Array.of(-1, 5, 2), rewards: Float32Array.of(1) };
    expect(() => toyLearner().policy().act(view)).toThrow('rewards: expected 3 numbers, got 1 for user 0');
  });

  test('refuses what is in no table', () => {
    const learner = toyLearner();
    expect(() => learner.act({ ...histories, user: [4] })).toThrow(
      'user: expected an index from 0 to 3, got 4',
    );
    expect(() => learner.act({ ...histories, history: Int32Array.of(1, 2, 6) })).toThrow('history');
    expect(() => learner.act({ ...histories, rewards: new Float32Array(2) })).toThrow('rewards: expected 3');
    const batch = sampleOf(learner);
    const before = learner.state();
    for (const column of ['candidates', 'item'] as const) {
      const columns = { ...batch.columns, [column]: batch.columns[column].map(() => 6) };
      expect(() => learner.learn({ ...batch, columns })).toThrow(
        `${column}: expected an index from 0 to 5, got 6`,
      );
    }
    expect(learner.state()).toEqual(before);
  });
});
