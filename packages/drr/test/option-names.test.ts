import { Random } from '@rl-recsys/random';
import { createRatingLog } from '@rl-recsys/rating-log';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from '@jest/globals';
import {
  DrrAgent,
  drrFromLog,
  DrrLearner,
  gatedFromLog,
  ResidualAgent,
  residualFromLog,
  residualInSimulator,
  ResidualLearner,
  RewardModel,
} from '../src/index.js';
import { toyGated } from './gated/toy.js';
import { randomTable } from './random-table.js';

const random = Random.fromSeed(1);
const tables = { users: randomTable(3, 2, random), items: randomTable(4, 2, random) };
const blocks = [{ name: 'all', start: 0, size: 2 }];
const log = createRatingLog({
  ...{ userCount: 1, itemCount: 1, scale: { min: 1, max: 5 } },
  ...{ users: [0], items: [0], ratings: [5], timestamps: [0] },
});
const makeEnvironment = () => {
  throw new Error('none is made');
};

/** Whatever takes options, called with one more. */
const takers: Record<string, (more: object) => unknown> = {
  DrrAgent: (more) => new DrrAgent({ ...tables, rounds: 9, random, ...more }),
  DrrLearner: (more) => new DrrLearner({ ...tables, random, ...more }),
  drrFromLog: (more) => drrFromLog(log, { random, ...more }),
  ResidualAgent: (more) => new ResidualAgent({ ...tables, blocks, rounds: 9, random, ...more }),
  ResidualLearner: (more) => new ResidualLearner({ ...tables, blocks, random, ...more }),
  residualFromLog: (more) => residualFromLog(log, { random, ...more }),
  residualInSimulator: (more) => residualInSimulator({ ...tables, blocks, random, makeEnvironment, ...more }),
  RewardModel: (more) => new RewardModel({ ...tables, blocks, random, ...more }),
  gatedFromBlocks: (more) => toyGated(more),
  gatedFromLog: (more) => gatedFromLog(log, { random, ...more }),
};

test.each(Object.keys(takers))(
  '%s refuses an option that nothing would read, and makes nothing',
  async (name) => {
    const { numTensors } = tf.memory();
    const call = () => takers[name]!({ hidenSize: 8 });
    await expect((async () => await call())()).rejects.toThrow(
      /^hidenSize: expected one of the options .*random.*, got an unknown name$/,
    );
    expect(tf.memory().numTensors).toBe(numTensors);
  },
);

test.each([
  ['residualFromLog', 'sessions'],
  ['residualFromLog', 'gates'],
  ['residualInSimulator', 'rounds'],
  ['drrFromLog', 'users'],
  ['gatedFromLog', 'mixes'],
  ['gatedFromBlocks', 'signal'],
  ['RewardModel', 'gates'],
])('%s refuses %s, which is decided elsewhere', async (name, option) => {
  const call = () => takers[name]!({ [option]: 1 });
  await expect((async () => await call())()).rejects.toThrow(`${option}: expected one of the options`);
});
