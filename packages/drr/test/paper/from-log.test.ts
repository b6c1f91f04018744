import { evaluateAgent, train } from '@rl-recsys/agent';
import { Random } from '@rl-recsys/random';
import { fingerprintOf } from '@rl-recsys/rating-log';
import { syntheticRatingLog } from '@rl-recsys/simulators';
import { closeTo } from '@rl-recsys/testing';
import { expect, test } from '@jest/globals';
import { drrFromLog } from '../../src/index.js';
import '../on-wasm.js';

const random = Random.fromSeed('logs');
const log = syntheticRatingLog({ users: 60, items: 80, ratingsPerUser: 20, random: random.fork('log') });

test('an agent over the vectors of a factorization learns from the log played back', async () => {
  const sweeps: number[] = [];
  const made = drrFromLog(log, {
    ...{ steps: 300, sessionLength: 4, historySize: 4, embeddingSize: 5, hiddenSize: 16, batchSize: 16 },
    ...{
      actorLearningRate: 2e-3,
      criticLearningRate: 1e-2,
      tau: 0.05,
      gamma: 0.5,
      random: random.fork('a worse start'),
    },
    onFit: () => void sweeps.push(1),
  });
  const { agent, environment, steps, tables, foldIn } = made;
  expect(sweeps).toHaveLength(8);
  expect(tables.users).toMatchObject({ rows: 60, size: 5 });
  expect(tables.items).toMatchObject({ rows: 80, size: 5 });
  expect(tables.fittedOn).toEqual([fingerprintOf(log)]);
  expect(agent.policy().tables).toEqual(tables);

  // Sweeps end with the items: users are a sweep behind what their history makes of them.
  const folded = foldIn.fold({
    ...{ items: log.items, ratings: log.ratings },
    ...{ starts: log.offsets.subarray(0, -1), ends: log.offsets.subarray(1) },
  });
  expect(Array.from(folded.vectors)).toEqual(closeTo(tables.users.vectors, 1));

  const earned = async () => {
    const returns = await evaluateAgent({ environment, agent, episodes: 60, seed: 1 });
    return returns.reduce((sum, each) => sum + each, 0) / 60;
  };
  const start = await earned();
  expect(await train({ agent, environment, steps, seed: 1 })).toBe(300);
  expect(await earned()).toBeGreaterThan(start);
});
