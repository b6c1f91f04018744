import { train } from '@rl-recsys/agent';
import { fitMatrixFactorization, UserFoldIn } from '@rl-recsys/embeddings';
import { ItemHistory } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { fingerprintOf } from '@rl-recsys/rating-log';
import { movingTasteCatalogue, movingTasteLog, syntheticRatingLog } from '@rl-recsys/simulators';
import { expect, test } from '@jest/globals';
import { residualFromLog, vectorPolicy, weighBlocks, firstGates } from '../../src/index.js';
import '../on-wasm.js';

const random = Random.fromSeed('logs');
const world = movingTasteCatalogue({ users: 12, items: 40, random: random.fork('world') });
const logs = {
  synthetic: syntheticRatingLog({ users: 20, items: 40, ratingsPerUser: 10, random: random.fork('log') }),
  'moving taste': movingTasteLog({ world, sessionsPerUser: 1, random: random.fork('moving log') }),
};
const [seed, historySize] = [Random.fromSeed(7), 4];
/** A step of training in as little time as possible. */
const small = { historySize, hiddenSize: 8, candidateCount: 4, batchSize: 8, random: seed };
const everyItem = Int32Array.from({ length: 40 }, (_, item) => item);

test.each(Object.entries(logs))('untrained it ranks as matrix factorisation does: %s', async (_, log) => {
  const fits: number[] = [];
  const { agent, tables, foldIn, environment, steps } = residualFromLog(log, {
    ...small,
    steps: 64 * 3,
    onFit: (done, total) => void fits.push(done / total),
  });
  expect(fits).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((done) => done / 8));
  expect(tables.users.rows).toBe(log.userCount);
  expect(tables.fittedOn).toEqual([fingerprintOf(log)]);

  // Users are what their whole history makes of them.
  const whole = {
    ...{ items: log.items, ratings: log.ratings },
    ...{ starts: log.offsets.subarray(0, -1), ends: log.offsets.subarray(1) },
  };
  expect(foldIn.fold(whole)).toEqual(tables.users);

  const model = fitMatrixFactorization(log, { random: seed.fork('embeddings').fork('ratings 0') });
  const { vectors } = new UserFoldIn(model).foldAll(whole);
  const policy = agent.policy();
  const scores = new Float32Array(everyItem.length);
  for (let user = 0; user < log.userCount; user++) {
    policy.score({ user, ...new ItemHistory(historySize).observe() }, everyItem, scores);
    const expected = Float32Array.from(everyItem, (item) => {
      let sum = 0;
      const [p, q] = [user * vectors.size, item * vectors.size];
      for (let k = 0; k < vectors.size; k++) sum += vectors.vectors[p + k]! * model.items.vectors[q + k]!;
      return sum + model.itemBias[item]!;
    });
    expect(scores).toEqual(expected);
  }
  // The same as the blocks themselves, weighed.
  const { blocks } = agent.learner.savedPolicy();
  const weighed = new Float32Array(everyItem.length);
  vectorPolicy('MF', weighBlocks(tables, blocks, firstGates)).score({ user: 1 }, everyItem, weighed);
  policy.score({ user: 1, ...new ItemHistory(historySize).observe() }, everyItem, scores);
  expect(weighed).toEqual(scores);

  // Sessions show users as they were at moments, of whom the agent has vectors too.
  expect(await train({ agent, environment, steps, seed: 1 })).toBe(64 * 3);
  expect(agent.replay.size).toBeGreaterThan(64);
});

test('averages follow as slowly as the run is long, and at most by a hundredth', async () => {
  const followed = async (steps: number) => {
    const { agent, environment } = residualFromLog(logs.synthetic, { ...small, steps });
    const { learner } = agent;
    await train({ agent, environment, steps: 64 * 2, seed: 1 });
    const batch = agent.replay.createBatch(8);
    agent.replay.sample(batch, { beta: 1 });
    const view = {
      user: [3],
      history: new Int32Array(historySize).fill(-1),
      rewards: new Float32Array(historySize),
    };
    const before = learner.act(view);
    const hasMoved = () => String(learner.act(view)) !== String(before);
    // The actor's first update comes after a hundred of the critics.
    for (let update = 0; update < 110 && !hasMoved(); update++) learner.learn(batch);
    const lengthFrom = (action: Float32Array) => Math.hypot(...action.map((value, d) => value - before[d]!));
    const share = lengthFrom(learner.actByAverage(view)) / lengthFrom(learner.act(view));
    agent.dispose();
    return share;
  };
  expect(await followed(30_720)).toBeCloseTo(0.0015, 3);
  expect(await followed(64)).toBeCloseTo(0.01, 3);
});
