import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { assertSealed, sealFolder } from '../src/run/sealed-folder.js';
import { temporaryFolder } from './shop.js';

const writeTwo = async (draft: string) => {
  mkdirSync(join(draft, 'inner'));
  await writeFile(join(draft, 'a.txt'), 'a');
  await writeFile(join(draft, 'inner', 'b.txt'), 'b');
};

test('what was written is whole, and stays checked', async () => {
  const folder = join(temporaryFolder(), 'runs', 'one');
  await sealFolder(folder, writeTwo);
  await expect(assertSealed(folder)).resolves.toBeUndefined();
  expect(readdirSync(join(folder, '..'))).toEqual(['one']);

  writeFileSync(join(folder, 'inner', 'b.txt'), 'c');
  await expect(assertSealed(folder)).rejects.toThrow('b.txt: the run is damaged, this file has changed');
  rmSync(join(folder, 'inner', 'b.txt'));
  await expect(assertSealed(folder)).rejects.toThrow('b.txt: the run is damaged, this file is missing');
  writeFileSync(join(folder, 'manifest.json'), '{');
  await expect(assertSealed(folder)).rejects.toThrow('manifest.json is missing or damaged');
});

test('until it is sealed it has not come to its end, also where it is brought there again', async () => {
  const folder = join(temporaryFolder(), 'one');
  const failing = async (place: string) => {
    await writeTwo(place);
    throw new Error('disk full');
  };
  await expect(sealFolder(folder, failing)).rejects.toThrow('disk full');
  await expect(assertSealed(folder)).rejects.toThrow('manifest.json is missing or damaged');
  writeFileSync(join(folder, 'options.json'), '{}');
  await expect(assertSealed(folder)).rejects.toThrow(`to go on with: train --resume ${folder}`);
  rmSync(join(folder, 'inner'), { recursive: true });
  await sealFolder(folder, writeTwo);
  await expect(assertSealed(folder)).resolves.toBeUndefined();
  rmSync(join(folder, 'inner'), { recursive: true });
  await expect(sealFolder(folder, failing)).rejects.toThrow('disk full');
  await expect(assertSealed(folder)).rejects.toThrow('to go on with');
});

test('checkpoints lie apart: they have seals of their own', async () => {
  const folder = join(temporaryFolder(), 'one');
  mkdirSync(join(folder, 'checkpoints'), { recursive: true });
  writeFileSync(join(folder, 'checkpoints', 'checkpoint-000001.json'), '1');
  await sealFolder(folder, writeTwo);
  writeFileSync(join(folder, 'checkpoints', 'checkpoint-000001.json'), '2');
  await expect(assertSealed(folder)).resolves.toBeUndefined();
});

test('a file that was added or renamed, and a list that was changed, are refused', async () => {
  const folder = join(temporaryFolder(), 'one');
  await sealFolder(folder, writeTwo);
  writeFileSync(join(folder, '.DS_Store'), 'hidden');
  mkdirSync(join(folder, 'models/1'), { recursive: true });
  writeFileSync(join(folder, 'models/1/recommender.bin'), 'a later version');
  await expect(assertSealed(folder)).resolves.toBeUndefined();
  writeFileSync(join(folder, 'c.txt'), 'c');
  await expect(assertSealed(folder)).rejects.toThrow(
    'c.txt: the run is damaged, this file does not belong to it',
  );
  await expect(assertSealed(folder, ['c.txt'])).rejects.toThrow('c.txt: the run is damaged');
  await expect(assertSealed(folder, ['a.txt'])).resolves.toBeUndefined();
  renameSync(join(folder, 'a.txt'), join(folder, 'c.txt'));
  await expect(assertSealed(folder)).rejects.toThrow('c.txt: the run is damaged');
  rmSync(join(folder, 'c.txt'));

  const manifest = join(folder, 'manifest.json');
  const { files, ...rest } = JSON.parse(readFileSync(manifest, 'utf8')) as { files: Record<string, string> };
  delete files['a.txt'];
  writeFileSync(manifest, JSON.stringify({ files, ...rest }));
  await expect(assertSealed(folder)).rejects.toThrow('manifest.json is missing or damaged');
});

test('what a process that is no more left half written is swept, and nothing else', async () => {
  const folder = join(temporaryFolder(), 'runs', 'one');
  const { pid: dead } = spawnSync(process.execPath, ['--version']);
  const drafts = [dead, process.pid, process.ppid, 'x'].map((each) => `.manifest.json-${each}`);
  mkdirSync(folder, { recursive: true });
  for (const name of drafts) writeFileSync(join(folder, name), 'old');
  await sealFolder(folder, writeTwo);
  await expect(assertSealed(folder)).resolves.toBeUndefined();
  const left = readdirSync(folder).filter((name) => name.startsWith('.'));
  expect(left.sort()).toEqual([`.manifest.json-${process.ppid}`, '.manifest.json-x'].sort());
});
