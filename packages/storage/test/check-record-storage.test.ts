import { describe, expect, test } from '@jest/globals';
import { checkRecordStorage, memoryStorage, type RecordStorage } from '../src/index.js';

/** Records in memory without any care, to be broken by `changes`. */
function brokenStorage(
  change: (records: Map<string, Uint8Array>, good: RecordStorage) => Partial<RecordStorage>,
): RecordStorage {
  const good = memoryStorage();
  const records = new Map<string, Uint8Array>();
  return { ...good, ...change(records, good) };
}

const later = () => new Promise((resolve) => setTimeout(resolve, 1));

/** Keeps records in the map itself. */
const careless = (records: Map<string, Uint8Array>): RecordStorage => ({
  read: async (name) => Promise.resolve(records.get(name)),
  write: async (name, bytes) => Promise.resolve(void records.set(name, new Uint8Array(bytes))),
  list: async () => Promise.resolve([...records.keys()].sort()),
  remove: async (name) => Promise.resolve(void records.delete(name)),
});

const rulesOf = async (storage: RecordStorage) => (await checkRecordStorage(storage)).map(({ rule }) => rule);

test('a good storage has no findings, is left empty, and keeps other records', async () => {
  const storage = memoryStorage();
  await storage.write('mine.bin', Uint8Array.of(7));
  expect(await checkRecordStorage(storage)).toEqual([]);
  expect(await storage.list()).toEqual(['mine.bin']);
  expect(await storage.read('mine.bin')).toEqual(Uint8Array.of(7));
});

describe('finds a storage', () => {
  test.each<[string, string[], RecordStorage]>([
    [
      'that takes any name',
      [
        'bad-names-refused-by-read',
        'read-array-is-a-copy',
        'bad-names-refused-by-write',
        'bad-names-refused-by-remove',
      ],
      brokenStorage(careless),
    ],
    [
      'that gives an empty array for nothing',
      ['missing-is-undefined', 'removed-is-gone'],
      brokenStorage((_, good) => ({ read: async (name) => (await good.read(name)) ?? new Uint8Array(0) })),
    ],
    [
      'that gives nothing for an empty record',
      ['written-can-be-read'],
      brokenStorage((_, good) => ({
        async read(name) {
          const bytes = await good.read(name);
          return bytes?.length === 0 ? undefined : bytes;
        },
      })),
    ],
    [
      'that keeps text',
      ['written-can-be-read'],
      brokenStorage((_, good) => ({
        write: (name, bytes) => {
          const text = new TextDecoder().decode(bytes);
          return good.write(name, new TextEncoder().encode(text));
        },
      })),
    ],
    [
      'that appends',
      [
        'written-is-replaced',
        'part-of-an-array',
        'written-array-is-copied',
        'read-array-is-a-copy',
        'removed-is-gone',
        'writes-at-once',
      ],
      brokenStorage((_, good) => ({
        async write(name, bytes) {
          const old = (await good.read(name)) ?? new Uint8Array(0);
          // Large ones replace, so that only the small records of the other rules show it.
          const all = bytes.length > 1000 || old.length > 1000 ? bytes : Uint8Array.from([...old, ...bytes]);
          await good.write(name, all);
        },
      })),
    ],
    [
      'that writes the whole buffer of a part',
      ['part-of-an-array'],
      brokenStorage((_, good) => ({
        write: (name, bytes) => good.write(name, new Uint8Array(bytes.buffer)),
      })),
    ],
    [
      'that keeps the array',
      ['written-array-is-copied'],
      brokenStorage((records, good) => ({
        async read(name) {
          await good.read(name);
          const bytes = records.get(name);
          return bytes && new Uint8Array(bytes);
        },
        async write(name, bytes) {
          await good.write(name, bytes);
          records.set(name, bytes);
        },
        async remove(name) {
          await good.remove(name);
          records.delete(name);
        },
      })),
    ],
    [
      'that lists unsorted',
      ['list-sorted-names'],
      brokenStorage((_, good) => {
        void good.write('z.bin', Uint8Array.of(1)).then(() => good.write('a.bin', Uint8Array.of(1)));
        return { list: async () => (await good.list()).reverse() };
      }),
    ],
    [
      'that lists a file of its own',
      ['list-sorted-names', 'whole-or-not-at-all'],
      brokenStorage((_, good) => ({ list: async () => ['.draft', ...(await good.list())] })),
    ],
    [
      'that lists a name twice',
      ['list-sorted-names'],
      brokenStorage((_, good) => {
        void good.write('mine.bin', Uint8Array.of(1));
        return { list: async () => (await good.list()).flatMap((name) => [name, name]) };
      }),
    ],
    [
      'that lists nothing of folders',
      ['written-is-listed'],
      brokenStorage((_, good) => ({
        list: async () => (await good.list()).filter((name) => !/one\//.test(name)),
      })),
    ],
    [
      'that removes by prefix',
      ['removed-is-gone'],
      brokenStorage((_, good) => ({
        async remove(name) {
          await good.remove(name);
          for (const other of await good.list()) if (other.startsWith(name)) await good.remove(other);
        },
      })),
    ],
    [
      'that lists what was removed',
      ['removed-is-gone'],
      brokenStorage((records, good) => ({
        async write(name, bytes) {
          await good.write(name, bytes);
          records.set(name, bytes);
        },
        list: async () => [...new Set([...(await good.list()), ...records.keys()])].sort(),
      })),
    ],
    [
      'that fails to remove nothing',
      ['removing-nothing'],
      brokenStorage((_, good) => ({
        async remove(name) {
          if ((await good.read(name)) === undefined) throw new Error(`${name}: no such record`);
          await good.remove(name);
        },
      })),
    ],
    [
      'that removes before it writes',
      ['whole-or-not-at-all'],
      brokenStorage((_, good) => ({
        async write(name, bytes) {
          await good.remove(name);
          await later();
          await good.write(name, bytes);
        },
      })),
    ],
    [
      'that writes in two parts',
      ['whole-or-not-at-all'],
      brokenStorage((_, good) => ({
        async write(name, bytes) {
          const old = (await good.read(name)) ?? new Uint8Array(0);
          const half = Uint8Array.from(bytes, (byte, index) =>
            index < bytes.length / 2 ? byte : (old[index] ?? 0),
          );
          await good.write(name, half);
          await later();
          await good.write(name, bytes);
        },
      })),
    ],
    [
      'that lists half-written files',
      ['whole-or-not-at-all'],
      brokenStorage((records, good) => ({
        async write(name, bytes) {
          records.set(`${name}~`, bytes);
          await later();
          records.delete(`${name}~`);
          await good.write(name, bytes);
        },
        list: async () => [...(await good.list()), ...records.keys()].sort(),
      })),
    ],
    [
      'whose writes share one draft',
      ['writes-at-once'],
      brokenStorage((records, good) => ({
        async write(name, bytes) {
          await good.write(name, bytes); // refuses names
          records.set('draft', bytes);
          await later();
          await good.write(name, records.get('draft')!);
        },
      })),
    ],
  ])('%s', async (_, rules, storage) => {
    expect(await rulesOf(storage)).toEqual(rules);
  });

  test('that fails to replace, and ends its writes before the next rule', async () => {
    let writes = 0;
    const storage = brokenStorage((_, good) => ({
      async write(name, bytes) {
        writes++;
        if (bytes.length > 1000 && (await good.read(name))?.length === bytes.length * 2)
          throw new Error('full');
        await good.write(name, bytes);
      },
    }));
    const [finding, ...others] = await checkRecordStorage(storage);
    expect(finding).toMatchObject({ rule: 'whole-or-not-at-all', seen: 'threw Error: full' });
    expect(others).toEqual([]);
    const before = writes;
    await later();
    expect(writes).toBe(before);
  });

  test('that throws, in its own words', async () => {
    const storage = brokenStorage(() => ({ list: () => Promise.reject(new Error('no room')) }));
    const [first] = await checkRecordStorage(storage);
    expect(first).toEqual({
      rule: 'list-sorted-names',
      seen: 'threw Error: no room',
      change: 'give the names of all records, each once, sorted by code unit, and nothing else',
    });
  });
});

describe('finds a storage for reading alone', () => {
  const good = async () => {
    const storage = memoryStorage();
    await storage.write('a.bin', Uint8Array.of(1, 2));
    const refuse = () => Promise.reject(new Error('for reading alone'));
    return { ...storage, write: refuse, remove: refuse };
  };
  const rulesOfReadOnly = async (storage: RecordStorage) =>
    (await checkRecordStorage(storage, { writable: false })).map(({ rule }) => rule);

  test('that has no fault, by no findings', async () => {
    expect(await rulesOfReadOnly(await good())).toEqual([]);
  });

  test('without records, since nothing can be read', async () => {
    expect(await rulesOfReadOnly({ ...(await good()), list: async () => Promise.resolve([]) })).toEqual([
      'listed-can-be-read',
    ]);
  });

  test('that lists what it lacks', async () => {
    const storage = { ...(await good()), list: async () => Promise.resolve(['a.bin', 'b.bin']) };
    expect(await rulesOfReadOnly(storage)).toEqual(['listed-can-be-read']);
  });

  test('that hands out its own array', async () => {
    const bytes = Uint8Array.of(1, 2);
    const storage = await good();
    const read = async (name: string) => ((await storage.read(name)) ? bytes : undefined);
    expect(await rulesOfReadOnly({ ...storage, read })).toEqual(['listed-can-be-read']);
  });

  test('that takes writes', async () => {
    expect(await rulesOfReadOnly({ ...(await good()), write: () => Promise.resolve() })).toEqual([
      'writes-refused',
    ]);
    expect(await rulesOfReadOnly({ ...(await good()), remove: () => Promise.resolve() })).toEqual([
      'writes-refused',
    ]);
  });
});
