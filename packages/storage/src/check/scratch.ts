import type { RecordStorage } from '../record-storage.js';
import { difference } from './rule.js';

/** The records that the check writes and removes. */
export const SCRATCH = {
  one: 'record-storage-check/one.bin',
  other: 'record-storage-check/one.bin.too',
  deep: 'record-storage-check/one/deeper/still.bin',
} as const;

export const SHORT: Uint8Array = Uint8Array.of(1, 2, 3);

/** What a read gave in place of `expected`, in words. */
export async function reading(
  storage: RecordStorage,
  name: string,
  expected: Uint8Array | undefined,
): Promise<string | undefined> {
  const seen = difference(expected, await storage.read(name));
  return seen && `read of ${name} gave ${seen}`;
}
