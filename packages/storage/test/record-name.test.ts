import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assertRecordName, memoryStorage, recordStorage } from '../src/index.js';

describe('names of records', () => {
  test.each(['a.b', 'vectors/items.bin', 'a/b-c/d_e/0.tar.gz', 'constant.bin', `${'a'.repeat(94)}.bin`])(
    '%s is one',
    (name) => {
      expect(() => assertRecordName(name)).not.toThrow();
    },
  );

  test.each([
    '',
    'a',
    '.a',
    'a.',
    'a..b',
    '../a.b',
    'a/../b.c',
    './a.b',
    '/a.b',
    'a.b/',
    'a//b.c',
    'a\\b.c',
    'c:a.b',
    'A.b',
    'ä.b',
    'a b.c',
    'a.b\n',
    'a\0.b',
    'a.b/c.d',
    '-a.b',
    '_a.b',
    'con.bin',
    'aux/a.b',
    'a/lpt1.b',
    'com0.x',
    `${'a'.repeat(95)}.bin`,
    undefined,
    7,
  ])('%p is none', (name) => {
    expect(() => assertRecordName(name)).toThrow(/^name: expected a relative path such as .* got /);
  });

  test('no record is a folder of another, so that any two can be in one folder', () => {
    const part = fc.stringMatching(/^[a-z0-9._/-]{1,6}$/);
    const isName = (text: string) => {
      try {
        assertRecordName(text);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(part, part, (outer, inner) => {
        expect(isName(outer) && isName(`${outer}/${inner}`)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('recordStorage', () => {
  test('refuses what is no array of bytes, by its kind', async () => {
    const refused = (bytes: unknown) => memoryStorage().write('a.bin', bytes as Uint8Array);
    await expect(refused('text')).rejects.toThrow('bytes: expected a Uint8Array, got String');
    await expect(refused(Float32Array.of(1))).rejects.toThrow('got Float32Array');
    await expect(refused(new ArrayBuffer(1))).rejects.toThrow('got ArrayBuffer');
    await expect(refused(undefined)).rejects.toThrow('got Undefined');
  });

  test('never hands a bad name on', async () => {
    const asked: string[] = [];
    const ask = (name: string) => {
      asked.push(name);
      return undefined;
    };
    const storage = recordStorage({ read: ask, write: ask, list: () => [], remove: ask });
    await expect(storage.read('../a.bin')).rejects.toThrow('name: ');
    await expect(storage.write('../a.bin', new Uint8Array(1))).rejects.toThrow('name: ');
    await expect(storage.remove('../a.bin')).rejects.toThrow('name: ');
    expect(asked).toEqual([]);
  });
});
