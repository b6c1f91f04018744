import { cp, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Where a run writes what it tells while it goes on: beside its place, to which a run is moved whole. */
export function liveFolderOf(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}-live`);
}

/** Moves what a run told while it went on into what is saved of it. */
export async function takeLive(folder: string, draft: string): Promise<void> {
  const live = liveFolderOf(folder);
  await cp(live, draft, { recursive: true });
  await rm(live, { recursive: true });
}
