import { expect, test } from '@jest/globals';
import { train } from '@rl-recsys/agent';
import type { DrrAgent } from '@rl-recsys/drr';
import type { Environment } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { ratingLogEnvironment, syntheticRatingLog } from '@rl-recsys/simulators';
import { useWasmBackend } from '../src/backend.js';
import { parseTrainOptions } from '../src/options/parse.js';
import { paperOnEnvironment } from '../src/variants/paper/index.js';
import type { EnvironmentRunOptions } from '../src/variants/variant.js';

test('more items than a table of their number squared has room for are random directions to the paper', async () => {
  await useWasmBackend();
  const itemCount = 6000;
  const random = Random.fromSeed(1);
  const log = syntheticRatingLog({ users: 3, items: itemCount, ratingsPerUser: 1500, random });
  const makeOne = () =>
    ratingLogEnvironment({ log, historySize: 3, random }) as Environment<unknown, unknown>;
  const given = parseTrainOptions({ env: 'f.mjs', variant: 'paper', steps: 40, batchSize: 8 });
  const options = given as EnvironmentRunOptions;
  const made = await paperOnEnvironment.make(
    makeOne(),
    options,
    random,
    () => Promise.resolve(makeOne()),
    (_, make) => make(),
  );
  await train({ ...made, steps: options.steps });
  const [best] = made.recommender!().recommend('1', { k: 1 });
  expect(Number(best!.item)).toBeLessThan(itemCount);
  const { agent } = made as unknown as { agent: DrrAgent };
  expect(agent.learner.tables.items.size).toBe(256);
});
