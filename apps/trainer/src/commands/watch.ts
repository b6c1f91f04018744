import { assertFolders } from '../watch/find-runs.js';
import { startWatching, type WatchOptions } from '../watch/server.js';

/**
 * Serves a page of some runs until it is interrupted.
 *
 * @throws Error where a folder is not there, or the port is taken.
 */
export async function watch(options: WatchOptions): Promise<void> {
  assertFolders(options.folders);
  const { url } = await startWatching(options);
  console.log(`Open ${url} in a browser; Ctrl-C ends it.`);
}
