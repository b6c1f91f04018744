import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunOptions } from '../options/run-options.js';

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
    if (existsSync(folder)) throw new Error(`--name: expected a new name, but there is a run ${folder}`);
    return folder;
  }
  const folder = join(runs, `${subject}-seed-${seed}`);
  for (let number = 1; ; number++) {
    const numbered = number === 1 ? folder : `${folder}-${number}`;
    if (!existsSync(numbered)) return numbered;
  }
}
