import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';

const MANIFEST = 'manifest.json';
const FORMAT = 'rl-recsys run 1';

const manifestSchema = z.object({ format: z.literal(FORMAT), files: z.record(z.string(), z.string()) });

/**
 * Makes `folder` of what `write` writes, all of it or nothing: it is written beside its place, sealed
 * with the SHA-256 of every file, and then moved there.
 *
 * @throws Error where `folder` exists already.
 */
export async function createSealedFolder(
  folder: string,
  write: (draft: string) => Promise<void>,
): Promise<void> {
  if (existsSync(folder)) throw new Error(`${folder}: expected no such folder yet, but there is one`);
  const draft = join(dirname(folder), `.${basename(folder)}-${process.pid}`);
  await mkdir(draft, { recursive: true });
  const removeDraft = () => rmSync(draft, { recursive: true, force: true });
  const stop = () => process.exit(130); // an interrupt, which alone would run no exit handler
  process.once('exit', removeDraft).once('SIGINT', stop);
  try {
    await write(draft);
    const manifest = { format: FORMAT, files: await hashesOf(draft) };
    await writeFile(join(draft, MANIFEST), JSON.stringify(manifest, null, 2));
    await rename(draft, folder);
  } finally {
    process.off('exit', removeDraft).off('SIGINT', stop);
    removeDraft();
  }
}

/**
 * Checks that `folder` is as {@link createSealedFolder} left it.
 *
 * @throws Error where it is missing, no such folder, or a file has changed; the file is named.
 */
export async function assertSealed(folder: string): Promise<void> {
  if (!existsSync(folder)) throw new Error(`${folder}: expected the folder of a run, but there is none`);
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => 'null');
  const manifest = manifestSchema.safeParse(parseJson(text));
  if (!manifest.success)
    throw new Error(`${folder}: expected the folder of a run, but ${MANIFEST} is missing or damaged`);
  const hashes = await hashesOf(folder);
  for (const [file, hash] of Object.entries(manifest.data.files)) {
    if (hashes[file] === undefined)
      throw new Error(`${join(folder, file)}: the run is damaged, this file is missing`);
    if (hashes[file] !== hash)
      throw new Error(`${join(folder, file)}: the run is damaged, this file has changed`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function hashesOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hashes = files.sort().map(async (file) => {
    const name = file.slice(folder.length + 1).replaceAll('\\', '/');
    return [
      name,
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    ];
  });
  return Object.fromEntries(await Promise.all(hashes)) as Record<string, string>;
}
