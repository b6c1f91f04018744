import { readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Folders that this process has, by their claims. */
const held = new Set<string>();

/** How often, and after how many milliseconds each, it is looked whether another one gives way. */
const [LOOKS, PAUSE] = [10, 50];

/**
 * Takes a folder for this process alone. What a process that died left behind does not count.
 *
 * Who wants it first writes a claim, `lock.<process>`, and then looks for others: so of two at most one goes on, whatever they find of
 * those before. Where two begin at once that with the lower number waits until the other has given way.
 *
 * @returns gives it back.
 * @throws Error where it is taken.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const claim = resolve(folder, `lock.${process.pid}`);
  if (held.has(claim)) throw takenBy(folder, process.pid);
  held.add(claim);
  const giveBack = async () => {
    await rm(claim, { force: true });
    held.delete(claim);
  };
  try {
    await writeFile(claim, '');
    await waitForOthers(folder);
    return giveBack;
  } catch (error) {
    await giveBack();
    throw error;
  }
}

async function waitForOthers(folder: string): Promise<void> {
  for (let look = 1; ; look++) {
    const others = await claimants(folder);
    if (others.length === 0) return;
    if (look === LOOKS || others.some((other) => other < process.pid)) throw takenBy(folder, others[0]!);
    await pause(PAUSE);
  }
}

/** Other processes that live and have a claim; the claims of those that died are removed. */
async function claimants(folder: string): Promise<number[]> {
  const others: number[] = [];
  for (const name of await readdir(folder)) {
    const pid = Number(/^lock\.(\d+)$/.exec(name)?.[1]);
    if (!(pid > 0) || pid === process.pid) continue;
    if (isAlive(pid)) others.push(pid);
    else await rm(join(folder, name), { force: true });
  }
  return others;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0); // asks, and sends nothing
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // somebody else's
  }
}

function takenBy(folder: string, pid: number): Error {
  return new Error(`${folder}: expected a feedback log that nobody has open, but process ${pid} has`);
}
