import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunOptions } from '../options/run-options.js';
import { RunCheckpoints, type RunState } from '../run/run-checkpoints.js';
import { CHECKPOINTS } from '../run/sealed-folder.js';

/**
 * Each learner of a run keeps its checkpoints apart, below its epoch, so that one that was taken for dead and comes back writes where
 * nobody looks any more.
 */
export function epochFolder(epoch: number): string {
  return join(CHECKPOINTS, `epoch-${String(epoch).padStart(6, '0')}`);
}

/** The epochs of which there may be checkpoints, ascending. */
export async function epochsOf(folder: string): Promise<number[]> {
  const place = join(folder, CHECKPOINTS);
  const names = existsSync(place) ? await readdir(place) : [];
  return names
    .flatMap((name) => (/^epoch-\d{6,}$/.test(name) ? [Number(name.slice('epoch-'.length))] : []))
    .sort((one, other) => one - other);
}

/** The newest checkpoint of the newest learner before `epoch` that left one. */
export async function newestBefore(
  folder: string,
  options: RunOptions,
  epoch: number,
): Promise<RunState | undefined> {
  for (const each of (await epochsOf(folder)).reverse()) {
    if (each >= epoch) continue;
    const found = await new RunCheckpoints(folder, options, epochFolder(each)).find();
    if (found) return found;
  }
  return undefined;
}

/** Removes what learners before `epoch` left. */
export async function removeBefore(folder: string, epoch: number): Promise<void> {
  for (const each of await epochsOf(folder))
    if (each < epoch) await rm(join(folder, epochFolder(each)), { recursive: true, force: true });
}
