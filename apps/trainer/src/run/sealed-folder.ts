import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { throughDraft } from './draft.js';

const MANIFEST = 'manifest.json';
const FORMAT = 'rl-recsys run 2';

/** The SHA-256 of each file, by its path below the folder. */
type Hashes = Readonly<Record<string, string>>;

/**
 * Makes `folder` of what `write` writes, all of it or nothing: it is written beside its place, sealed
 * with the SHA-256 of every file and of that list, and then moved there.
 *
 * @throws Error where `folder` exists already.
 */
export async function createSealedFolder(
  folder: string,
  write: (draft: string) => Promise<void>,
): Promise<void> {
  if (existsSync(folder)) throw new Error(`${folder}: expected no such folder yet, but there is one`);
  await throughDraft(folder, async (draft) => {
    await mkdir(draft);
    await write(draft);
    const hashes = (await filesIn(draft)).map(
      async (file) => [file, await hashOf(join(draft, file))] as const,
    );
    const files = Object.fromEntries(await Promise.all(hashes));
    const manifest = { format: FORMAT, files, seal: sealOf(files) };
    await writeFile(join(draft, MANIFEST), JSON.stringify(manifest, null, 2));
  });
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
 * Checks that `folder` is as {@link createSealedFolder} left it. Hidden files, which nothing reads, may lie in it, and later
 * versions of its model in `models`.
 *
 * @param only - the files to check (default: all there are).
 * @throws Error where it is missing, no such folder, or a file has changed, is missing or was not sealed; it is named.
 */
export async function assertSealed(folder: string, only?: readonly string[]): Promise<void> {
  if (!existsSync(folder)) throw new Error(`${folder}: expected the folder of a run, but there is none`);
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

/** Such as the system's own notes about a folder; and later versions of its model, which each vouch for themselves. */
function isApart(name: string): boolean {
  return name.startsWith('models/') || name.split('/').some((part) => part.startsWith('.'));
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
