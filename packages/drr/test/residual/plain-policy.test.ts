import { Random } from '@rl-recsys/random';
import { stateLayers, type StateLayerName } from '@rl-recsys/state';
import { closeTo } from '@rl-recsys/testing';
import { describe, expect, test } from '@jest/globals';
import { joinHistories, residualPolicy, type SavedResidualPolicy } from '../../src/index.js';
import { layerEncoder } from '../../src/layer-encoder.js';
import { plainEncoder } from '../../src/state-encoder.js';
import { expectSaved } from '../expect-saved.js';
import { moveWeights } from '../moved.js';
import { randomTable } from '../random-table.js';
import { sizes, toyLearner } from './toy.js';

/** Full, padded and empty histories. */
const users = [
  { user: 1, history: Int32Array.of(-1, 5, 2), rewards: Float32Array.of(0, 1, -0.5) },
  { user: 0, history: Int32Array.of(5, 0, 3), rewards: Float32Array.of(-1, 1, 0.25) },
  { user: 3, history: Int32Array.of(-1, -1, -1), rewards: new Float32Array(3) },
  { user: 3, history: Int32Array.of(-1, -1, 4), rewards: Float32Array.of(0, 0, 1) },
];
const joined = joinHistories(users, sizes.historySize);

const encoderOf = ({ stateLayer, historySize }: SavedResidualPolicy) =>
  plainEncoder(stateLayer, 3) ? undefined : layerEncoder(stateLayer, { historySize, embeddingSize: 3 });

const variants = (Object.keys(stateLayers) as StateLayerName[]).flatMap((name) =>
  [false, true].flatMap((rewardsInState) =>
    [false, true].map((trainableItems) => ({ name, rewardsInState, trainableItems })),
  ),
);

describe.each(variants)('%j', ({ name, ...options }) => {
  const learner = toyLearner({ stateLayer: stateLayers[name], ...options });
  moveWeights(learner);

  test('the policy acts and ranks as the averaged networks that it was taken from', () => {
    const expected = learner.actByAverage(joined);
    const policy = learner.policy();
    expect(Array.from(policy.actBatch(users))).toEqual(closeTo(expected, 5));
    for (const [row, user] of users.entries()) {
      expect(Array.from(policy.act(user))).toEqual(closeTo(expected.subarray(3 * row, 3 * row + 3), 5));
    }
    expect(policy.tables.items.vectors).toEqual(learner.items.vectors);
    // Not those of the learning networks, which were moved elsewhere.
    expect(learner.act(joined)).not.toEqual(expected);
  });

  test('a saved policy holds plain values, and a copy of it acts the same to the bit', () => {
    const saved = learner.savedPolicy();
    expectSaved(saved);
    const copy = structuredClone(saved);
    const tables = { ...learner.tables, items: learner.items };
    const policy = residualPolicy(copy, tables, encoderOf(copy));
    expect(policy.actBatch(users)).toEqual(learner.policy().actBatch(users));
    expect(policy.historySize).toBe(sizes.historySize);
  });
});

test('what items earned counts where the state has it, and only there', () => {
  const [first] = users;
  const other = { ...first!, rewards: Float32Array.of(0, -1, 1) };
  for (const rewardsInState of [false, true]) {
    const learner = toyLearner({ rewardsInState });
    moveWeights(learner);
    const policy = learner.policy();
    expect(String(policy.act(first!)) === String(policy.act(other))).toBe(!rewardsInState);
  }
});

test('of what items earned the newest counts most at first', () => {
  const { rewardWeights } = toyLearner({ rewardsInState: true }).savedPolicy();
  expect([...rewardWeights!]).toEqual(closeTo([0.147, 0.21, 0.3])); // .3 · .7^age
});

test('a snapshot stays as it is while the learner goes on, and when it is gone', () => {
  const learner = toyLearner({ trainableItems: true });
  const policy = learner.policy();
  const before = policy.recommend(users[0]!, { k: 6 });
  moveWeights(learner);
  expect(policy.recommend(users[0]!, { k: 6 })).toEqual(before);
  expect(learner.policy().recommend(users[0]!, { k: 6 })).not.toEqual(before);
  learner.dispose();
  expect(policy.recommend(users[0]!, { k: 6 })).toEqual(before);
});

test('it serves other users with the same networks', () => {
  const others = randomTable(7, 3, Random.fromSeed('others'));
  const learner = toyLearner();
  moveWeights(learner);
  const user = { ...users[0]!, user: 6 };
  const expected = residualPolicy(learner.savedPolicy(), { ...learner.tables, users: others });
  expect(learner.policy().forUsers(others).recommend(user, { k: 3 })).toEqual(
    expected.recommend(user, { k: 3 }),
  );
  expect(() => learner.policy().act(user)).toThrow('user: expected an index from 0 to 3, got 6');
});

test('a state layer without plain loops needs an encoder, which it names', () => {
  const learner = toyLearner({ stateLayer: stateLayers['drr-att'] });
  expect(() => residualPolicy(learner.savedPolicy(), learner.tables)).toThrow(
    'encoder: expected one for DrrAtt, got none',
  );
});
