import { join } from 'node:path';
import { flagOf } from '../options/option.js';
import type { RunOptions } from '../options/run-options.js';
import { say } from '../terminal/output.js';
import { RunCheckpoints } from '../run/run-checkpoints.js';
import { assertSealed } from '../run/sealed-folder.js';
import { goOnWithRun, readStartedOptions, statusOf, type StartRun } from '../run/started-run.js';

/** A run that goes on: with the options that it has, and where it was stopped. */
export interface ResumedRun {
  /** As a command line gives options. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly start: StartRun;
}

/**
 * Finds where the run of a folder is to go on, and says so.
 *
 * @param beside - the options beside `--resume`: `steps` makes a run longer, all others are refused.
 * @throws Error where there is no run to go on with, or an option is refused.
 */
export async function resumedRun(
  folder: string,
  beside: Readonly<Record<string, unknown>>,
): Promise<ResumedRun> {
  for (const [name, value] of Object.entries(beside)) {
    if (name !== 'steps' && value !== undefined)
      throw new Error(
        `${flagOf(name)}: expected nothing beside --resume but --steps, since a run goes on with the options that it has`,
      );
  }
  const status = statusOf(folder);
  if (status === undefined) throw new Error(`--resume: expected the folder of a run, got ${folder}`);
  if (status === 'running')
    throw new Error(`--resume: expected a run that was stopped, but a process trains ${folder} now`);
  if (status === 'ended') await assertSealed(folder, ['options.json']);
  const saved = (await readStartedOptions(folder)) as RunOptions & { readonly steps: number };
  const steps = longer(saved.steps, beside['steps']);
  const options = { ...saved, steps };
  const found = await new RunCheckpoints(folder, options).find();
  if (!found && status === 'ended')
    throw new Error(
      `--resume: expected checkpoints in ${join(folder, 'checkpoints')} to go on from, got none that is whole`,
    );
  if (status === 'ended' && found!.step >= steps)
    throw new Error(`--resume: ${folder} has made its ${steps} steps; --steps makes it longer`);
  say(
    found
      ? `Going on with ${folder} from step ${found.step} of ${steps}.`
      : `Going on with ${folder} from its beginning: it was stopped before its first checkpoint.`,
  );
  if (steps > saved.steps)
    say(
      `It was to make ${saved.steps} steps: from here on exploration and learning rates follow ${steps}, so that it ends elsewhere than a run that was started with them.`,
    );
  return { given: asGiven(options), start: (_, parsed) => goOnWithRun(folder, parsed, found) };
}

/** @throws Error where a run would become shorter. */
function longer(made: number, asked: unknown): number {
  if (asked === undefined) return made;
  if (Number.isSafeInteger(asked) && (asked as number) >= made) return asked as number;
  throw new Error(`--steps: expected the ${made} of the run or more, got ${JSON.stringify(asked)}`);
}

/** Saved options as a command line gives them. */
function asGiven({ scenario, ...others }: RunOptions): Readonly<Record<string, unknown>> {
  return scenario === 'environment' ? others : { ...others, dataset: scenario };
}
