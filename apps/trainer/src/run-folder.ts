import { existsSync } from 'node:fs';
import { join, parse } from 'node:path';
import type { TrainOptions } from './options.js';

/**
 * Where a new run goes: the folder that `--name` names, else one named after dataset (or environment) and seed, with a
 * number behind it where that is taken.
 *
 * @throws Error where the named folder exists already.
 */
export function chooseRunFolder({ runs, name, dataset, env, seed }: TrainOptions): string {
  if (name !== undefined) {
    const folder = join(runs, name);
    if (existsSync(folder)) throw new Error(`--name: expected a new name, but there is a run ${folder}`);
    return folder;
  }
  const subject = env === undefined ? dataset : parse(env).name;
  const folder = join(runs, `${subject}-seed-${seed}`);
  for (let number = 1; ; number++) {
    const numbered = number === 1 ? folder : `${folder}-${number}`;
    if (!existsSync(numbered)) return numbered;
  }
}
