import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { firstIssue } from './first-issue.js';
import { OWN_OPTIONS } from './trial.js';

const name = z.string().regex(/^[a-z][A-Za-z]*$/, 'expected an option as train names it, such as batchSize');

const range = z
  .strictObject({
    from: z.number(),
    to: z.number(),
    /** Drawn evenly, or so that each power of ten is as likely. */
    scale: z.enum(['linear', 'log']).default('linear'),
    integer: z.boolean().default(false),
  })
  .refine(({ from, to }) => from < to, 'expected from below to')
  .refine(
    ({ from, scale }) => scale === 'linear' || from > 0,
    'expected from above 0 where the scale is log',
  );

const values = z.array(z.json()).min(1);

const schema = z
  .strictObject({
    /** The options that all trials have, as `train` names them. */
    train: z.record(name, z.json()).default({}),
    seeds: z.array(z.int()).min(1).default([1]),
    /** Every combination of these values. */
    grid: z.record(name, values).optional(),
    /** So many combinations, drawn from values or ranges. */
    random: z
      .strictObject({
        trials: z.int().positive(),
        seed: z.int().default(1),
        options: z.record(name, z.union([values, range])),
      })
      .optional(),
    /** What trials are judged by: a figure of `metrics.jsonl`, the mean of its last tenth. */
    figure: z.string().min(1).default('reward'),
    goal: z.enum(['most', 'least']).default('most'),
    /** Trials begin with few steps; of each round so many times fewer go on, with so many times more steps. */
    halving: z.strictObject({ factor: z.int().min(2).default(2), rounds: z.int().min(2) }).optional(),
  })
  .refine(({ grid, random }) => (grid === undefined) !== (random === undefined), {
    message: 'expected either grid or random',
    path: ['grid'],
  })
  .refine(({ halving, train }) => halving === undefined || Number.isSafeInteger(train['steps']), {
    message: 'expected train.steps beside it, which the last round has',
    path: ['halving'],
  })
  .refine(
    ({ train, grid, random }) =>
      !['seed', ...OWN_OPTIONS].some((each) => each in { ...train, ...grid, ...random?.options }),
    {
      message: 'expected no seed, name, runs or watch, which each trial has of its own',
      path: ['train'],
    },
  );

/** What a sweep tries. */
export type SweepFile = z.output<typeof schema>;

/** @throws Error in one sentence where the file can't be read or is no sweep; it names what is wrong. */
export async function readSweepFile(file: string): Promise<SweepFile> {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new Error(`${file}: could not be read: ${cause.message}`, { cause });
  });
  return parseSweep(file, text);
}

/** @throws Error as {@link readSweepFile} does. */
export function parseSweep(file: string, text: string): SweepFile {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file}: expected JSON; ${(cause as Error).message}`, { cause });
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Error(`${file}: ${firstIssue(parsed.error, 'the sweep')}`);
}
