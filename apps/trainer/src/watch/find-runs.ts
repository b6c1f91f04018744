import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { METRICS_FILE } from '@rl-recsys/metrics/files';
import { statusOf } from '../run/started-run.js';

/** Whether a folder is that of a run, also of one that goes on. */
function isRun(folder: string): boolean {
  return existsSync(join(folder, METRICS_FILE)) || statusOf(folder) !== undefined;
}

/** @throws Error where a folder is neither a run nor there. */
export function assertFolders(folders: readonly string[]): void {
  const missing = folders.find((folder) => !isRun(folder) && !existsSync(folder));
  if (missing === undefined) return;
  throw new Error(`${missing}: expected a run, or a folder of runs, but there is none`);
}

/** The folders of all runs that are meant: each is one, or a folder in which runs are. */
export async function findRuns(folders: readonly string[]): Promise<string[]> {
  const found = await Promise.all(folders.map(async (each) => (isRun(each) ? [each] : runsIn(each))));
  return [...new Set(found.flat())];
}

async function runsIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder, { withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  return names.map((name) => join(folder, name)).filter(isRun);
}
