import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { assertSealed, createSealedFolder } from '../src/run/sealed-folder.js';
import { temporaryFolder } from './shop.js';

const writeTwo = async (draft: string) => {
  mkdirSync(join(draft, 'inner'));
  await writeFile(join(draft, 'a.txt'), 'a');
  await writeFile(join(draft, 'inner', 'b.txt'), 'b');
};

test('what was written is whole, and stays checked', async () => {
  const folder = join(temporaryFolder(), 'runs', 'one');
  await createSealedFolder(folder, writeTwo);
  await expect(assertSealed(folder)).resolves.toBeUndefined();
  expect(readdirSync(join(folder, '..'))).toEqual(['one']);

  writeFileSync(join(folder, 'inner', 'b.txt'), 'c');
  await expect(assertSealed(folder)).rejects.toThrow('b.txt: the run is damaged, this file has changed');
  rmSync(join(folder, 'inner', 'b.txt'));
  await expect(assertSealed(folder)).rejects.toThrow('b.txt: the run is damaged, this file is missing');
  writeFileSync(join(folder, 'manifest.json'), '{');
  await expect(assertSealed(folder)).rejects.toThrow('manifest.json is missing or damaged');
});

test('a failure half-way leaves nothing behind', async () => {
  const parent = temporaryFolder();
  const failing = async (draft: string) => {
    await writeTwo(draft);
    throw new Error('disk full');
  };
  await expect(createSealedFolder(join(parent, 'one'), failing)).rejects.toThrow('disk full');
  expect(readdirSync(parent)).toEqual([]);
});

test('an existing folder is never replaced', async () => {
  const folder = join(temporaryFolder(), 'one');
  await createSealedFolder(folder, writeTwo);
  await expect(createSealedFolder(folder, writeTwo)).rejects.toThrow('expected no such folder yet');
  await expect(assertSealed(folder)).resolves.toBeUndefined();
});
