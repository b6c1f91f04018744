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
