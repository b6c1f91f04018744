import { createHash, randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { SCOPES, type Scope } from './scopes.js';

/** A key as it is kept: who knows the file knows no key. */
export interface StoredKey {
  /** What it is called, in metrics and to whom it is taken from. */
  readonly name: string;
  /** SHA-256 in hexadecimal; a key has 256 random bits, so that a slow hash would guard nothing. */
  readonly sha256: string;
  readonly scopes: readonly Scope[];
}

const storedKeys: z.ZodType<StoredKey[]> = z.array(
  z.strictObject({
    name: z.string().min(1),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    scopes: z.array(z.enum(SCOPES)).min(1),
  }),
);

/**
 * The keys of a file.
 *
 * @throws Error where it can't be read, or is no list of keys.
 */
export async function readKeys(file: string): Promise<StoredKey[]> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const hint = cause.code === 'ENOENT' ? ', make it with the command key' : ` (${cause.message})`;
    throw new Error(`--keys: expected a file of keys, could not read ${file}${hint}`, { cause });
  });
  let keys: StoredKey[];
  try {
    keys = storedKeys.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`--keys: expected ${file} to be as the command key writes it`, { cause });
  }
  const twice = keys.find(({ name }, place) => keys.findIndex((each) => each.name === name) < place);
  if (twice) throw new Error(`--keys: expected each name once in ${file}, got ${twice.name} twice`);
  return keys;
}

/**
 * Adds a new key to a file, which is made where there is none.
 *
 * @returns the key itself, which is kept nowhere.
 * @throws Error where the file has one of that name.
 */
export async function addKey(
  file: string,
  name: string,
  scopes: readonly Scope[],
  exists: boolean,
): Promise<string> {
  const keys = exists ? await readKeys(file) : [];
  if (keys.some((each) => each.name === name)) {
    throw new Error(`--name: expected a new name, but ${file} has a key ${name}`);
  }
  const key = `rlk_${randomBytes(32).toString('base64url')}`;
  const draft = `${file}.draft`;
  await writeFile(draft, JSON.stringify([...keys, { name, sha256: hashOf(key), scopes }], null, 2) + '\n', {
    mode: 0o600,
  });
  await rename(draft, file);
  return key;
}

export function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
