import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** The SHA-256 of bytes as 64 hexadecimal digits; by Node's own code where there is one, which is many times as fast. */
export function checksumOf(body: Uint8Array): string {
  const crypto = nodeCrypto();
  return crypto ? crypto.createHash('sha256').update(body).digest('hex') : bytesToHex(sha256(body));
}

/** What is used of Node's `crypto`. */
interface NodeCrypto {
  createHash(name: 'sha256'): { update(bytes: Uint8Array): { digest(encoding: 'hex'): string } };
}

/** Undefined in browsers, whose bundlers must not find an import of it, and before Node 20.16. */
function nodeCrypto(): NodeCrypto | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return process?.getBuiltinModule?.('node:crypto') as NodeCrypto | undefined;
}
