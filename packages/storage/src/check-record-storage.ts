import { ATOMIC_RULES } from './check/atomic-rules.js';
import type { StorageFinding } from './check/finding.js';
import { READ_ONLY_RULES, READING_RULES } from './check/reading-rules.js';
import type { Rule } from './check/rule.js';
import { SCRATCH } from './check/scratch.js';
import { WRITING_RULES } from './check/writing-rules.js';
import type { RecordStorage } from './record-storage.js';

/** How {@link checkRecordStorage} checks. */
export interface CheckStorageOptions {
  /** Whether the storage can be written (default true). Where not, it needs to have a record. */
  readonly writable?: boolean;
}

/**
 * Uses a storage and tells where it breaks the contract of {@link RecordStorage}, with what was seen and
 * what to change: for the tests of a storage of your own. A throw becomes a finding too.
 *
 * It writes some 6 MB, in records below `record-storage-check/`, and removes them in the end. Other
 * records are left alone.
 */
export async function checkRecordStorage(
  storage: RecordStorage,
  { writable = true }: CheckStorageOptions = {},
): Promise<StorageFinding[]> {
  const rules = [...READING_RULES, ...(writable ? [...WRITING_RULES, ...ATOMIC_RULES] : READ_ONLY_RULES)];
  const findings: StorageFinding[] = [];
  for (const rule of rules) {
    const seen = await look(rule, storage);
    if (seen !== undefined) findings.push({ rule: rule.rule, seen, change: rule.change });
  }
  if (writable) {
    for (const name of Object.values(SCRATCH)) await storage.remove(name).catch(() => undefined);
  }
  return findings;
}

async function look(rule: Rule, storage: RecordStorage): Promise<string | undefined> {
  try {
    return await rule.look(storage);
  } catch (error) {
    return `threw ${String(error)}`;
  }
}
