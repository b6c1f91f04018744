import { acceptedName, type Rule } from './rule.js';
import { reading, SCRATCH, SHORT } from './scratch.js';

const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const EMPTY = new Uint8Array(0);

/** What holds of a storage that can be written. */
export const WRITING_RULES: readonly Rule[] = [
  {
    rule: 'written-can-be-read',
    change: 'keep each byte of what was written, also where it is nothing',
    async look(storage) {
      for (const [name, bytes] of [
        [SCRATCH.one, ALL_BYTES],
        [SCRATCH.deep, SHORT],
        [SCRATCH.other, EMPTY],
      ] as const) {
        await storage.write(name, new Uint8Array(bytes));
      }
      return (
        (await reading(storage, SCRATCH.one, ALL_BYTES)) ??
        (await reading(storage, SCRATCH.deep, SHORT)) ??
        (await reading(storage, SCRATCH.other, EMPTY))
      );
    },
  },
  {
    rule: 'written-is-replaced',
    change: 'let a write take the place of the whole older record',
    async look(storage) {
      await storage.write(SCRATCH.one, new Uint8Array(ALL_BYTES));
      await storage.write(SCRATCH.one, new Uint8Array(SHORT));
      return reading(storage, SCRATCH.one, SHORT);
    },
  },
  {
    rule: 'part-of-an-array',
    change: 'write the part of its buffer that the array shows: from byteOffset, byteLength bytes',
    async look(storage) {
      await storage.write(SCRATCH.one, new Uint8Array(ALL_BYTES).subarray(1, 4));
      return reading(storage, SCRATCH.one, SHORT);
    },
  },
  {
    rule: 'written-array-is-copied',
    change: 'copy the array in write: it is the caller’s again once the promise is kept',
    async look(storage) {
      const array = new Uint8Array(SHORT);
      await storage.write(SCRATCH.one, array);
      array.fill(255);
      return reading(storage, SCRATCH.one, SHORT);
    },
  },
  {
    rule: 'read-array-is-a-copy',
    change: 'give an array of its own from each read',
    async look(storage) {
      await storage.write(SCRATCH.one, new Uint8Array(SHORT));
      (await storage.read(SCRATCH.one))?.fill(255);
      return reading(storage, SCRATCH.one, SHORT);
    },
  },
  {
    rule: 'written-is-listed',
    change: 'list what was written and was not removed',
    async look(storage) {
      await storage.write(SCRATCH.deep, new Uint8Array(SHORT));
      return (await storage.list()).includes(SCRATCH.deep) ? undefined : `list() lacks ${SCRATCH.deep}`;
    },
  },
  {
    rule: 'removed-is-gone',
    change: 'let remove forget that record and no other',
    async look(storage) {
      for (const name of Object.values(SCRATCH)) await storage.write(name, new Uint8Array(SHORT));
      await storage.remove(SCRATCH.one);
      if ((await storage.list()).includes(SCRATCH.one)) return `list() gave ${SCRATCH.one} after its removal`;
      return (
        (await reading(storage, SCRATCH.one, undefined)) ??
        (await reading(storage, SCRATCH.other, SHORT)) ??
        (await reading(storage, SCRATCH.deep, SHORT))
      );
    },
  },
  {
    rule: 'removing-nothing',
    change: 'let remove do nothing where there is no record',
    async look(storage) {
      await storage.remove(SCRATCH.one);
      await storage.remove(SCRATCH.one);
      return undefined;
    },
  },
  {
    rule: 'bad-names-refused-by-write',
    change: 'make the storage with recordStorage, or begin write with assertRecordName(name)',
    look: (storage) => acceptedName('write', (name) => storage.write(name, new Uint8Array(SHORT))),
  },
  {
    rule: 'bad-names-refused-by-remove',
    change: 'make the storage with recordStorage, or begin remove with assertRecordName(name)',
    look: (storage) => acceptedName('remove', (name) => storage.remove(name)),
  },
];
