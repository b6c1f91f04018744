import type { RunOptions } from '../options/run-options.js';
import { assertSealed } from './sealed-folder.js';
import { readStartedOptions } from './started-run.js';

/**
 * What a run was started with; its whole folder is checked.
 *
 * @throws Error where the folder is missing or damaged, in which case the file is named.
 */
export async function loadOptions(folder: string): Promise<RunOptions> {
  await assertSealed(folder);
  return readStartedOptions(folder);
}
