import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { readBlobColumns, readLogBlob, type ReadLogBlobOptions } from '../src/blob.js';
import { readLog } from '../src/index.js';
import { temporaryFolder } from './temporary-folder.js';

const path = temporaryFolder();
const columns = { user: 'user', item: 'item' };

/** What the same bytes give by either way, or the sentence in which they are refused, with `FILE` for the file. */
async function bothWays(name: string, content: string | Uint8Array, options: ReadLogBlobOptions) {
  const file = path(name);
  writeFileSync(file, content);
  const told = (error: Error) => error.message.replaceAll(file, 'FILE').replaceAll(basename(file), 'FILE');
  const [onDisk, inPage] = await Promise.all([
    readLog(file, options).catch(told),
    readLogBlob(new Blob([new Uint8Array(readFileSync(file))]), name, options).catch(told),
  ]);
  if (typeof onDisk !== 'string' && typeof inPage !== 'string') {
    expect(inPage.report.files).toEqual([{ file: name, rows: onDisk.report.files[0]!.rows }]);
    expect({ ...inPage, report: null }).toEqual({ ...onDisk, report: null });
  } else expect(inPage).toBe(onDisk);
  return inPage;
}

const csv = 'user,item,rating,timestamp\nann,mug,5,20\nbob,"a ""cap""",2,10\nann,hat,1,30\n';

describe('a file that a page was given is read as one on the disk', () => {
  test.each<[string, string | Uint8Array, Partial<ReadLogBlobOptions>?]>([
    ['ratings.csv', csv],
    ['ratings.csv.gz', gzipSync(csv)],
    ['ratings.csv', gzipSync(csv)],
    ['marked.csv', `\uFEFF${csv}`],
    ['ratings.tsv', csv.replaceAll(',', '\t')],
    ['said.csv', `sep=;\n${csv.replaceAll(',', ';')}`],
    ['old.csv', Buffer.from('user,item,rating\nRené,a,1\nRenè,b,2\n', 'latin1'), { encoding: 'latin1' }],
    [
      'euro.csv',
      Buffer.from([...Buffer.from('user,item,rating\nu,a,1\nv,'), 0x80, 44, 50]),
      { encoding: 'windows-1252' },
    ],
    ['commas.csv', 'user;item;rating\nu;a;2,5\nu;b;3\n', { decimal: 'comma' }],
    ['rows.ndjson', '{"user":"ü","item":1234567890123456789,"rating":1}\n{"user":"v","item":2,"rating":3}\n'],
    ['rows.json', '[{"user":"u","item":"a","rating":1},\n{"user":"v","item":"b","rating":3}]'],
    [
      'long.csv',
      `user,item,rating\n${Array.from({ length: 9000 }, (_, row) => `usér-${row},i${row % 7},${row % 5}`).join('\n')}`,
    ],
  ])('%s', async (name, content, options = {}) => {
    expect(await bothWays(name, content, { ...columns, ...options })).toMatchObject({ replaced: 0 });
  });
});

describe('it is refused in the same words', () => {
  test.each<[string, string, string | Uint8Array, RegExp]>([
    ['a bad row', 'bad.csv', `${csv}ann,pin,many,9\n`, /^FILE, line 5: expected a number/],
    ['another encoding', 'latin1.csv', Buffer.from('user,item,rating\nRené,a,1\n', 'latin1'), /UTF-8/],
    ['no column of items', 'other.csv', 'user,rating\nu,1\n', /expected the columns/],
    [
      'a ratings column that is missing',
      'clicks.csv',
      'user,item,click\nu,a,1\n',
      /expected a column rating, got/,
    ],
    ['nothing', 'empty.csv', '', /empty file/],
    ['a workbook', 'book.csv', Uint8Array.of(0x50, 0x4b, 3, 4, 0), /expected text, got a zip archive/],
    ['a damaged archive', 'torn.csv.gz', gzipSync(csv).subarray(0, 40), /^FILE: cannot be unzipped, /],
    ['an unknown ending', 'ratings.xyz', csv, /expected an ending among/],
  ])('%s', async (_, name, content, words) => {
    const file = path(name);
    writeFileSync(file, content);
    const inPage = readLogBlob(new Blob([new Uint8Array(readFileSync(file))]), name, columns);
    const told = await inPage.then(String, (error: Error) => error.message.replaceAll(name, 'FILE'));
    expect(told).toMatch(words);
    const onDisk = await readLog(file, columns).catch((error: Error) =>
      error.message.replaceAll(file, 'FILE'),
    );
    if (name !== 'torn.csv.gz') expect(told).toBe(onDisk); // zlib and streams have words of their own
  });

  test('Parquet needs a program', async () => {
    await expect(readLogBlob(new Blob([]), 'a.parquet', columns)).rejects.toThrow(
      'a.parquet: expected CSV, TSV or JSON, got Parquet',
    );
  });
});

test('its columns are told', async () => {
  expect(await readBlobColumns(new Blob([csv]), 'a.csv')).toEqual(['user', 'item', 'rating', 'timestamp']);
  expect(await readBlobColumns(new Blob(['{"who":1,"what":2}']), 'a.ndjson')).toEqual(['who', 'what']);
  await expect(readBlobColumns(new Blob([]), 'a.csv')).rejects.toThrow(
    'a.csv: expected a header line, got an empty file',
  );
  await expect(readBlobColumns(new Blob([]), 'a.parquet')).rejects.toThrow('got Parquet');
});

test('needs nothing of Node, nor of DuckDB', () => {
  const found = importsOf(new URL('../dist/blob.js', import.meta.url));
  expect([...found].filter((name) => !name.endsWith('.js'))).toEqual(['@rl-recsys/rating-log']);
  expect([...importsOf(new URL('../dist/index.js', import.meta.url))]).toContain('node:fs'); // it would be seen
});

/** What a module of the built package imports, by itself or by anything of its own that it imports. */
function importsOf(entry: URL, found = new Set<string>()): Set<string> {
  if (found.has(entry.href)) return found;
  found.add(entry.href);
  const code = readFileSync(fileURLToPath(entry), 'utf8');
  for (const [, name] of code.matchAll(/(?:\bfrom|\bimport\()\s*['"]([^'"\n]+)['"]/g)) {
    if (name!.startsWith('.')) importsOf(new URL(name!, entry), found);
    else found.add(name!);
  }
  return found;
}
