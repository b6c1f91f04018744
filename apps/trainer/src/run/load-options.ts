import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { savedOptionsSchema } from '../options/parse.js';
import type { RunOptions } from '../options/run-options.js';
import { assertSealed } from './sealed-folder.js';

/**
 * What a run was started with; its whole folder is checked.
 *
 * @throws Error where the folder is missing or damaged, in which case the file is named.
 */
export async function loadOptions(folder: string): Promise<RunOptions> {
  await assertSealed(folder);
  return savedOptionsSchema().parse(JSON.parse(await readFile(join(folder, 'options.json'), 'utf8')));
}
