import { NO_ITEM } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { stateLayers, type StateLayerName } from '@rl-recsys/state';
import { closeTo } from '@rl-recsys/testing';
import { describe, expect, test } from '@jest/globals';
import { drrPolicy, type SavedDrrPolicy } from '../../src/index.js';
import { layerEncoder } from '../../src/layer-encoder.js';
import { plainEncoder } from '../../src/state-encoder.js';
import { expectSaved } from '../expect-saved.js';
import { moveWeights } from '../moved.js';
import { randomTable } from '../random-table.js';
import { observe, toyLearner, toyTables } from './toy-learner.js';

const users = [
  observe(),
  observe({ user: 0, history: Int32Array.of(5, 0, 3) }),
  observe({ user: 2, history: Int32Array.of(NO_ITEM, NO_ITEM, NO_ITEM) }),
  observe({ user: 2, history: Int32Array.of(NO_ITEM, NO_ITEM, 1) }),
];

/** The encoder that a saved policy needs where its layer has none in plain loops. */
const encoderOf = ({ stateLayer, historySize }: SavedDrrPolicy) =>
  plainEncoder(stateLayer, toyTables().items.size)
    ? undefined
    : layerEncoder(stateLayer, { historySize, embeddingSize: toyTables().items.size });

describe.each(Object.keys(stateLayers) as StateLayerName[])('with the state layer %s', (name) => {
  const learner = toyLearner({ stateLayer: stateLayers[name] });
  moveWeights(learner);

  test('the policy acts as the networks that it was taken from', () => {
    const expected = learner.policyNetwork.actBatch(users);
    expect(Array.from(learner.policy().actBatch(users))).toEqual(closeTo(expected, 5));
    expect(new Set(expected).size).toBe(expected.length);
    for (const user of users) {
      const [alone, action] = [learner.policyNetwork.act(user), learner.policy().act(user)];
      expect(Array.from(action)).toEqual(closeTo(alone, 5));
    }
  });

  test('a saved policy holds plain values, and a copy of it acts the same to the bit', () => {
    const saved = learner.savedPolicy();
    expectSaved(saved);
    const copy = structuredClone(saved);
    const policy = drrPolicy(copy, toyTables(), encoderOf(copy));
    expect(policy.actBatch(users)).toEqual(learner.policy().actBatch(users));
    expect(policy.historySize).toBe(3);
  });

  test('it serves other users with the same networks', () => {
    const others = randomTable(5, 4, Random.fromSeed('others'));
    const saved = learner.savedPolicy();
    const expected = drrPolicy(saved, { ...toyTables(), users: others }, encoderOf(saved));
    const policy = learner.policy().forUsers(others);
    const user = observe({ user: 4 });
    expect(policy.act(user)).toEqual(expected.act(user));
    expect(policy.recommend(user, { k: 3 })).toEqual(expected.recommend(user, { k: 3 }));
    expect(() => learner.policy().act(user)).toThrow('user: expected an index from 0 to 2, got 4');
  });
});

test('a state layer without plain loops needs an encoder, which it names', () => {
  const saved = toyLearner({ stateLayer: stateLayers.gru }).savedPolicy();
  expect(() => drrPolicy(saved, toyTables())).toThrow('encoder: expected one for GruState, got none');
});

test('a layer that nobody has registered is named', () => {
  const { stateLayer } = toyLearner().savedPolicy();
  const unknown = { ...stateLayer, className: 'Unheard' };
  expect(() => layerEncoder(unknown, { historySize: 3, embeddingSize: 4 })).toThrow(
    'stateLayer: expected a registered layer, got Unheard',
  );
});

test('other users need vectors as long as the items', () => {
  const others = randomTable(5, 3, Random.fromSeed('others'));
  expect(() => toyLearner().policy().forUsers(others)).toThrow(
    'users: expected vectors of 4 numbers like items, got 3',
  );
});
