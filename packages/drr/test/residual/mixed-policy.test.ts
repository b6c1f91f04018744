import { closeTo } from '@rl-recsys/testing';
import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { stateLayers, type StateLayerName } from '@rl-recsys/state';
import * as tf from '@tensorflow/tfjs-core';
import {
  continueResidual,
  joinHistories,
  mixedPolicy,
  mixPolicies,
  partsOfPolicy,
  policyOnBackend,
} from '../../src/index.js';
import { plainEncoder } from '../../src/state-encoder.js';
import { moveWeights } from '../moved.js';
import { sizes, toyLearner, toyReplay } from './toy.js';

const users = [
  { user: 1, history: Int32Array.of(-1, 5, 2), rewards: Float32Array.of(0, 1, -0.5) },
  { user: 3, history: Int32Array.of(-1, -1, -1), rewards: new Float32Array(3) },
];

function savedOf(options: Parameters<typeof toyLearner>[0] = {}) {
  const learner = toyLearner(options);
  moveWeights(learner);
  const [policy, tables, acts] = [
    learner.savedPolicy(),
    learner.tables,
    learner.policy().actBatch(users),
  ] as const;
  learner.dispose();
  return { policy, tables, acts };
}

test('a mixed policy acts as the weighted mean of its parts, and what is mixed again is taken apart', () => {
  const one = savedOf();
  const two = savedOf({ random: Random.fromSeed('other') });
  const quarter = mixPolicies(one.policy, two.policy, 0.25);
  const acts = Array.from(one.acts, (value, at) => 0.75 * value + 0.25 * two.acts[at]!);
  const encoders = quarter.parts.map(({ policy }) => plainEncoder(policy.stateLayer, 3)!);
  expect(Array.from(mixedPolicy(quarter, one.tables, encoders).actBatch(users))).toEqual(closeTo(acts, 5));
  expect(Array.from(policyOnBackend(quarter, one.tables).actBatch(users))).toEqual(closeTo(acts, 5));
  const again = mixPolicies(quarter, two.policy, 0.5); // half of .75 and .25, and half of the second
  expect(partsOfPolicy(again).map(({ weight }) => weight)).toEqual([0.375, 0.625]);
});

test.each([0, 1, -0.1, NaN])('a share of %d is refused', (share) => {
  const { policy } = savedOf();
  expect(() => mixPolicies(policy, policy, share)).toThrow('share: expected a number between 0 and 1');
});

test('policies of other histories, or with vectors of their own, are not mixed', () => {
  const { policy } = savedOf();
  const longer = { ...policy, historySize: 4 };
  expect(() => mixPolicies(policy, longer, 0.5)).toThrow('to: expected histories of 3 items, got 4');
  const learned = savedOf({ trainableItems: true }).policy;
  expect(() => mixPolicies(policy, learned, 0.5)).toThrow('expected those that rank the tables');
  const { tables } = savedOf();
  expect(() => continueResidual(learned, tables, Random.fromSeed(1))).toThrow('expected one that ranks');
});

test.each(Object.keys(stateLayers) as StateLayerName[])(
  'learning goes on from a policy by %s: it acts the same, for other users too, and preparing changes nothing',
  (name) => {
    const { policy, tables, acts } = savedOf({ stateLayer: stateLayers[name], rewardsInState: true });
    const before = tf.memory().numTensors;
    const learner = continueResidual(policy, tables, Random.fromSeed(1));
    const histories = joinHistories(users, sizes.historySize);
    expect(Array.from(learner.act(histories))).toEqual(closeTo(acts, 5));
    const source = toyLearner();
    const replay = toyReplay(source);
    source.dispose();
    const batch = replay.createBatch(8);
    replay.sample(batch);
    const fits = { ...batch, columns: { ...batch.columns } };
    const count = learner.fields.candidates.size;
    for (const column of ['candidates', 'nextCandidates'] as const) {
      const wide = new Int32Array(8 * count).fill(-1);
      for (let row = 0; row < 8; row++) {
        wide.set(batch.columns[column].subarray(row * 4, row * 4 + 4), row * count);
      }
      fits.columns[column] = wide;
    }
    learner.prepare(fits);
    expect(Array.from(learner.actByAverage(histories))).toEqual(closeTo(acts, 5));
    learner.dispose();
    expect(tf.memory().numTensors).toBe(before);
  },
);
