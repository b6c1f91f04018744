import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { checked } from '../contract/check.js';
import { syncFolder } from '../segments/sync-folder.js';

/** Which versions of a run's model answer. */
export interface ModelPointer {
  /** The version that serves; 0 is the run as it was trained. */
  readonly serving: number;
  /** Those that served before it, the latest last: where `rollback` goes. */
  readonly earlier: readonly number[];
  /** A version that is tried on a share of sessions. */
  readonly canary?: { readonly version: number; readonly share: number } | undefined;
}

const VERSION = 'expected the number of a version';
const SHARE = 'expected a share above 0 and at most 1';
const version = z.int(VERSION).min(0, VERSION);
const pointerSchema: z.ZodType<ModelPointer> = z.strictObject({
  serving: version,
  earlier: z.array(version, 'expected numbers of versions'),
  canary: z.strictObject({ version, share: z.number(SHARE).gt(0, SHARE).max(1, SHARE) }).optional(),
});

/** The folder of a run's later versions. */
export function modelsFolder(run: string): string {
  return join(run, 'models');
}

/** The file that says which versions answer. */
export function pointerFile(run: string): string {
  return join(modelsFolder(run), 'current.json');
}

/**
 * What a run's pointer says; without one the run itself serves.
 *
 * @throws Error where the file says something else.
 */
export async function readPointer(run: string): Promise<ModelPointer> {
  const file = pointerFile(run);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { serving: 0, earlier: [] };
    throw error;
  }
  try {
    return checked(pointerSchema, JSON.parse(text), 'pointer');
  } catch (cause) {
    throw new Error(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Writes a run's pointer: who reads meanwhile gets the old one or the new one. */
export async function writePointer(run: string, pointer: ModelPointer): Promise<void> {
  const text = JSON.stringify(checked(pointerSchema, pointer, 'pointer'), null, 2) + '\n';
  await replaceFile(pointerFile(run), text);
}

/** Writes a file in whose place there is either the old one or the new one at any time, and makes it durable. */
export async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${randomUUID()}.draft`;
  const handle = await open(draft, 'wx');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  await syncFolder(dirname(file));
}
