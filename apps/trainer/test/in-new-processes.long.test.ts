import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { Checkpoints, compare } from '@rl-recsys/checkpoint';
import type { SavedState } from '@rl-recsys/random';
import { folderStorage } from '@rl-recsys/storage/folder';
import { temporaryFolder } from './shop.js';

const script = fileURLToPath(new URL('train-in-process.mjs', import.meta.url));

/** In warm-up, on the way, directly after a resume, to the end: each in a process of its own. */
const STOPS = [0.05, 0.6, 0.6, 1];

/** Where training stands, but for the time it took. */
async function endOf(folder: string): Promise<SavedState> {
  const { checkpoint, passedOver } = await new Checkpoints({ storage: folderStorage(folder) }).newest();
  expect(passedOver).toEqual([]);
  const { monitor, ...rest } = checkpoint!.state as Record<string, SavedState>;
  return { ...rest, monitor: { ...(monitor as object), seconds: 0, lastSeconds: 0 } };
}

test.each([
  ['cpu', 1],
  ['wasm', 2],
])(
  'on %s with %d threads all kinds of training, stopped and gone on with in new processes, end as at once',
  async (backend, threads) => {
    const [whole, parts] = [temporaryFolder(), temporaryFolder()];
    const run = (folder: string, share: number) =>
      promisify(execFile)(process.execPath, [script, backend, String(threads), folder, String(share)]);
    await run(whole, 1);
    for (const share of STOPS) await run(parts, share);
    const kinds = readdirSync(whole);
    expect(kinds).toHaveLength(6);
    for (const kind of kinds) {
      const [one, other] = [await endOf(join(whole, kind)), await endOf(join(parts, kind))];
      expect({ kind, difference: compare(one, other) }).toEqual({ kind, difference: undefined });
    }
  },
  600_000,
);
