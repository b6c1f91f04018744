import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { folderStorage } from '@rl-recsys/recommender/folder';
import { tarStorage } from '@rl-recsys/recommender';

/**
 * The folder of a run. A recommender in one `.tar`, as a page gives it, is unpacked into a folder beside it, where versions of it can be
 * kept; a folder that is there already stays as it is.
 *
 * @throws Error where the archive is missing or damaged.
 */
export async function runFolderOf(run: string): Promise<string> {
  if (!run.endsWith('.tar')) return run;
  const folder = run.slice(0, -'.tar'.length);
  if (existsSync(folder)) return folder;
  const packed = tarStorage(await readFile(run));
  const names = await packed.list();
  await mkdir(folder);
  const unpacked = folderStorage(folder);
  for (const name of names) await unpacked.write(name, (await packed.read(name))!);
  console.log(`${run}: unpacked into ${folder}`);
  return folder;
}
