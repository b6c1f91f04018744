import { z } from 'zod';
import type { BaselinesName } from '../comparison/baselines-names.js';
import { onOrOff, positiveInteger, readNumber, type Option, type ValuesOf } from './option.js';

/** What every run takes, whatever it learns from and whatever learns. */
export const runOptions = {
  seed: {
    argument: '<integer>',
    help: 'the same seed gives the same run',
    schema: z.int().default(1),
    read: readNumber,
  } satisfies Option<number>,
  threads: positiveInteger('cores that compute large matrix products; results stay the same', 1),
  runs: {
    argument: '<folder>',
    help: 'where runs are saved',
    schema: z.string().min(1).default('runs'),
  } satisfies Option<string>,
  checkpointMinutes: {
    argument: '<minutes>',
    help: 'how much of a training a crash may lose: it is saved so often that it goes on from there',
    schema: z.number().positive().default(1),
    read: readNumber,
  } satisfies Option<number>,
  name: {
    argument: '<name>',
    help: 'the name of this run (default: after what it learns from, and the seed)',
    schema: z
      .string()
      .regex(/^\w[\w.-]*$/, 'expected letters, digits, ., _ and - only')
      .optional(),
  } satisfies Option<string | undefined>,
  watch: onOrOff('show how training goes in a page of this machine'),
  tensorboard: onOrOff('write event files that TensorBoard reads, too'),
};

/** What a run was started with, as far as every run has it. */
export interface RunOptions extends ValuesOf<typeof runOptions> {
  /** As `--dataset` names it, or `environment`. */
  readonly scenario: string;
  readonly variant: string;
}

/** What a run on a log was started with, as far as every such run has it. */
export interface LogRunOptions extends RunOptions {
  readonly steps: number;
  readonly historySize: number;
  readonly baselines: BaselinesName;
}
