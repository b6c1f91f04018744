import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';
import {
  fitQEvaluation,
  fitReturns,
  learnFromSessions,
  predictSessions,
  recommend,
  sessionSteps,
  type SessionSteps,
  type ShownSession,
} from '../../src/index.js';
import '../on-wasm.js';
import { sizes, toyLearner } from '../residual/toy.js';
import { toyModel } from '../reward-model/toy.js';

/** Sessions of three steps, shown at random: item 2 earns 1, all others nothing. */
function randomSessions(count: number, random: Random): ShownSession[] {
  return Array.from({ length: count }, () => {
    const items = random.shuffle(Int32Array.of(0, 1, 2, 3, 4, 5)).slice(0, 3);
    return {
      user: random.integer(sizes.users),
      items,
      rewards: Array.from(items, (item) => Number(item === 2)),
    };
  });
}

test('learns from a log alone what to show', () => {
  const random = Random.fromSeed(1);
  const learner = toyLearner({
    actorDropout: 0,
    criticDropout: 0,
    actorLearningRate: 5e-3,
    tau: 0.1,
    residualRange: 2,
  });
  const steps = sessionSteps(randomSessions(300, random), sizes.historySize);
  const before = tf.memory().numTensors;
  const loss = learnFromSessions(learner, steps, { updates: 300, batchSize: 32, random });
  expect(tf.memory().numTensors).toBe(before);
  expect(loss).toBeLessThan(0.5);
  const policy = learner.policy();
  const nothing = { history: new Int32Array(3).fill(-1), rewards: new Float32Array(3) };
  for (let user = 0; user < sizes.users; user++) {
    const candidates = Int32Array.of(0, 1, 2, 3, 4, 5);
    expect(recommend(policy, { user, ...nothing, candidates }, 1)[0]!.item).toBe(2);
  }
  learner.dispose();
});

describe('values of sessions of three steps, each of any item', () => {
  const random = Random.fromSeed(2);
  /** Shown evenly, an item as often as it comes; the policy to be judged shows item 2 nine times of ten. */
  const drawEvenly = () => random.integer(sizes.items);
  const drawTarget = () => (random.uniform() < 0.9 ? 2 : [0, 1, 3, 4, 5][random.integer(5)]!);
  const log = (count: number): SessionSteps =>
    sessionSteps(
      Array.from({ length: count }, () => {
        const items = [drawEvenly(), drawEvenly(), drawEvenly()];
        return { user: random.integer(sizes.users), items, rewards: items.map((item) => Number(item === 2)) };
      }),
      sizes.historySize,
    );
  const steps = log(400);
  const drawnFor = ({ item }: SessionSteps) => Int32Array.from({ length: 4 * item.length }, drawTarget);
  const other = log(200);
  const expectedAtStart = (values: Float64Array) => {
    const starts = other.starts.subarray(0, -1);
    return Array.from(starts, (row) => values[row]!).reduce((sum, value) => sum + value) / starts.length;
  };
  const options = { updates: 400, batchSize: 32, random: Random.fromSeed(3) };

  test('the returns of the log are those of whoever logged: 1 + 2/6 after item 2, 2/6 after others', () => {
    const model = toyModel({ dropout: 0, learningRate: 0.01 });
    const before = tf.memory().numTensors;
    fitReturns(model, steps, options);
    const { logged, expected } = predictSessions(model, other, drawnFor(other));
    expect(tf.memory().numTensors).toBe(before);
    expect(expectedAtStart(expected)).toBeCloseTo(0.9 * (1 + 1 / 3) + 0.1 / 3, 0);
    for (const row of other.starts.subarray(0, -1)) {
      expect(Math.abs(logged[row]! - (Number(other.item[row] === 2) + 1 / 3))).toBeLessThan(0.35);
    }
    model.dispose();
  });

  test('fitted Q evaluation gives those of the policy that is judged: 3 · .9', () => {
    const model = toyModel({ dropout: 0, learningRate: 0.01 });
    const before = tf.memory().numTensors;
    fitQEvaluation(model, steps, drawnFor(steps), options);
    const { expected } = predictSessions(model, other, drawnFor(other));
    expect(tf.memory().numTensors).toBe(before);
    expect(Math.abs(expectedAtStart(expected) - 2.7)).toBeLessThan(0.2);
    model.dispose();
  });

  test('γ = 0 is the next reward alone', () => {
    const model = toyModel({ dropout: 0, learningRate: 0.01 });
    fitReturns(model, steps, { ...options, gamma: 0 });
    const { expected } = predictSessions(model, other, drawnFor(other));
    expect(Math.abs(expectedAtStart(expected) - 0.9)).toBeLessThan(0.1);
    model.dispose();
  });

  test('draws that are not as many for each row are refused', () => {
    const model = toyModel();
    expect(() => predictSessions(model, other, new Int32Array(601))).toThrow(
      'drawn: expected as many items of each of 600 rows, got 601',
    );
    model.dispose();
  });
});
