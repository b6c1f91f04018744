import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RunOptions } from '../options/run-options.js';
import { nextCommand } from '../terminal/next-command.js';
import { say } from '../terminal/output.js';
import { statusOf } from './started-run.js';

/**
 * Where a new run goes: the folder that `--name` names, else one named after what it learns from and the seed, with a
 * number behind it where that is taken.
 *
 * @param subject - what it learns from.
 * @throws Error where the named folder exists already.
 */
export function chooseRunFolder(
  subject: string,
  { runs, name, seed }: Pick<RunOptions, 'runs' | 'name' | 'seed'>,
): string {
  if (name !== undefined) {
    const folder = join(runs, name);
    if (isTaken(folder)) throw new Error(`--name: expected a new name, but ${whatIsThere(folder)}`);
    return folder;
  }
  const folder = join(runs, `${subject}-seed-${seed}`);
  for (let number = 1; ; number++) {
    const numbered = number === 1 ? folder : `${folder}-${number}`;
    if (!isTaken(numbered)) return numbered;
    if (statusOf(numbered) === 'stopped') say(`${sentence(whatIsThere(numbered))}. This is another one.`);
  }
}

/** Not by a folder in which there is nothing yet, as a kill leaves it that comes before the first file is whole. */
function isTaken(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some((name) => !name.startsWith('.'));
}

/** What a folder that is taken holds, and how to go on with a run that was stopped. */
function whatIsThere(folder: string): string {
  const status = statusOf(folder);
  if (status === 'stopped')
    return `the run ${folder} was stopped before its end; to go on with it: ${nextCommand('train', ['--resume', folder])}`;
  return status === 'running' ? `a process trains ${folder} now` : `there is a run ${folder}`;
}

function sentence(words: string): string {
  return words[0]!.toUpperCase() + words.slice(1);
}
