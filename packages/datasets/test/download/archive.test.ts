import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { unpack } from '../../src/download/archive.js';
import { DatasetError } from '../../src/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const path = temporaryFolder();

function unpackZip(files: Zippable): Promise<void> {
  writeFileSync(path('a.zip'), zipSync(files));
  return unpack(path('a.zip'), 'a', path('target'));
}

test('the folder appears with all below it, and nothing beside it', async () => {
  await unpackZip({ a: { 'one.txt': strToU8('1'), deep: { 'two.txt': strToU8('2') } }, other: strToU8('3') });
  expect(readFileSync(join(path('target'), 'one.txt'), 'utf8')).toBe('1');
  expect(readFileSync(join(path('target'), 'deep', 'two.txt'), 'utf8')).toBe('2');
  expect(readdirSync(path('')).sort()).toEqual(['a.zip', 'target']);
});

test('folders that the archive lists by themselves are made', async () => {
  await unpackZip({ 'a/': new Uint8Array(), 'a/empty/': new Uint8Array(), 'a/x': strToU8('x') });
  expect(readdirSync(path('target')).sort()).toEqual(['empty', 'x']);
});

describe('nothing is left of', () => {
  const wayBack = `${'../'.repeat(20)}${process.cwd().slice(1)}/evil`;
  test.each(['../evil', 'a/../../evil', '/evil', 'a/../..', 'a/..\\\\evil', 'c:evil', wayBack])(
    'an archive with the path %s',
    async (evil) => {
      const files = { 'a/fine': strToU8('fine'), [evil]: strToU8('evil') };
      await expect(unpackZip(files)).rejects.toThrow(
        `expected paths inside the archive, got ${JSON.stringify(evil)}`,
      );
      expect(readdirSync(path(''))).toEqual(['a.zip']);
      expect(existsSync(join(path('..'), 'evil'))).toBe(false);
    },
  );

  test('an archive without the folder', async () => {
    await expect(unpackZip({ b: strToU8('b') })).rejects.toThrow('a.zip: expected a folder a, got b');
    expect(readdirSync(path(''))).toEqual(['a.zip']);
  });

  test('an archive that says that it is too large', async () => {
    const zip = zipSync({ a: { x: strToU8('x'), y: strToU8('y') } });
    const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
    for (let place = 0; place < zip.length - 46; place++) {
      const isEntry = view.getUint32(place, true) === 0x02014b50; // of the archive's list
      if (isEntry) view.setUint32(place + 24, 0x90000000, true); // its size once unpacked
    }
    writeFileSync(path('a.zip'), zip);
    await expect(unpack(path('a.zip'), 'a', path('target'))).rejects.toThrow(
      'a.zip: expected at most 4294967296 bytes once unpacked, got 7247757312',
    );
    expect(readdirSync(path(''))).toEqual(['a.zip']);
  });

  test('a file that is no archive', async () => {
    writeFileSync(path('a.zip'), 'not a zip file');
    const unpacking = unpack(path('a.zip'), 'a', path('target'));
    await expect(unpacking).rejects.toThrow(DatasetError);
    await expect(unpacking).rejects.toThrow('a.zip: cannot be unzipped');
    expect(readdirSync(path(''))).toEqual(['a.zip']);
  });

  test('an archive that cannot be written out, here for a file that is a folder too', async () => {
    await expect(unpackZip({ 'a/x': strToU8('x'), 'a/x/y': strToU8('y') })).rejects.toThrow();
    expect(readdirSync(path(''))).toEqual(['a.zip']);
  });
});

test('a sound archive is unpacked wherever the program runs, at the root too', async () => {
  const before = process.cwd();
  process.chdir('/');
  try {
    await unpackZip({ a: { x: strToU8('x') } });
  } finally {
    process.chdir(before);
  }
  expect(readdirSync(path('target'))).toEqual(['x']);
});
