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
  const file = join(folder, 'options.json');
  const parsed = savedOptionsSchema().safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new Error(`${file}: expected options that this version knows; ${path.join('.')}: ${message}`);
}
