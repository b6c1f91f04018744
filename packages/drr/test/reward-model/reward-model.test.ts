import type { Adam } from '@rl-recsys/agent';
import { Random } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from '@jest/globals';
import { RewardModel, type RewardBatch } from '../../src/index.js';
import { blocks, histories, sampleOf, sizes, toyLearner } from '../residual/toy.js';
import { randomTable } from '../random-table.js';
import { toyModel } from './toy.js';
import '../on-wasm.js';

/** Transitions of a residual learner, each of another weight. */
const learner = toyLearner();
const batch: RewardBatch = {
  ...sampleOf(learner),
  weights: Float32Array.from({ length: 16 }, (_, row) => 0.25 + row / 16),
};
learner.dispose();

const learnOn = (model: RewardModel, updates: number) => {
  model.prepare(batch);
  return Array.from({ length: updates }, () => model.learn(batch).loss);
};

/** (1 / batch) Σ w (r − r(s, x))², by hand. */
function lossByHand(model: RewardModel, { columns, weights }: RewardBatch): number {
  const predicted = model.values({ ...columns, user: columns.user }, columns.item);
  const terms = weights.map((weight, row) => weight * (columns.reward[row]! - predicted[row]!) ** 2);
  return terms.reduce((sum, term) => sum + term, 0) / weights.length;
}

describe('learning', () => {
  test('begins at the weighted squared error of what it predicts, and falls', () => {
    const model = toyModel({ dropout: 0 });
    model.prepare(batch);
    const before = lossByHand(model, batch);
    expect(model.learn(batch).loss).toBeCloseTo(before, 5);
    const losses = learnOn(model, 60);
    expect(losses.at(-1)).toBeLessThan(before / 2);
  });

  test('follows the gradient that differences of the loss show, in every weight', () => {
    const model = toyModel({ dropout: 0, hiddenSize: 4, rewardsInState: true, learningRate: 1e-12 });
    model.prepare(batch);
    model.learn(batch);
    const { optimizer } = (model as unknown as { parts: { optimizer: Adam } }).parts;
    let checked = 0;
    for (const [index, variable] of optimizer.variables.entries()) {
      // After one update Adam's running mean is (1 − β₁) g.
      const gradient = optimizer.moments[index]!.mean.dataSync<'float32'>().map((mean) => mean / 0.1);
      const weights = variable.dataSync<'float32'>().slice();
      const lossAt = (place: number, change: number) => {
        const moved = weights.slice();
        moved[place]! += change;
        tf.tidy(() => variable.assign(tf.tensor(moved, variable.shape)));
        return lossByHand(model, batch);
      };
      for (let place = 0; place < weights.length; place++, checked++) {
        const difference = (lossAt(place, 0.002) - lossAt(place, -0.002)) / 0.004;
        expect(Math.abs(gradient[place]! - difference)).toBeLessThan(0.003 + 0.01 * Math.abs(difference));
      }
      lossAt(0, 0);
    }
    expect(checked).toBeGreaterThan(100);
  });

  test('that runs away is stopped, and what was learned before is kept', () => {
    const model = toyModel();
    learnOn(model, 3);
    const before = model.state();
    const huge = { ...batch, columns: { ...batch.columns, reward: new Float32Array(16).fill(1e30) } };
    const other = toyModel();
    other.restore(before);
    expect(() => other.learn(huge)).toThrow(
      'loss: expected a finite number that learning can go on from, got Infinity in update 1; ' +
        'what was learned until update 0 is kept',
    );
    expect(other.state()).toEqual(before);
    expect(other.learn(batch)).toEqual(model.learn(batch));
  });

  test('is never saved with a number that is none', () => {
    const model = toyModel();
    model.prepare(batch);
    const before = model.state();
    model.learn(batch);
    const { optimizer } = (model as unknown as { parts: { optimizer: Adam } }).parts;
    const [variable] = optimizer.variables as [tf.Variable];
    tf.tidy(() => variable.assign(tf.fill(variable.shape, NaN)));
    expect(() => model.state()).toThrow('learner.variables[0][0]: expected a finite number');
    expect(model.state()).toEqual(before);
  });

  test('looks at nothing beyond the step', () => {
    const other = sampleOf(toyLearner());
    for (const column of [
      'discount',
      'nextHistory',
      'nextRewards',
      'nextCandidates',
      'candidates',
    ] as const) {
      other.columns[column].fill(0);
    }
    const [first, second] = [toyModel(), toyModel()];
    expect(second.learn({ ...other, weights: batch.weights })).toEqual(first.learn(batch));
    expect(second.state()).toEqual(first.state());
  });

  test('drops inputs in learning alone', () => {
    const [whole, dropped] = [toyModel({ dropout: 0 }), toyModel({ dropout: 0.5 })];
    expect(dropped.values(histories, Int32Array.of(3))).toEqual(whole.values(histories, Int32Array.of(3)));
    expect(dropped.learn(batch).loss).not.toBe(whole.learn(batch).loss);
  });

  test('scales its steps', () => {
    const [model, still] = [toyModel(), toyModel()];
    still.scaleLearningRates(0);
    const before = still.values(histories, Int32Array.of(3));
    for (const each of [model, still]) each.learn(batch);
    expect(still.values(histories, Int32Array.of(3))).toEqual(before);
    expect(model.values(histories, Int32Array.of(3))).not.toEqual(before);
  });

  test('is the same for the same seed, and another for another', () => {
    const lossesOf = (seed: number) => learnOn(toyModel({ random: Random.fromSeed(seed) }), 5);
    expect(lossesOf(7)).toEqual(lossesOf(7));
    expect(lossesOf(7)).not.toEqual(lossesOf(8));
  });

  test('leaves no tensor behind in a hundred updates, and disposing frees all', () => {
    const before = tf.memory().numTensors;
    const model = toyModel({ rewardsInState: true });
    learnOn(model, 1);
    const after = tf.memory().numTensors;
    learnOn(model, 100);
    model.values(histories, Int32Array.of(0, 1));
    expect(tf.memory().numTensors).toBe(after);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('values', () => {
  const users = { user: [1, 3], history: Int32Array.of(-1, 5, 2, 0, 4, 4), rewards: new Float32Array(6) };

  test('are those of each user and each item alone', () => {
    const model = toyModel();
    learnOn(model, 3);
    const both = model.values(users, Int32Array.of(0, 1, 2, 3, 4, 5));
    const alone = [0, 1].flatMap((row) => {
      const history = users.history.subarray(3 * row, 3 * row + 3);
      const one = { user: [users.user[row]!], history, rewards: new Float32Array(3) };
      return [0, 1, 2].map((place) => model.values(one, Int32Array.of(3 * row + place))[0]);
    });
    expect(Array.from(both)).toEqual(alone);
  });

  test('come for a whole catalogue, larger than is valued at once', () => {
    const items = randomTable(2100, 3, Random.fromSeed('items'));
    const model = toyModel({ items });
    const values = model.values(
      histories,
      Int32Array.from({ length: 2100 }, (_, item) => item),
    );
    for (const item of [0, 999, 1000, 1999, 2000, 2099]) {
      expect(values[item]).toBe(model.values(histories, Int32Array.of(item))[0]);
    }
    expect(new Set(values).size).toBeGreaterThan(2000);
  });

  test('see what the items earned where they are asked to', () => {
    const others = { ...histories, rewards: Float32Array.of(0, -1, 1) };
    const item = Int32Array.of(3);
    for (const rewardsInState of [false, true]) {
      const model = toyModel({ rewardsInState });
      const isSame = model.values(histories, item)[0] === model.values(others, item)[0];
      expect(isSame).toBe(!rewardsInState);
    }
  });
});

describe('saving', () => {
  test('goes on to the bit', () => {
    const model = toyModel();
    learnOn(model, 5);
    const other = toyModel({ random: Random.fromSeed('another') });
    other.restore(model.state());
    expect(other.learn(batch)).toEqual(model.learn(batch));
    expect(other.state()).toEqual(model.state());
  });

  test('refuses what comes from a model of another shape', () => {
    const saved = toyModel({ hiddenSize: 9 }).state();
    const model = toyModel();
    const before = model.state();
    expect(() => model.restore(saved)).toThrow('variables[2]: expected 80 float32 of shape [10,8], got 90');
    expect(() => model.restore(null)).toThrow('variables: expected ');
    expect(model.state()).toEqual(before);
  });
});

describe('errors', () => {
  test.each([
    [{ dropout: 1 }, 'dropout: expected a share from 0 to below 1, got 1'],
    [{ learningRate: 0 }, 'learningRate: expected a positive finite number, got 0'],
    [{ blocks: [blocks[0]!] }, 'blocks: expected 3 dimensions, got 2'],
    [{ users: randomTable(4, 2, Random.fromSeed(1)) }, 'users: expected vectors of 3 numbers'],
  ])('names the option that is wrong %#', (options, message) => {
    expect(() => toyModel(options)).toThrow(message);
  });

  test.each([
    ['item', 6],
    ['item', -1],
    ['user', sizes.users],
    ['history', 6],
  ] as const)('refuses the %s %i, and has not changed', (column, index) => {
    const model = toyModel();
    const before = model.state();
    const wrong = batch.columns[column].slice();
    wrong[wrong.length - 1] = index;
    const columns = { ...batch.columns, [column]: wrong };
    const message = `${column}: expected an index from 0 to ${column === 'user' ? 3 : 5}, got ${index}`;
    expect(() => model.learn({ ...batch, columns })).toThrow(message);
    expect(() => model.prepare({ ...batch, columns })).toThrow(message);
    expect(model.state()).toEqual(before);
  });

  test('refuses candidates that are no items, or not as many for each user', () => {
    const model = toyModel();
    expect(() => model.values(histories, Int32Array.of(0, -1))).toThrow(
      'candidates: expected an index from 0 to 5, got -1',
    );
    const two = { user: [0, 1], history: new Int32Array(6), rewards: new Float32Array(6) };
    expect(() => model.values(two, Int32Array.of(0, 1, 2))).toThrow(
      'candidates: expected as many for each of 2 users, got 3',
    );
  });
});
