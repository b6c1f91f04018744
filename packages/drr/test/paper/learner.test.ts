import * as tf from '@tensorflow/tfjs-core';
import { Random } from '@rl-recsys/random';
import { stateLayers, type StateLayerName } from '@rl-recsys/state';
import { closeTo } from '@rl-recsys/testing';
import { describe, expect, test } from '@jest/globals';
import { recommend, transitionFields, type DrrLearner, type DrrBatch } from '../../src/index.js';
import { lookUp } from '../../src/look-up.js';
import {
  frozen,
  observe,
  parts,
  toyLearner,
  toyBatch,
  toyReplay,
  toyTables,
  weightsOf,
} from './toy-learner.js';
import { randomTable } from '../random-table.js';
import '../on-wasm.js';

/** The same batch with other columns. */
const change = (batch: DrrBatch, columns: Partial<DrrBatch['columns']>): DrrBatch => ({
  ...batch,
  columns: { ...batch.columns, ...columns },
});

const everyWeight = (learner: DrrLearner) =>
  parts.map((part) => [weightsOf(learner, part), weightsOf(learner, part, 'targets')]);

test.each(Object.keys(stateLayers) as StateLayerName[])('learns with the state layer %s', (name) => {
  const learner = toyLearner({ stateLayer: stateLayers[name], actorLearningRate: 0.01 });
  const before = learner.policyNetwork.act(observe());
  learner.learn(toyBatch(learner));
  expect(learner.policyNetwork.act(observe())).not.toEqual(before);
});

describe('learning', () => {
  test.each([
    ['actor', true, false],
    ['critic', false, true],
    ['both', true, true],
  ] as const)('with signal %s moves the state module with the actor: %s, the critic: %s', (...row) => {
    const [encoderSignal, withActor, withCritic] = row;
    const moved = (rates: { actorLearningRate: number; criticLearningRate: number }) => {
      const learner = toyLearner({ encoderSignal, ...rates });
      const before = parts.map((part) => String(weightsOf(learner, part)));
      learner.learn(toyBatch(learner));
      const [encoder, actor, critic] = parts.map(
        (part, at) => String(weightsOf(learner, part)) !== before[at],
      );
      return { encoder, actor, critic };
    };
    expect(moved({ actorLearningRate: 0.01, criticLearningRate: frozen })).toEqual({
      encoder: withActor,
      actor: true,
      critic: false,
    });
    expect(moved({ actorLearningRate: frozen, criticLearningRate: 0.01 })).toEqual({
      encoder: withCritic,
      actor: false,
      critic: true,
    });
  });

  test('trains by default the weights of the positions that hold an item', () => {
    const learner = toyLearner();
    expect(weightsOf(learner, 'encoder')).toEqual([1, 1, 1]);
    learner.learn(toyBatch(learner)); // one item in each history, at the last position
    const [first, second, last] = weightsOf(learner, 'encoder');
    expect([first, second]).toEqual([1, 1]);
    expect(last).not.toBe(1);
  });

  test('leaves the tables and the batch as they are', () => {
    const tables = toyTables();
    const learner = toyLearner(tables);
    const batch = toyBatch(learner);
    const copy = structuredClone(batch);
    learner.learn(batch);
    expect(tables).toEqual(toyTables());
    expect(batch).toEqual(copy);
  });

  test('gives replay a TD error for each transition', () => {
    const learner = toyLearner();
    const replay = toyReplay(learner);
    const batch = replay.createBatch(5);
    replay.sample(batch, { beta: 0.4 });
    const { tdErrors } = learner.learn(batch);
    expect(tdErrors).toHaveLength(5);
    replay.updatePriorities(batch.ids, tdErrors); // refuses a wrong length and NaN
  });

  test('weighs each transition by its importance', () => {
    const learner = toyLearner();
    const weights = Float32Array.of(1, 0, 0.5, 0.25);
    const { figures, tdErrors } = learner.learn({ ...toyBatch(learner, 4), weights });
    const squares = tdErrors.reduce((sum, error, row) => sum + weights[row]! * error ** 2, 0);
    expect(figures['criticLoss']).toBeCloseTo(squares / 4, 6);
  });

  test('from an index that is in no table is refused, and nothing changes', () => {
    const learner = toyLearner();
    const before = everyWeight(learner);
    const batch = toyBatch(learner);
    const [user, history] = [new Int32Array(8).fill(3), new Int32Array(24).fill(6)];
    const nextHistory = history;
    const tensors = tf.memory().numTensors;
    expect(() => learner.learn(change(batch, { user }))).toThrow(
      'user: expected an index from 0 to 2, got 3',
    );
    expect(() => learner.learn(change(batch, { nextHistory }))).toThrow(
      'history: expected an index from 0 to 5, got 6',
    );
    expect(() => learner.learn(change(batch, { history: new Int32Array(8) }))).toThrow(
      'history: expected 3 indices for each user, got 8 for 8',
    );
    expect(everyWeight(learner)).toEqual(before);
    expect(tf.memory().numTensors).toBe(tensors);
  });
});

describe('the TD error', () => {
  /** Q(s, a) and Q'(s', π'(s')) of each transition, by the networks themselves. */
  function valuesOf({ actorCritic }: DrrLearner, { columns }: DrrBatch) {
    const { networks, targets } = actorCritic;
    const predict = (model: typeof networks.actor, inputs: tf.Tensor | tf.Tensor[]) =>
      model.predict(inputs) as tf.Tensor;
    const state = predict(networks.encoder!, lookUp(toyTables(), columns, 3));
    const nextState = predict(
      targets.encoder!,
      lookUp(toyTables(), { user: columns.user, history: columns.nextHistory }, 3),
    );
    const action = tf.tensor2d(columns.action, [columns.user.length, 4]);
    return {
      value: predict(networks.critics[0]!, [state, action]).dataSync<'float32'>(),
      nextValue: predict(targets.critics[0]!, [
        nextState,
        predict(targets.actor, nextState),
      ]).dataSync<'float32'>(),
    };
  }

  test("is r + discount · Q'(s', π'(s')) − Q(s, a)", () => {
    const learner = toyLearner({ tau: 0.1, criticLearningRate: 0.05, actorLearningRate: 0.05 });
    const batch = toyBatch(learner);
    for (let update = 0; update < 20; update++) learner.learn(batch); // now online and targets differ
    const { reward, discount } = batch.columns;
    const { value, nextValue } = valuesOf(learner, batch);
    const expected = reward.map((earned, row) => earned + discount[row]! * nextValue[row]! - value[row]!);
    expect(Math.max(...nextValue.map(Math.abs))).toBeGreaterThan(0.05);
    expect(new Set(discount)).toEqual(new Set([0, Math.fround(0.9)]));
    expect(Array.from(learner.learn(batch).tdErrors)).toEqual(closeTo(expected, 5));
  });

  test('of a terminated session ignores what comes next, that of a session cut off does not', () => {
    const learned = (gamma: number, nextItem: number) => {
      const learner = toyLearner();
      const discount = new Float32Array(8).fill(gamma);
      const nextHistory = new Int32Array(24).fill(nextItem);
      learner.learn(change(toyBatch(learner), { discount, nextHistory }));
      return everyWeight(learner);
    };
    expect(learned(0, 5)).toEqual(learned(0, 1));
    expect(learned(0.9, 5)).not.toEqual(learned(0.9, 1));
  });
});

describe('the seed', () => {
  const trained = (seed: number) => {
    const learner = toyLearner({ seed });
    const batch = toyBatch(learner);
    const losses = [1, 2, 3].map(() => learner.learn(batch));
    return { losses, weights: everyWeight(learner), action: learner.policyNetwork.act(observe()) };
  };

  test('decides everything', () => {
    expect(trained(1)).toEqual(trained(1));
    for (const part of [1, 2]) expect(trained(1).weights[part]).not.toEqual(trained(2).weights[part]);
  });

  test('leaves the given stream where it is', () => {
    const random = Random.fromSeed(1);
    toyLearner({ random });
    expect(random.uniform()).toBe(Random.fromSeed(1).uniform());
  });
});

describe('saving', () => {
  const options = { encoderSignal: 'both', tau: 0.1 } as const;

  test('a restored learner goes on bit for bit, and so does its policy', () => {
    const learner = toyLearner(options);
    const batch = toyBatch(learner);
    for (let step = 0; step < 3; step++) learner.learn(batch);
    const copy = toyLearner({ ...options, seed: 2 });
    copy.restore(learner.state());
    expect(copy.policy().act(observe())).toEqual(learner.policy().act(observe()));
    expect(copy.policyNetwork.act(observe())).toEqual(learner.policyNetwork.act(observe()));
    for (let step = 0; step < 3; step++) expect(copy.learn(batch)).toEqual(learner.learn(batch));
    expect(everyWeight(copy)).toEqual(everyWeight(learner));
  });

  test('an learner of another size is refused', () => {
    const saved = toyLearner({ historySize: 4 }).state();
    expect(() => toyLearner().restore(saved)).toThrow('variables[0]: expected 3 float32 of shape [3], got 4');
  });
});

describe('sizes', () => {
  test('are those of the fields', () => {
    const learner = toyLearner();
    expect(learner.fields).toEqual(transitionFields({ historySize: 3, embeddingSize: 4 }));
    expect(toyLearner({ historySize: undefined as never }).fields.history.size).toBe(10);
  });

  test('that do not belong together are refused before anything is made', () => {
    const before = tf.memory().numTensors;
    const users = randomTable(3, 5, Random.fromSeed(1));
    expect(() => toyLearner({ users })).toThrow(
      new RangeError('users: expected vectors of 4 numbers like items, got 5'),
    );
    expect(() => toyLearner({ historySize: 0 })).toThrow('historySize: expected a positive integer, got 0');
    expect(tf.memory().numTensors).toBe(before);
    expect(() => toyLearner({ hiddenSize: 1.5 })).toThrow('hiddenSize: expected a positive integer, got 1.5');
  });
});

test('act, score, learn, recommend and dispose leak no tensor', () => {
  const start = tf.memory().numTensors;
  const learner = toyLearner({ encoderSignal: 'both' });
  const batch = toyBatch(learner);
  const before = tf.memory().numTensors;
  expect(before).toBeGreaterThan(start);
  learner.policyNetwork.act(observe());
  expect(tf.memory().numTensors).toBe(before);
  learner.policy().score(observe(), Int32Array.of(0, 1), new Float32Array(2));
  expect(tf.memory().numTensors).toBe(before);
  recommend(learner.policy(), observe(), 2);
  expect(tf.memory().numTensors).toBe(before);
  learner.learn(batch);
  expect(tf.memory().numTensors).toBe(before);
  learner.dispose();
  expect(tf.memory().numTensors).toBe(start);
});
