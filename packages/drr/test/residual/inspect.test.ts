import { createEmbeddingTable } from '@rl-recsys/embeddings';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from '@jest/globals';
import '../on-wasm.js';
import { moveWeights } from '../moved.js';
import { histories, learnOn, sampleOf, sizes, toyLearner } from './toy.js';

const users = createEmbeddingTable(
  Float32Array.from({ length: 3 * sizes.users }, (_, place) => place / 10),
  3,
);

describe('a look at a batch', () => {
  test('untrained shows the first gates, no residual, and the entropy of their softmax', () => {
    const learner = toyLearner({ users, gates: { taste: 1, fame: 0.5 }, temperature: 2 });
    const batch = sampleOf(learner);
    const figures = learner.inspect(batch);
    expect(figures).toMatchObject({ 'gate/taste': 1, 'gate/fame': 0.5, residualSize: 0 });

    // By hand: the softmax of the inner products with the gated vectors.
    const items = learner.items.vectors;
    const entropies = Array.from(batch.columns.user, (user, row) => {
      const there = batch.columns.candidates.subarray(4 * row, 4 * row + 4).filter((item) => item >= 0);
      const powers = Array.from(there, (item) => {
        const at = (d: number) => users.vectors[3 * user + d]! * items[3 * item + d]!;
        return Math.exp((at(0) + at(1) + 0.5 * at(2)) / 2);
      });
      const total = powers.reduce((sum, power) => sum + power, 0);
      return powers.reduce((sum, power) => sum - (power / total) * Math.log(power / total), 0);
    });
    const mean = entropies.reduce((sum, entropy) => sum + entropy, 0) / entropies.length;
    expect(figures['candidateEntropy']).toBeCloseTo(mean, 5);
  });

  test('has values of what was shown, learns nothing, and leaves no tensor behind', () => {
    const learner = toyLearner({ trainableItems: true });
    learnOn(learner, 130);
    const batch = sampleOf(learner);
    const before = learner.state();
    const tensors = tf.memory().numTensors;
    const figures = learner.inspect(batch);
    expect(tf.memory().numTensors).toBe(tensors);
    expect(learner.inspect(batch)).toEqual(figures);
    expect(learner.state()).toEqual(before);
    expect(figures['maxQ']).toBeGreaterThan(figures['meanQ']!);
    expect(figures['residualSize']).toBeGreaterThan(0);
    expect(figures['gate/fame']).not.toBe(figures['gate/taste']);
  });

  test('sees that the rewards that the critics have learned are about as large', () => {
    const learner = toyLearner({ criticLearningRate: 0.01, criticDropout: 0 });
    learnOn(learner, 100);
    const batch = sampleOf(learner);
    for (let row = 0; row < batch.columns.item.length; row++) batch.columns.item[row] = 2; // which earns 1
    const pays = learner.inspect(batch)['meanQ']!;
    batch.columns.item.fill(3); // which earns −1
    expect(pays).toBeGreaterThan(learner.inspect(batch)['meanQ']! + 0.5);
  });
});

describe('the parts of a score', () => {
  test('add up to the inner product of action and item, also where items are learned', () => {
    const learner = toyLearner({ trainableItems: true });
    learnOn(learner, 120);
    moveWeights(learner);
    const [parts] = learner.explain(histories, Int32Array.of(4));
    const action = learner.act(histories);
    const item = learner.learningItems.vectors.subarray(12, 15);
    const score = action.reduce((sum, value, d) => sum + value * item[d]!, 0);
    expect(Object.keys(parts!)).toEqual(['taste', 'fame', 'learned']);
    expect(Object.values(parts!).reduce((sum, part) => sum + part, 0)).toBeCloseTo(score, 5);
    expect(Object.values(parts!).every((part) => part !== 0)).toBe(true);
  });

  test('untrained are those of the gated blocks alone', () => {
    const learner = toyLearner({ users, gates: { fame: 3 } });
    const x = learner.items.vectors.subarray(6, 9);
    const [parts] = learner.explain({ ...histories, user: [2] }, Int32Array.of(2));
    expect(parts!['taste']).toBeCloseTo(0.6 * x[0]! + 0.7 * x[1]!, 5);
    expect(parts!['fame']).toBeCloseTo(3 * 0.8 * x[2]!, 5);
    expect(parts!['learned']).toBeCloseTo(0, 10);
  });

  test('of an item that nobody has are refused', () => {
    expect(() => toyLearner().explain(histories, Int32Array.of(6))).toThrow(RangeError);
  });
});

describe('a look at one observation', () => {
  test('has the scores that the policy ranks by, made of their parts, and leaves no tensor behind', () => {
    const learner = toyLearner({ trainableItems: true });
    learnOn(learner, 120);
    const tensors = tf.memory().numTensors;
    const look = learner.lookAt(histories, Int32Array.of(4, 0, 5));
    expect(tf.memory().numTensors).toBe(tensors);
    const action = learner.actByAverage(histories);
    expect(look.items.map(({ item }) => item)).toEqual([4, 0, 5]);
    for (const { item, score, parts } of look.items) {
      const x = learner.items.vectors.subarray(3 * item, 3 * item + 3);
      expect(score).toBeCloseTo(
        action.reduce((sum, value, d) => sum + value * x[d]!, 0),
        5,
      );
      expect(Object.keys(parts)).toEqual(['taste', 'fame', 'learned']);
    }
    expect(Object.keys(look.gates)).toEqual(['taste', 'fame']);
    expect(look.residualSize).toBeGreaterThan(0);
  });

  test('untrained has the first gates and no residual', () => {
    const { gates, residualSize } = toyLearner({ users, gates: { fame: 3 } }).lookAt(
      histories,
      Int32Array.of(1),
    );
    expect(gates).toEqual({ taste: 1, fame: 3 });
    expect(residualSize).toBeCloseTo(0, 10);
  });

  test('knows which item pays', () => {
    const learner = toyLearner({ criticLearningRate: 0.01, criticDropout: 0, tau: 1 });
    learnOn(learner, 110); // the averages follow from the hundredth on
    for (const user of [0, 1, 2, 3]) {
      const empty = { user: [user], history: new Int32Array(3).fill(-1), rewards: new Float32Array(3) };
      const [pays, costs] = learner.lookAt(empty, Int32Array.of(2, 3)).items;
      expect(pays!.value).toBeGreaterThan(costs!.value);
    }
  });

  test('of several users, or of an item that nobody has, is refused', () => {
    const two = { user: [0, 1], history: new Int32Array(6).fill(-1), rewards: new Float32Array(6) };
    expect(() => toyLearner().lookAt(two, Int32Array.of(1))).toThrow('histories: expected one, got 2');
    expect(() => toyLearner().lookAt(histories, Int32Array.of(6))).toThrow(RangeError);
  });
});
