import { createHash, timingSafeEqual } from 'node:crypto';
import type { StoredKey } from './keys-file.js';
import type { Scope } from './scopes.js';

/** Who holds a key, and what it is good for. */
export interface KeyHolder {
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
}

/** The keys that are good now. */
export class KeyRing {
  private keys: readonly { readonly hash: Buffer; readonly holder: KeyHolder }[] = [];

  constructor(keys: readonly StoredKey[]) {
    this.replace(keys);
  }

  /** Other keys from now on: new ones are good at once, and those that are left out no longer. */
  replace(keys: readonly StoredKey[]): void {
    this.keys = keys.map(({ name, sha256, scopes }) => ({
      hash: Buffer.from(sha256, 'hex'),
      holder: { name, scopes: new Set(scopes) },
    }));
  }

  /** Who holds this key; undefined where nobody does. It takes as long whichever key matches, or none. */
  holderOf(key: string): KeyHolder | undefined {
    const hash = createHash('sha256').update(key).digest();
    let found: KeyHolder | undefined;
    for (const each of this.keys) if (timingSafeEqual(hash, each.hash)) found = each.holder;
    return found;
  }
}
