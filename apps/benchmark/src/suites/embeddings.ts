import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@rl-recsys/random';
import { linearRegression } from 'simple-statistics';
import type { FitContenderOptions } from '../contenders/embeddings.js';
import { movieLensError } from '../contenders/movielens-error.js';
import { powerLawLog, type PowerLawSizes } from '../contenders/power-law-log.js';
import { writeLogFile } from '../contenders/rating-log-file.js';
import { cPeer, FLAGS } from '../harness/c-compiler.js';
import { digits } from '../harness/cells.js';
import { pythonPeer, type Python } from '../harness/python.js';
import { race, type Entry, type Outcome, type Plan, type Result } from '../harness/race.js';
import { compare, describePlan, missingNotes, type Case } from '../harness/report.js';
import { SEED } from '../sizes.js';
import { nodeContender, type Suite } from './suite.js';

/** The training part of MovieLens 1M is as large. */
const SIZES: PowerLawSizes = { users: 6040, items: 3706, ratings: 800_000 };
/** About the defaults of fitMatrixFactorization on stars, for the peers too. */
const PENALTIES = { regularization: 15, biasRegularization: 5 };
const SCALE_FACTORS = 64;
/** How far the peers' training errors may be from ours. */
const TOLERANCE = 0.01;

/** How long a sweep of fitting takes beside peers, what the fit is worth, and how time and memory grow. */
export const embeddingsSuite: Suite = {
  name: 'embeddings',
  about:
    'Fitting a biased matrix factorisation. One time is a sweep over all users and items, for SGD over all ratings, ' +
    `of a synthetic power-law log of MovieLens 1M’s size (${count(SIZES.ratings)} ratings, ${count(SIZES.users)} users, ` +
    `${count(SIZES.items)} items). Peers make the same ALS: NumPy in padded batches (OpenBLAS, LAPACK’s gesv), and C ` +
    '(`peers/als.c`) that is compiled for this processor and for k.',
  unit: 'ms',
  async run({ quick, python, onProgress }) {
    const folder = mkdtempSync(join(tmpdir(), 'embeddings-'));
    try {
      const file = join(folder, 'log');
      writeLogFile(file, powerLawLog(SIZES, Random.fromSeed(SEED).fork('log')));
      const fits: Fit[] = [];
      for (const factors of [16, 100]) {
        const plan: Plan = {
          rounds: quick ? 1 : 5,
          turnMs: 0,
          warmUpMs: 0,
          iterations: sweeps(factors, quick),
        };
        onProgress(`k = ${factors}`);
        const options = { file, factors, ...PENALTIES };
        fits.push({
          factors,
          plan,
          results: await race(entriesOf(options, folder, python), plan, onProgress),
        });
      }
      const scaling = await measureScaling(quick, onProgress);
      return {
        cases: [...fits.flatMap(fitCases), ...scaling.map(scaleCase)],
        tables: [
          {
            title: 'Training error after the same number of sweeps',
            head: ERROR_HEAD,
            rows: fits.flatMap(errorRows),
          },
          { title: `Growth, k = ${SCALE_FACTORS}`, head: SCALE_HEAD, rows: scaling.map(scaleRow) },
        ],
        notes: [
          ...fits.map(({ factors, plan }) => `k = ${factors}: ${describePlan(plan)}`),
          ...fits.flatMap(fastestNote),
          ...compilerNote(fits[0]!),
          'C’s vectors are as wide as the processor’s, up to 16 numbers, and fuse multiplications and additions; ours have 4 and round each ' +
            'product, so that a fit is the same to the bit on every machine. What is aimed at is 1.3 times C’s time.',
          'Each turn is a fit from the start; its first sweep is not timed. Each size of the growth is one fit in a process of its own, and its second sweep.',
          `Time grows as the number of ratings to the power of ${slope(scaling).toFixed(2)} (least squares of the logarithms).`,
          await movieLensNote(),
          ...missingNotes(fits.flatMap(({ results }) => results)),
        ],
      };
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

interface Fit {
  readonly factors: number;
  readonly plan: Plan;
  /** ALS, its peers, and SGD last. */
  readonly results: readonly Outcome[];
}

function sweeps(factors: number, quick: boolean): number {
  if (factors === 16) return quick ? 3 : 7;
  return quick ? 1 : 3;
}

function entriesOf(options: FitContenderOptions, folder: string, python: Python | undefined): Entry[] {
  const { file, factors, regularization, biasRegularization } = options;
  const ours = nodeContender('embeddings', options);
  const numpy = pythonPeer(python, { needs: 'numpy', script: 'als_numpy.py', options });
  const args = [file, `${regularization}`, `${biasRegularization}`];
  const compiled = cPeer({ source: 'als.c', folder, definitions: { FACTORS: factors }, args });
  return [
    { name: 'fitMatrixFactorization', command: ours },
    { name: 'NumPy, OpenBLAS', command: numpy },
    { name: 'C, gcc', command: compiled },
    { name: 'fitMatrixFactorizationBySgd', command: ours, task: 'sgd' },
  ];
}

function fitCases({ factors, results }: Fit): Case[] {
  const [ours, numpy, compiled, sgd] = results as [Outcome, Outcome, Outcome, Outcome];
  return [
    ...compare(`ALS, k = ${factors}`, ours, [numpy, compiled]),
    ...compare(`SGD, k = ${factors}`, sgd, []),
  ];
}

const ERROR_HEAD = ['', 'RMSE', 'above ours by'];

/** @throws Error where a peer's training error is not ours: it would not do the same. */
function errorRows({ factors, results }: Fit): string[][] {
  const als = present(results).filter(({ name }) => !name.endsWith('BySgd'));
  const own = errorOf(als[0]!);
  return als.map((each) => {
    const difference = errorOf(each) / own - 1;
    if (!(Math.abs(difference) <= TOLERANCE)) {
      throw new Error(
        `${each.name}, k = ${factors}: expected a training RMSE near ${own}, got ${errorOf(each)}`,
      );
    }
    return [`${each.name}, k = ${factors}`, errorOf(each).toFixed(4), `${(100 * difference).toFixed(2)} %`];
  });
}

/** Of all turns, which are fits of as many sweeps. */
function errorOf({ details }: Result): number {
  return details.rmse! / details.fits!;
}

function fastestNote({ factors, results }: Fit): string[] {
  const peers = present(results.slice(1, 3)).sort((a, b) => a.median - b.median);
  return peers.length === 0 ? [] : [`The fastest peer with k = ${factors} is ${peers[0]!.name}.`];
}

function compilerNote({ results }: Fit): string[] {
  const compiled = results[2]!;
  return 'missing' in compiled ? [] : [`gcc ${String(compiled.about.compiler)}: ${FLAGS.join(' ')}`];
}

function present(outcomes: readonly Outcome[]): Result[] {
  return outcomes.filter((each): each is Result => !('missing' in each));
}

interface Scale {
  readonly sizes: PowerLawSizes;
  readonly outcome: Result;
}

async function measureScaling(quick: boolean, onProgress: (line: string) => void): Promise<Scale[]> {
  const plan: Plan = { rounds: 1, turnMs: 0, warmUpMs: 0, iterations: 1, isCold: true };
  const scaling = [];
  for (const ratings of quick ? [50_000, 100_000, 200_000] : [1_000_000, 5_000_000, 25_000_000]) {
    // As many ratings a user as 160,000 users with 25 million; items grow as the square root.
    const share = ratings / 25_000_000;
    const sizes = {
      users: Math.round(160_000 * share),
      items: Math.round(60_000 * Math.sqrt(share)),
      ratings,
    };
    onProgress(`${count(ratings)} ratings`);
    const command = nodeContender('embeddings-scale', { ...sizes, factors: SCALE_FACTORS });
    const [outcome] = await race([{ name: 'fitMatrixFactorization', command }], plan, onProgress);
    scaling.push({ sizes, outcome: outcome as Result });
  }
  return scaling;
}

function scaleCase({ sizes, outcome }: Scale): Case {
  return compare(`ALS, k = ${SCALE_FACTORS}, ${count(sizes.ratings)} ratings`, outcome, [])[0]!;
}

const SCALE_HEAD = ['ratings', 'users', 'items', 's a sweep', 'peak RSS GiB', 'of that before the fit'];

function scaleRow({ sizes: { ratings, users, items }, outcome }: Scale): string[] {
  const { peakBytes, bytesBefore } = outcome.details;
  const gibibytes = (bytes: number) => (bytes / 2 ** 30).toFixed(2);
  return [
    ...[ratings, users, items].map(count),
    digits(outcome.median / 1000),
    gibibytes(peakBytes!),
    gibibytes(bytesBefore!),
  ];
}

function slope(scaling: readonly Scale[]): number {
  return linearRegression(
    scaling.map(({ sizes, outcome }) => [Math.log(sizes.ratings), Math.log(outcome.median)]),
  ).m;
}

async function movieLensNote(): Promise<string> {
  const error = await movieLensError();
  return error === undefined
    ? 'No test error on real ratings: set RL_RECSYS_DATA to a folder that holds ml-1m.'
    : `MovieLens 1M, the newest fifth of each user held out, k = 16: a test RMSE of ${error.toFixed(4)}.`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
