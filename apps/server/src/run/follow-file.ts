import { unwatchFile, watchFile } from 'node:fs';

/**
 * Does something whenever a file has changed, one time after the other. It is looked at every second: what tells of changes at once
 * misses those on shared disks.
 *
 * @param change - what it throws is said on stderr, and changes nothing.
 * @returns ends it.
 */
export function followFile(file: string, change: () => Promise<void>): () => void {
  let turn = Promise.resolve();
  const look = () => {
    turn = turn.then(change).catch((error: unknown) => {
      console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
    });
  };
  watchFile(file, { interval: 1000, persistent: false }, look);
  return () => unwatchFile(file, look);
}
