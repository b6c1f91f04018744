import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { checkRecordStorage } from '../src/index.js';
import { folderStorage } from '../src/folder.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'records-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('keeps to the contract, and leaves no drafts', async () => {
  expect(await checkRecordStorage(folderStorage(folder))).toEqual([]);
  const left = await readdir(folder, { recursive: true, withFileTypes: true });
  expect(left.filter((entry) => entry.isFile())).toEqual([]);
});

test('keeps each record as the file of its name', async () => {
  await folderStorage(folder).write('vectors/items.bin', Uint8Array.of(1, 2, 3));
  expect([...(await readFile(join(folder, 'vectors', 'items.bin')))]).toEqual([1, 2, 3]);
});

test('has no records before its first write makes the folder', async () => {
  const storage = folderStorage(join(folder, 'not', 'yet'));
  expect(await storage.list()).toEqual([]);
  expect(await storage.read('a.bin')).toBeUndefined();
  await storage.write('a.bin', Uint8Array.of(1));
  expect(await storage.list()).toEqual(['a.bin']);
});

test('leaves other files alone and out of its list', async () => {
  await writeFile(join(folder, 'Notes'), 'mine');
  await mkdir(join(folder, 'folder.bin'));
  const storage = folderStorage(folder);
  await storage.write('a.bin', Uint8Array.of(1));
  expect(await storage.list()).toEqual(['a.bin']);
});

test('a draft that a crash left is no record, and the old record stays', async () => {
  const storage = folderStorage(folder);
  await storage.write('a.bin', Uint8Array.of(1));
  await writeFile(join(folder, '.a.bin.0b1f.tmp'), 'half of it');
  expect(await storage.list()).toEqual(['a.bin']);
  expect(await storage.read('a.bin')).toEqual(Uint8Array.of(1));
  await storage.write('a.bin', Uint8Array.of(2));
  expect(await storage.read('a.bin')).toEqual(Uint8Array.of(2));
});

test('a write that fails leaves no draft', async () => {
  await mkdir(join(folder, 'a.bin', 'in-the-way'), { recursive: true });
  await expect(folderStorage(folder).write('a.bin', Uint8Array.of(1))).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['a.bin']);
});

test('a process that is killed while it writes leaves a whole record', async () => {
  const size = 1 << 24;
  const module = fileURLToPath(new URL('../dist/folder.js', import.meta.url));
  const writer = execFile(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { folderStorage } from ${JSON.stringify(module)};
     const storage = folderStorage(${JSON.stringify(folder)});
     for (let value = 0; ; value = (value + 1) % 256) await storage.write('a.bin', new Uint8Array(${size}).fill(value));`,
  ]);
  const ended = new Promise((resolve) => writer.once('exit', resolve));
  const storage = folderStorage(folder);
  const values = new Set<number>();
  while (values.size < 4) {
    const bytes = await storage.read('a.bin');
    if (bytes === undefined) continue;
    expect(bytes.length).toBe(size);
    expect(bytes.every((byte) => byte === bytes[0])).toBe(true);
    values.add(bytes[0]!);
  }
  // Killed as soon as a draft is there, so in the midst of a write.
  const hasDraft = async () => (await readdir(folder)).some((name) => name.endsWith('.tmp'));
  while (!(await hasDraft())) await new Promise((resolve) => setTimeout(resolve, 1));
  writer.kill('SIGKILL');
  await ended;
  const bytes = (await storage.read('a.bin'))!;
  expect(bytes.length).toBe(size);
  expect(bytes.every((byte) => byte === bytes[0])).toBe(true);
  expect(await storage.list()).toEqual(['a.bin']);
});

test.each(['', undefined, 7])('refuses %p as its path', (path) => {
  expect(() => folderStorage(path as string)).toThrow('path: expected the path of a folder, got');
});
