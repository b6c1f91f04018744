import { isRecordName } from '../record-name.js';
import { acceptedName, difference, rejects, type Rule } from './rule.js';

/** No record that anybody keeps. */
const ABSENT = 'record-storage-check/absent.bin';

/** What holds of each storage, and writes nothing. */
export const READING_RULES: readonly Rule[] = [
  {
    rule: 'list-sorted-names',
    change: 'give the names of all records, each once, sorted by code unit, and nothing else',
    async look(storage) {
      const names: unknown = await storage.list();
      if (!Array.isArray(names)) return 'list() gave no array';
      const odd: unknown = names.find((name) => !isRecordName(name));
      if (odd !== undefined) return `list() gave ${JSON.stringify(odd)}, which is no record's name`;
      const place = names.findIndex((name, index) => index > 0 && names[index - 1] >= name);
      return place < 0 ? undefined : `list() gave ${names[place]} after ${names[place - 1]}`;
    },
  },
  {
    rule: 'missing-is-undefined',
    change: 'answer undefined where there is no record; reject only where it cannot be known',
    async look(storage) {
      const seen = difference(undefined, await storage.read(ABSENT));
      return seen && `read of a name that was never written gave ${seen}`;
    },
  },
  {
    rule: 'bad-names-refused-by-read',
    change: 'make the storage with recordStorage, or begin read with assertRecordName(name)',
    look: (storage) => acceptedName('read', (name) => storage.read(name)),
  },
];

/** What holds of a storage that can only be read. */
export const READ_ONLY_RULES: readonly Rule[] = [
  {
    rule: 'listed-can-be-read',
    change: 'let list give the names that read answers with an array of its own each time',
    async look(storage) {
      const names = await storage.list();
      if (names.length === 0) return 'list() gave no names; check a storage that has a record';
      for (const name of names) {
        const first = await storage.read(name);
        if (first === undefined) return `${name} is listed, but read gave undefined`;
        const copy = new Uint8Array(first);
        first.forEach((byte, index) => (first[index] = ~byte));
        const seen = difference(copy, await storage.read(name));
        if (seen) return `a second read of ${name}, after the first one's array was changed, gave ${seen}`;
      }
      return undefined;
    },
  },
  {
    rule: 'writes-refused',
    change: 'reject in write and in remove',
    async look(storage) {
      if (!(await rejects(() => storage.write(ABSENT, Uint8Array.of(1))))) return 'write was accepted';
      return (await rejects(() => storage.remove(ABSENT))) ? undefined : 'remove was accepted';
    },
  },
];
