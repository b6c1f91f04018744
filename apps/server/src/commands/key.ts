import { existsSync } from 'node:fs';
import { addKey } from '../keys/keys-file.js';
import type { Scope } from '../keys/scopes.js';

/** Makes a key, keeps its hash and prints the key, which nothing shows again. */
export async function key(file: string, name: string, scopes: readonly Scope[]): Promise<void> {
  const made = await addKey(file, name, scopes, existsSync(file));
  console.error(`${file}: ${name} may ${scopes.join(', ')}; the key is shown this once`);
  console.log(made);
}
