import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { fitMatrixFactorization } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { createRatingLog } from '@rl-recsys/rating-log';
import { standardDeviation } from 'simple-statistics';
import { powerLawLog } from '../src/contenders/power-law-log.js';
import { readLogFile, writeLogFile } from '../src/contenders/rating-log-file.js';
import { rootMeanSquaredError } from '../src/contenders/root-mean-squared-error.js';
import { cPeer } from '../src/harness/c-compiler.js';
import type { Command } from '../src/harness/child.js';
import { findPython, pythonPeer } from '../src/harness/python.js';
import { race, type Result } from '../src/harness/race.js';

const folder = mkdtempSync(join(tmpdir(), 'als-peers-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Penalties that differ from each other, and so small that they do not hold the vectors at zero. */
const penalties = { regularization: 2, biasRegularization: 15 };
const sweeps = 100;
const random = Random.fromSeed(1);
const log = powerLawLog({ users: 300, items: 80, ratings: 6000 }, random.fork('log'));
const file = join(folder, 'log');
writeLogFile(file, log);
/** The same in our unit. */
const regularization = penalties.regularization / standardDeviation(Array.from(log.ratings));

// With 3 factors all starts lead to the same optimum; with 17, more than fill a vector of SIMD, to several.
const tolerances: [number, number][] = [
  [3, 1e-5],
  [17, 0.01],
];
describe.each(tolerances)('with %d factors', (factors, tolerance) => {
  const options = { file, factors, ...penalties };
  const args = [file, `${penalties.regularization}`, `${penalties.biasRegularization}`];
  const peers: [string, Command | { unavailable: string }][] = [
    ['C', cPeer({ source: 'als.c', folder, definitions: { FACTORS: factors }, args })],
    ['NumPy', pythonPeer(findPython(), { needs: 'numpy', script: 'als_numpy.py', options })],
  ];
  const ours = fitMatrixFactorization(log, {
    ...{ random, factors, ...penalties, regularization, iterations: sweeps },
  });

  for (const [name, command] of peers) {
    const testWhereThere = 'unavailable' in command ? test.skip : test;
    testWhereThere(`${name} fits as we do (skipped where it is missing)`, async () => {
      const plan = { rounds: 1, turnMs: 0, warmUpMs: 0, iterations: sweeps - 1, isCold: true };
      const [result] = (await race([{ name, command }], plan)) as [Result];
      const ratio = result.details.rmse! / rootMeanSquaredError(ours, log);
      expect(Math.abs(ratio - 1)).toBeLessThan(tolerance);
    });
  }

  test('mistaking one penalty for the other would show', () => {
    const other = { regularization, biasRegularization: 2 };
    const model = fitMatrixFactorization(log, { random, factors, ...other, iterations: sweeps });
    const ratio = rootMeanSquaredError(model, log) / rootMeanSquaredError(ours, log);
    expect(Math.abs(ratio - 1)).toBeGreaterThan(tolerance);
  });
});

test('a file keeps the log but its times', () => {
  expect(readLogFile(file)).toEqual({ ...log, timestamps: new Float64Array(6000) });
});

test('the error is that of the predictions', () => {
  const log = createRatingLog({
    ...{ userCount: 2, itemCount: 2, users: [0, 0, 1], items: [0, 1, 0], timestamps: [0, 1, 0] },
    ...{ ratings: [1, 5, 3], scale: { min: 1, max: 5 } },
  });
  const held = { random, factors: 1, regularization: 1e12, biasRegularization: 1e12 };
  // All that is left is the mean, 3: the errors are 2, 2 and 0.
  expect(rootMeanSquaredError(fitMatrixFactorization(log, held), log)).toBeCloseTo(Math.sqrt(8 / 3), 5);
});
