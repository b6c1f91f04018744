import type { SavedState } from '@rl-recsys/random';
import { decodeSaved, encodeSaved } from '@rl-recsys/storage';
import { folderStorage } from '@rl-recsys/storage/folder';

/** Makes something once in a run, by the name of a record, and gives the same when the run goes on. */
export type Keep = <Kept extends SavedState>(name: string, make: () => Promise<Kept>) => Promise<Kept>;

/** Keeps what is made in the folder of a run. */
export function keepIn(folder: string): Keep {
  const storage = folderStorage(folder);
  return async <Kept extends SavedState>(name: string, make: () => Promise<Kept>) => {
    const kept = await storage.read(name);
    if (kept !== undefined) return decodeSaved(kept) as Kept;
    const made = await make();
    await storage.write(name, encodeSaved(made));
    return made;
  };
}
