import { rmSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What a signal alone would end without running an exit handler, and the exit code that a shell expects then. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Makes a file or folder all at once or not at all: `write` makes it beside its place, and then it takes its name.
 * What is half written is removed, also where a signal ends the process; what a crash left there is swept first, and never
 * taken for part of the new one.
 */
export async function throughDraft(target: string, write: (draft: string) => Promise<void>): Promise<void> {
  const draft = join(dirname(target), `.${basename(target)}-${process.pid}`);
  await mkdir(dirname(draft), { recursive: true });
  await sweepDrafts(target);
  const removeDraft = () => rmSync(draft, { recursive: true, force: true });
  const stops = Object.entries(SIGNALS).map(([signal, code]) => [signal, () => process.exit(code)] as const);
  process.once('exit', removeDraft);
  for (const [signal, stop] of stops) process.once(signal, stop);
  try {
    await write(draft);
    await rename(draft, target);
  } finally {
    process.off('exit', removeDraft);
    for (const [signal, stop] of stops) process.off(signal, stop);
    removeDraft();
  }
}

/** Removes the target's drafts of processes that are no more, and of one before this that had its number. */
async function sweepDrafts(target: string): Promise<void> {
  const folder = dirname(target);
  const start = `.${basename(target)}-`;
  for (const name of await readdir(folder)) {
    const number = name.slice(start.length);
    if (!name.startsWith(start) || !/^\d+$/.test(number)) continue;
    const isDead = Number(number) === process.pid || !isAlive(Number(number));
    if (isDead) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Whether a process of that number runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0); // asks, and sends nothing
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // somebody else's
  }
}
