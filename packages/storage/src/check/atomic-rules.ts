import { isRecordName } from '../record-name.js';
import type { RecordStorage } from '../record-storage.js';
import type { Rule } from './rule.js';
import { reading, SCRATCH, SHORT } from './scratch.js';

/** Large enough for a file system to write it in parts. */
const LARGE = 1 << 18;

/** How often a record is replaced while it is read. */
const REPLACEMENTS = 16;

/** What holds of a storage that is used by several at once. */
export const ATOMIC_RULES: readonly Rule[] = [
  {
    rule: 'whole-or-not-at-all',
    change: 'write to another place, then give it the name in one step',
    look: readWhileWriting,
  },
  {
    rule: 'writes-at-once',
    change: 'let writes of the same record end in one of them, and those of others not meet',
    async look(storage) {
      const arrays = [2, 4, 6, 8].map((value) => new Uint8Array(LARGE).fill(value));
      await Promise.all([
        ...arrays.map((bytes) => storage.write(SCRATCH.one, bytes)),
        storage.write(SCRATCH.other, new Uint8Array(SHORT)),
        storage.write(SCRATCH.deep, new Uint8Array(SHORT)),
      ]);
      return (
        (await reading(storage, SCRATCH.other, SHORT)) ??
        (await reading(storage, SCRATCH.deep, SHORT)) ??
        mixture(await storage.read(SCRATCH.one))
      );
    },
  },
];

async function readWhileWriting(storage: RecordStorage): Promise<string | undefined> {
  await storage.write(SCRATCH.one, new Uint8Array(LARGE));
  let isWriting = true;
  const writing = async () => {
    try {
      for (let value = 1; value <= REPLACEMENTS; value++) {
        await storage.write(SCRATCH.one, new Uint8Array(lengthOf(value)).fill(value));
      }
    } finally {
      isWriting = false;
    }
  };
  const looking = async () => {
    while (isWriting) {
      const seen = mixture(await storage.read(SCRATCH.one));
      if (seen !== undefined) return seen;
      const odd = (await storage.list()).find((name) => !isRecordName(name));
      if (odd !== undefined) return `list() gave ${JSON.stringify(odd)} during a write`;
      await nextTurn();
    }
    return undefined;
  };
  // Both to their end, or the next rule would meet these writes.
  const [seen, written] = await Promise.allSettled([looking(), writing()]);
  for (const part of [written, seen]) if (part.status === 'rejected') throw part.reason;
  return seen.status === 'fulfilled' ? seen.value : undefined;
}

/** Storages in memory answer without ever letting timers run. */
const nextTurn = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Records of two lengths, so that an old end under a new beginning shows too. */
const lengthOf = (value: number) => (value % 2 === 0 ? LARGE : LARGE / 2);

/** What is odd about a read of a record whose writes were each of one value. */
function mixture(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return 'a read during writes gave undefined';
  const value = bytes[0] ?? 0;
  const length = lengthOf(value);
  if (bytes.length !== length) return `a read during writes gave ${bytes.length} bytes of ${length}`;
  return bytes.every((byte) => byte === value) ? undefined : 'a read during writes gave parts of two';
}
