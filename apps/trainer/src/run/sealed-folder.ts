import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { throughDraft } from './draft.js';

const MANIFEST = 'manifest.json';
const FORMAT = 'rl-recsys run 2';

/** Where a run keeps its checkpoints, each of which has a seal of its own. */
export const CHECKPOINTS = 'checkpoints';

/** The SHA-256 of each file, by its path below the folder. */
type Hashes = Readonly<Record<string, string>>;

/**
 * Brings a folder to its end: `write` writes what it is to hold, and then it is sealed with the SHA-256 of every file
 * and of that list. Until the seal is there, which comes all at once, the folder has not come to its end.
 */
export async function sealFolder(folder: string, write: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(folder, { recursive: true });
  await breakSeal(folder);
  await write(folder);
  const hashes = (await filesIn(folder))
    .filter((file) => !isApart(file))
    .map(async (file) => [file, await hashOf(join(folder, file))] as const);
  const files = Object.fromEntries(await Promise.all(hashes));
  const manifest = { format: FORMAT, files, seal: sealOf(files) };
  await throughDraft(join(folder, MANIFEST), (draft) => writeFile(draft, JSON.stringify(manifest, null, 2)));
}

/** Whether a folder has a seal, whole or not. */
export function isSealed(folder: string): boolean {
  return existsSync(join(folder, MANIFEST));
}

/** What is in the folder may change again. */
export async function breakSeal(folder: string): Promise<void> {
  await rm(join(folder, MANIFEST), { force: true });
}

/**
 * Puts another file in the place of one of a sealed folder, which is sealed anew: where it is cut short it has either, and another seal
 * at worst.
 *
 * @throws Error where the folder is damaged.
 */
export async function replaceSealed(folder: string, name: string, text: string): Promise<void> {
  const path = join(folder, MANIFEST);
  const hashes = hashesOf(await readFile(path, 'utf8').catch(() => 'null'));
  if (hashes === undefined)
    throw new Error(`${folder}: expected the folder of a run, but ${MANIFEST} is damaged`);
  await throughDraft(join(folder, name), (draft) => writeFile(draft, text));
  const files = { ...hashes, [name]: await hashOf(join(folder, name)) };
  const manifest = { format: FORMAT, files, seal: sealOf(files) };
  await throughDraft(path, (draft) => writeFile(draft, JSON.stringify(manifest, null, 2)));
}

/**
 * Checks that `folder` is as {@link sealFolder} left it. Hidden files, which nothing reads, may lie in it, checkpoints, and later
 * versions of its model in `models`.
 *
 * @param only - the files to check (default: all there are).
 * @throws Error where it is missing, no such folder, or a file has changed, is missing or was not sealed; it is named.
 */
export async function assertSealed(folder: string, only?: readonly string[]): Promise<void> {
  if (!existsSync(folder)) throw new Error(`${folder}: expected the folder of a run, but there is none`);
  if (!isSealed(folder) && existsSync(join(folder, 'options.json')))
    throw new Error(
      `${folder}: expected a run that has come to its end, got one to go on with: train --resume ${folder}`,
    );
  const hashes = hashesOf(await readFile(join(folder, MANIFEST), 'utf8').catch(() => 'null'));
  if (hashes === undefined)
    throw new Error(`${folder}: expected the folder of a run, but ${MANIFEST} is missing or damaged`);
  const isChecked = (name: string) => only === undefined || only.includes(name);
  const unlisted = (await filesIn(folder)).find(
    (name) => isChecked(name) && name !== MANIFEST && !Object.hasOwn(hashes, name) && !isApart(name),
  );
  if (unlisted !== undefined)
    throw new Error(`${join(folder, unlisted)}: the run is damaged, this file does not belong to it`);
  for (const [name, hash] of Object.entries(hashes)) {
    if (!isChecked(name)) continue;
    const file = join(folder, name);
    if (!existsSync(file)) throw new Error(`${file}: the run is damaged, this file is missing`);
    if ((await hashOf(file)) !== hash) throw new Error(`${file}: the run is damaged, this file has changed`);
  }
}

/** What a manifest says; undefined where it is none. */
function hashesOf(manifest: string): Hashes | undefined {
  try {
    const { format, files, seal } = JSON.parse(manifest) as Record<string, unknown> & {
      readonly files: Hashes;
    };
    return format === FORMAT && seal === sealOf(files) ? files : undefined;
  } catch {
    return undefined;
  }
}

/** The SHA-256 of the list of files itself. */
function sealOf(files: Hashes): string {
  return createHash('sha256')
    .update(JSON.stringify(Object.entries(files)))
    .digest('hex');
}

/** Such as the system's own notes about a folder; checkpoints and later versions of its model, which each have a seal of their own. */
function isApart(name: string): boolean {
  const parts = name.split('/');
  return [CHECKPOINTS, 'models'].includes(parts[0]!) || parts.some((part) => part.startsWith('.'));
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();
}

async function hashOf(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
