import * as tf from '@tensorflow/tfjs-core';
import { createEmbeddingTable } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { UniformReplay } from '@rl-recsys/replay-buffer';
import { describe, expect, test } from '@jest/globals';
import { ResidualPolicy } from '../../src/index.js';
import { expectSameScoresInBatch } from '../score-batch.js';
import { randomTable } from '../toy-agent.js';
import { blocks, histories, learnOn, sampleOf, sizes, toyAgent } from './toy.js';

describe('untrained', () => {
  test("the action is the user's vector, to the bit, whatever the history", () => {
    const users = randomTable(sizes.users, 3, Random.fromSeed('users'));
    const agent = toyAgent({ users });
    expect(Array.from(agent.act(histories))).toEqual(Array.from(users.vectors.subarray(3, 6)));
    expect(agent.actByAverage(histories)).toEqual(agent.act(histories));
    learnOn(agent, 0); // standardised inputs change nothing
    expect(Array.from(agent.act(histories))).toEqual(Array.from(users.vectors.subarray(3, 6)));
  });

  test('a gate of 0 takes its block out of the ranking', () => {
    const users = createEmbeddingTable(Float32Array.of(1, 2, 3, 4, 5, 6), 3);
    const agent = toyAgent({ users, gates: { fame: 0, taste: 0.5 } });
    expect(Array.from(agent.act(histories))).toEqual([2, 2.5, 0]);
  });
});

test('its policy scores several users at once as it scores each alone', () => {
  const users = randomTable(sizes.users, 3, Random.fromSeed('users'));
  const policy = new ResidualPolicy(toyAgent({ users }));
  const { history, rewards } = histories;
  const views = [0, 3, 1].map((user) => ({ user, history, rewards }));
  const items = [Int32Array.of(5, 0), Int32Array.of(3), Int32Array.of(0, 1, 2)];
  expectSameScoresInBatch(policy, views, items, 5);
});

describe('learning', () => {
  test('changes nobody but the critics in the first hundred updates', () => {
    const agent = toyAgent();
    const before = agent.act(histories);
    const results = learnOn(agent, 100);
    expect(results.every(({ actorLoss }) => actorLoss === undefined)).toBe(true);
    expect(agent.act(histories)).toEqual(before);
    expect(learnOn(agent, 2)[1]!.actorLoss).toBeDefined();
    expect(agent.act(histories)).not.toEqual(before);
  });

  test('finds the item that pays, for every user and history', () => {
    const agent = toyAgent({
      residualRange: 4,
      gateRange: 4,
      actorDropout: 0,
      criticDropout: 0,
      actorLearningRate: 0.01,
      tau: 0.1,
    });
    learnOn(agent, 250);
    const policy = new ResidualPolicy(agent);
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
      const agent = toyAgent({
        users,
        items,
        candidateCount: 3,
        hiddenSize: 32,
        residualRange: 10,
        ...rates,
        ...undropped,
      });
      const replay = new UniformReplay({ capacity: 5, fields: agent.fields, random: Random.fromSeed(1) });
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
        agent.learn(batch);
      }
      const [first, second] = agent.actByAverage({ ...start, user: [0] });
      return first! > second! ? 0 : 1;
    };
    expect(firstChoice(0.1)).toBe(0);
    expect(firstChoice(0.9)).toBe(1);
  });

  test('bootstraps from what can be shown next, the same item where it may come again', () => {
    const lossOf = (nextCandidates: readonly number[]) => {
      const agent = toyAgent({ criticDropout: 0 });
      const replay = new UniformReplay({ capacity: 1, fields: agent.fields, random: Random.fromSeed(1) });
      const [history, rewards] = [Int32Array.of(-1, -1, 4), Float32Array.of(0, 0, 1)];
      const next = { nextHistory: history, nextRewards: rewards, nextCandidates };
      const candidates = [3, 1, -1, -1];
      replay.add({ user: 1, history, rewards, candidates, item: 3, reward: 0.5, discount: 1, ...next });
      const batch = replay.createBatch(2);
      replay.sample(batch);
      return agent.learn(batch).criticLoss;
    };
    expect(lossOf([-1, 1, -1, -1])).toBe(lossOf([1, -1, -1, -1]));
    expect(lossOf([3, -1, -1, -1])).not.toBe(lossOf([-1, 1, -1, -1]));
  });

  test('is the same for the same seed, and another for another', () => {
    const lossesOf = (random: Random) =>
      learnOn(toyAgent({ random }), 105).map(({ criticLoss }) => criticLoss);
    expect(lossesOf(Random.fromSeed(7))).toEqual(lossesOf(Random.fromSeed(7)));
    expect(lossesOf(Random.fromSeed(7))).not.toEqual(lossesOf(Random.fromSeed(8)));
  });

  test('leaves no tensor behind, and disposing frees all', () => {
    const before = tf.memory().numTensors;
    const agent = toyAgent({ trainableItems: true, rewardsInState: true });
    learnOn(agent, 101);
    const after = tf.memory().numTensors;
    learnOn(agent, 10);
    agent.act(histories);
    expect(tf.memory().numTensors).toBe(after);
    agent.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('weighs transitions by their importance', () => {
    const agent = toyAgent({ criticDropout: 0 });
    const batch = sampleOf(agent);
    const halved = { ...batch, weights: batch.weights.map((weight) => weight / 2) };
    const whole = toyAgent({ criticDropout: 0 }).learn(batch).criticLoss;
    expect(agent.learn(halved).criticLoss).toBeCloseTo(whole / 2, 6);
  });
});

describe("items' vectors", () => {
  test('stay as they are by default', () => {
    const agent = toyAgent();
    const before = agent.items.vectors.slice();
    learnOn(agent, 110);
    expect(agent.items.vectors).toEqual(before);
  });

  test('learn where they are asked to, without changing those that were given', () => {
    const items = randomTable(sizes.items, 3, Random.fromSeed('items'));
    const given = items.vectors.slice();
    const agent = toyAgent({ items, trainableItems: true });
    expect(agent.items.vectors).toEqual(given);
    learnOn(agent, 110);
    expect(agent.items.vectors).not.toEqual(given);
    expect(items.vectors).toEqual(given);
  });
});

describe('saving', () => {
  test('goes on to the bit', () => {
    const agent = toyAgent();
    learnOn(agent, 105);
    const bytes = agent.save();
    const other = toyAgent({ random: Random.fromSeed('another') });
    other.restore(bytes);
    expect(other.actByAverage(histories)).toEqual(agent.actByAverage(histories));
    const batch = sampleOf(agent);
    expect(other.learn(batch)).toEqual(agent.learn(batch));
    expect(other.act(histories)).toEqual(agent.act(histories));
  });

  test('refuses what comes from an agent of another shape', () => {
    const bytes = toyAgent({ hiddenSize: 9 }).save();
    const agent = toyAgent();
    const before = agent.act(histories);
    expect(() => agent.restore(bytes)).toThrow('expected shape');
    expect(agent.act(histories)).toEqual(before);
  });
});

describe('errors', () => {
  test.each([
    [[{ name: 'a', start: 0, size: 2 }], 'blocks: expected 3 dimensions, got 2'],
    [[{ name: 'a', start: 1, size: 2 }], 'blocks: expected a to begin at 0 with a size, got 1 and 2'],
    [[blocks[0]!, { ...blocks[1]!, name: 'taste' }], 'blocks: expected different names, got taste, taste'],
  ])('names what is wrong with the blocks %#', (wrong, message) => {
    expect(() => toyAgent({ blocks: wrong })).toThrow(message);
  });

  test('refuses what is in no table', () => {
    const agent = toyAgent();
    expect(() => agent.act({ ...histories, user: [4] })).toThrow(
      'user: expected an index from 0 to 3, got 4',
    );
    expect(() => agent.act({ ...histories, history: Int32Array.of(1, 2, 6) })).toThrow('history');
    expect(() => agent.act({ ...histories, rewards: new Float32Array(2) })).toThrow('rewards: expected 3');
    const batch = sampleOf(agent);
    const before = agent.save();
    for (const column of ['candidates', 'item'] as const) {
      const columns = { ...batch.columns, [column]: batch.columns[column].map(() => 6) };
      expect(() => agent.learn({ ...batch, columns })).toThrow(
        `${column}: expected an index from 0 to 5, got 6`,
      );
    }
    expect(agent.save()).toEqual(before);
  });
});
