import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkRecordStorage, memoryStorage, tarStorage, toTar, type RecordStorage } from '../src/index.js';
import { folderStorage } from '../src/folder.js';

async function storageOf(records: Record<string, Uint8Array>): Promise<RecordStorage> {
  const storage = memoryStorage();
  for (const [name, bytes] of Object.entries(records)) await storage.write(name, bytes);
  return storage;
}

async function recordsOf(storage: RecordStorage): Promise<Record<string, Uint8Array>> {
  const records: Record<string, Uint8Array> = {};
  for (const name of await storage.list()) records[name] = (await storage.read(name))!;
  return records;
}

const RECORDS = {
  'a.bin': Uint8Array.from({ length: 1000 }, (_, index) => index),
  'deep/er/b.bin': new Uint8Array(512).fill(7),
  'empty.bin': new Uint8Array(0),
  [`${'long/'.repeat(18)}four.bin`]: Uint8Array.of(1),
};

test('keeps to the contract of a storage for reading', async () => {
  const storage = tarStorage(await toTar(await storageOf(RECORDS)));
  expect(await checkRecordStorage(storage, { writable: false })).toEqual([]);
  await expect(storage.write('a.bin', Uint8Array.of(1))).rejects.toThrow(
    'write a.bin: expected a storage that can be written, got a .tar',
  );
});

test('brings all records back', async () => {
  const name = fc
    .stringMatching(/^[a-z]{1,4}(\/[a-z]{1,4}){0,2}\.bin$/)
    .filter((text) => !/con|aux|nul|prn/.test(text));
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, fc.uint8Array({ maxLength: 1500 })), async (records) => {
      const storage = tarStorage(await toTar(await storageOf(records)));
      expect(await recordsOf(storage)).toEqual({ ...records });
    }),
  );
});

test('gives the same bytes for the same records, in whatever order they were written', async () => {
  const backwards = Object.fromEntries(Object.entries(RECORDS).reverse());
  expect(await toTar(await storageOf(backwards))).toEqual(await toTar(await storageOf(RECORDS)));
  expect((await toTar(memoryStorage())).length).toBe(1024);
});

test('toTar names a record that is removed meanwhile', async () => {
  const storage = { ...memoryStorage(), list: async () => Promise.resolve(['gone.bin']) };
  await expect(toTar(storage)).rejects.toThrow('gone.bin: expected a record that is listed, it was removed');
});

describe('beside the system’s tar', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tar-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const tar = (...words: string[]) =>
    execFileSync('tar', words, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });

  test('which reads what we wrote', async () => {
    writeFileSync(join(folder, 'ours.tar'), await toTar(await storageOf(RECORDS)));
    mkdirSync(join(folder, 'out'));
    expect(tar('-xvf', 'ours.tar', '-C', 'out').trim().split('\n')).toEqual(Object.keys(RECORDS).sort());
    expect(await recordsOf(folderStorage(join(folder, 'out')))).toEqual(RECORDS);
    const [line] = tar('-tvf', 'ours.tar', '--utc', '--full-time').split('\n');
    expect(line).toMatch(/^-rw-r--r-- 0\/0 +1000 1970-01-01 00:00:00 a\.bin$/);
  });

  test.each([
    ['ustar', '.'],
    ['gnu', '.'],
    ['v7', undefined],
    ['ustar', 'in its folders by name'],
  ])('whose files of format %s (%p) we read', async (format, how) => {
    const storage = folderStorage(join(folder, 'in'));
    for (const [name, bytes] of Object.entries(RECORDS)) await storage.write(name, bytes);
    const what = how === '.' ? ['.'] : ['a.bin', 'deep', 'empty.bin', 'long'];
    tar('-cf', 'theirs.tar', `--format=${format}`, '-C', 'in', ...what);
    const bytes = readFileSync(join(folder, 'theirs.tar'));
    if (format === 'v7') expect(() => tarStorage(bytes)).toThrow('expected format ustar, got ""');
    else expect(await recordsOf(tarStorage(bytes))).toEqual(RECORDS);
  });

  test.each<[string, RegExp, (path: string) => void]>([
    ['a symbolic link', /a\.bin" of type "2"/, (path) => symlinkSync('/etc/passwd', path)],
    [
      'a hard link',
      /"\.\/(a|b)\.bin" of type "1"/,
      (path) => {
        writeFileSync(join(path, '..', 'b.bin'), 'b');
        linkSync(join(path, '..', 'b.bin'), path);
      },
    ],
    ['a pipe', /a\.bin" of type "6"/, (path) => void execFileSync('mkfifo', [path])],
  ])('whose %s we refuse', (_, message, make) => {
    mkdirSync(join(folder, 'in'));
    make(join(folder, 'in', 'a.bin'));
    tar('-cf', 'theirs.tar', '-C', 'in', '.');
    expect(() => tarStorage(readFileSync(join(folder, 'theirs.tar')))).toThrow(message);
  });
});

describe('refuses', () => {
  const text = (value: string) => new TextEncoder().encode(value);

  /** A .tar of one record `a.bin` of 600 bytes, with `fields` written into its header and a right checksum. */
  async function forged(fields: Record<number, string>, { sum = true } = {}): Promise<Uint8Array> {
    const tar = await toTar(await storageOf({ 'a.bin': new Uint8Array(600).fill(1) }));
    for (const [offset, value] of Object.entries(fields)) tar.set(text(value), Number(offset));
    if (sum) {
      tar.set(text('        '), 148);
      const total = tar.subarray(0, 512).reduce((sum, byte) => sum + byte, 0);
      tar.set(text(`${total.toString(8).padStart(6, '0')}\0 `), 148);
    }
    return tar;
  }

  test('nothing where the header was only signed anew', async () => {
    expect(await tarStorage(await forged({})).list()).toEqual(['a.bin']);
  });

  test.each([
    ['an absolute name', '/etc/a.bin\0', 'expected the name of a record, got "/etc/a.bin"'],
    ['a name outside', '../a.bin\0', 'expected the name of a record, got "../a.bin"'],
    ['a name outside by a way round', './../a.bin\0', 'got "./../a.bin"'],
    ['a backslash', 'x\\a.bin\0', 'got "x\\\\a.bin"'],
    ['no name', '\0\0\0\0\0\0', 'got ""'],
    ['a name of other letters', 'é.bin\0', 'expected the name of a record'],
    ['a name of a hundred letters and no end', 'a'.repeat(96) + '/bin', 'expected the name of a record'],
  ])('%s', async (_, name, message) => {
    const tar = await forged({ 0: name });
    expect(() => tarStorage(tar)).toThrow(message);
  });

  test.each([
    ['a name outside by its prefix', { 345: '..' }, 'got "../a.bin"'],
    [
      'a size beyond the end',
      { 124: '77777777777\0' },
      'expected 8589934591 bytes of a.bin, got 2048: cut short',
    ],
    [
      'a size in base 256',
      { 124: '\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f' },
      'expected size in octal digits',
    ],
    ['a negative size', { 124: '-0000000001\0' }, 'expected size in octal digits, got "-0000000001"'],
    ['no size', { 124: '            ' }, 'expected size in octal digits'],
    ['a folder with bytes', { 156: '5' }, 'expected nothing in the folder "a.bin", got 600 bytes'],
    ['a long name’s header', { 156: 'L' }, 'expected a file or a folder, got "a.bin" of type "L"'],
    ['pax fields', { 156: 'x' }, 'of type "x"'],
    ['another format', { 257: 'other!\0\0' }, 'expected format ustar, got "other!"'],
  ])('%s', async (_, fields, message) => {
    const tar = await forged(fields);
    expect(() => tarStorage(tar)).toThrow(message);
  });

  test('a changed byte anywhere in a header', async () => {
    const tar = await forged({});
    for (let place = 0; place < 512; place++) {
      const changed = new Uint8Array(tar);
      changed[place]! ^= 1;
      // The last byte of the checksum's field is a space that nobody reads, and NUL is a blank too.
      if (place === 154 || place === 155) continue;
      expect(() => tarStorage(changed)).toThrow(/^bytes: expected/);
    }
  });

  test('a .tar cut short anywhere', async () => {
    const tar = await forged({});
    for (let length = 0; length < tar.length; length += 37) {
      expect(() => tarStorage(tar.subarray(0, length))).toThrow(/^bytes: expected/);
    }
    expect(() => tarStorage(tar.subarray(0, tar.length - 1))).toThrow('cut short');
  });

  test('something after the end', async () => {
    const tar = await forged({});
    const more = new Uint8Array(tar.length + 512);
    more.set(tar);
    expect(await tarStorage(more).list()).toEqual(['a.bin']);
    more[tar.length + 3] = 1;
    expect(() => tarStorage(more)).toThrow('expected empty blocks at the end of a .tar');
  });

  test('a name twice', async () => {
    const tar = await forged({});
    const body = tar.subarray(0, tar.length - 1024);
    const twice = new Uint8Array(2 * body.length + 1024);
    twice.set(body);
    twice.set(body, body.length);
    expect(() => tarStorage(twice)).toThrow('expected each name once in a .tar, got a.bin again');
  });

  test('what is no .tar', () => {
    expect(() => tarStorage(text('not a tar '.repeat(200)))).toThrow('expected checksum in octal digits');
    expect(() => tarStorage('a.tar' as unknown as Uint8Array)).toThrow(
      'bytes: expected a Uint8Array, got String',
    );
  });
});
