import { readFile } from 'node:fs/promises';
import { folderStorage } from '@rl-recsys/recommender/folder';
import { tarStorage } from '@rl-recsys/recommender';

/**
 * The folder of a run. A recommender in one `.tar`, as a page gives it, is unpacked into a folder beside it, where versions of it can be
 * kept; where it is there already, versions and all, it stays as it is.
 *
 * @throws Error where the archive is missing or damaged, or another one was unpacked there.
 */
export async function runFolderOf(run: string): Promise<string> {
  if (!run.endsWith('.tar')) return run;
  const folder = run.slice(0, -'.tar'.length);
  const packed = tarStorage(await readFile(run));
  const unpacked = folderStorage(folder);
  let written = 0;
  for (const name of await packed.list()) {
    const bytes = (await packed.read(name))!;
    const there = await unpacked.read(name);
    if (there && Buffer.compare(there, bytes) !== 0)
      throw new Error(
        `${run}: expected what ${folder} holds, which is of another recommender; remove that folder, or call one of them otherwise`,
      );
    if (there) continue;
    await unpacked.write(name, bytes);
    written += 1;
  }
  if (written > 0) console.log(`${run}: unpacked into ${folder}`);
  return folder;
}
