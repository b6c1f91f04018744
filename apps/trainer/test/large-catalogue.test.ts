import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { train } from '@rl-recsys/agent';
import type { DrrAgent } from '@rl-recsys/drr';
import type { Environment } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { ratingLogEnvironment, syntheticRatingLog } from '@rl-recsys/simulators';
import { useWasmBackend } from '../src/backend.js';
import { parseTrainOptions } from '../src/options/parse.js';
import { paperOnEnvironment } from '../src/variants/paper/index.js';
import { unknownVectors } from '../src/variants/unknown-vectors.js';
import type { EnvironmentRunOptions } from '../src/variants/variant.js';
import { runCli, temporaryFolder } from './shop.js';

const ITEMS = 100_000;

const environmentPackage = JSON.stringify(
  new URL('../../../packages/environment/dist/index.js', import.meta.url).href,
);

/** A module as a user would write it: everything may be shown at any time, and items of low index earn more. */
function writeCatalogue(folder: string): void {
  writeFileSync(
    join(folder, 'catalogue.mjs'),
    `import { discrete, ItemHistory, recommendationSpace, timeLimit } from ${environmentPackage};
const itemCount = ${ITEMS}, userCount = 3, historySize = 5;
export default () => {
  let seed = 1, history;
  const everything = Int32Array.from({ length: itemCount }, (_, item) => item);
  const see = () => ({ user: seed % userCount, ...history.observe(), candidates: everything.slice() });
  return timeLimit({
    observationSpace: recommendationSpace({ userCount, itemCount, historySize }),
    actionSpace: discrete(itemCount),
    reset(options = {}) {
      seed = options.seed ?? seed + 1;
      history = new ItemHistory(historySize);
      return { observation: see(), info: {} };
    },
    step(item) {
      const reward = 1 - (2 * item) / itemCount;
      history.push(item, reward);
      return { observation: see(), reward, terminated: false, truncated: false, info: {} };
    },
  }, 5);
};`,
  );
}

test('an environment of 100,000 items is learned, and asked', async () => {
  const folder = temporaryFolder();
  writeCatalogue(folder);
  const options = ['--steps', '80', '--batch-size', '8', '--sessions', '2', '--name', 'large'];
  const { code, stdout, stderr } = await runCli(folder, 'train', '--env', 'catalogue.mjs', ...options);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('error') });
  expect(stdout).toMatch(/│ random actions .*\n(.*\n)*?│ residual /);
  const asked = await runCli(folder, 'recommend', '--run', 'runs/large', '--user', '1', '-k', '3');
  expect(asked.code).toBe(0);
}, 300_000);

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

test('things of which nothing is known are a dimension each, or nearly orthogonal where they are many', () => {
  const few = unknownVectors(3, Random.fromSeed(1));
  expect([...few.vectors]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  const { rows, size, vectors } = unknownVectors(5000, Random.fromSeed(1));
  expect([rows, size]).toEqual([5000, 256]);
  const dot = (one: number, other: number) => {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += vectors[one * size + k]! * vectors[other * size + k]!;
    return sum;
  };
  for (let row = 0; row < 50; row++) {
    expect(dot(row, row)).toBeCloseTo(1, 5);
    expect(Math.abs(dot(row, row + 1))).toBeLessThan(0.3);
  }
});
