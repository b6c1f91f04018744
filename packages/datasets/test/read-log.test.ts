import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { createRatingLog } from '@rl-recsys/rating-log';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DatasetError, formatReport, readLog, type Dataset, type ReadLogOptions } from '../src/index.js';
import { temporaryFolder } from './temporary-folder.js';

const path = temporaryFolder();
const columns = { user: 'user', item: 'item', time: 'time' };
const ratings = { ...columns, rating: 'rating' };

function write(name: string, content: string | Uint8Array): string {
  const file = path(name);
  writeFileSync(file, name.endsWith('.gz') ? gzipSync(content) : content);
  return file;
}

/** The log in the outside world's words, in its order. */
function rowsOf({ log, users, items }: Dataset): string[] {
  return users.ids.flatMap((user, index) =>
    Array.from(log.items.subarray(log.offsets[index], log.offsets[index + 1]), (item, place) => {
      const row = log.offsets[index]! + place;
      return `${user} ${items.idOf(item)} ${log.ratings[row]} ${log.timestamps[row]}`;
    }),
  );
}

interface Row {
  readonly user: string;
  readonly item: string;
  readonly rating: number;
  readonly time: number;
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const asCsv = (rows: readonly Row[], separator: string) =>
  [
    ['user', 'item', 'rating', 'time'].join(separator),
    ...rows.map(({ user, item, rating, time }) => [quoted(user), quoted(item), rating, time].join(separator)),
  ].join('\n');
const asJson = (rows: readonly Row[]) => rows.map((row) => JSON.stringify(row)).join('\n');

async function asParquet(rows: readonly Row[], file: string, time = 'time'): Promise<string> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE log ("user" VARCHAR, item VARCHAR, rating DOUBLE, "${time}" BIGINT)`);
  for (const { user, item, rating, time: at } of rows) {
    await connection.run('INSERT INTO log VALUES ($1, $2, $3, $4)', [user, item, rating, BigInt(at)]);
  }
  await connection.run(`COPY log TO '${file}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return file;
}

describe('any log', () => {
  const id = fc.string({ minLength: 1, maxLength: 6, unit: 'binary' }).filter((text) => !text.includes('\0'));
  const row = fc.record({ user: id, item: id, rating: fc.integer({ min: 1, max: 5 }), time: fc.nat(20) });
  const scale = { min: 1, max: 5 };

  test('reads the same from CSV, TSV, NDJSON and Parquet, gzipped too, as createRatingLog makes it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
        const options = { ...ratings, scale };
        const fromCsv = await readLog(write('log.csv', asCsv(rows, ',')), options);
        const others = [
          write('log.tsv.gz', asCsv(rows, '\t')),
          write('log.ndjson', asJson(rows)),
          write('log.jsonl.gz', asJson(rows)),
          await asParquet(rows, path('log.parquet')),
        ];
        const dat = write('log.dat', asCsv(rows, '::'));
        expect(rowsOf(await readLog(dat, { ...options, format: 'csv' }))).toEqual(rowsOf(fromCsv));
        for (const file of others) expect(rowsOf(await readLog(file, options))).toEqual(rowsOf(fromCsv));
        const [users, items] = [fromCsv.users, fromCsv.items];
        const log = createRatingLog({
          ...{ userCount: users.size, itemCount: items.size, scale },
          users: rows.map(({ user }) => users.indexOf(user)!),
          items: rows.map(({ item }) => items.indexOf(item)!),
          ratings: rows.map(({ rating }) => rating),
          timestamps: rows.map(({ time }) => time),
        });
        expect(fromCsv.log).toEqual(log);
      }),
      { numRuns: 25 },
    );
  });
});

describe('feedback', () => {
  const shop = [
    'user,item,what,time',
    ...['a,tea,view,1', 'a,tea,purchase,2', 'a,tea,view,3', 'a,rum,cart,4', 'b,rum,hover,5', 'b,tea,view,6'],
  ].join('\n');
  const weights = { view: 1, cart: 3, purchase: 5, hover: 0 };

  test('events become their weights, of which the highest stays, at its own time', async () => {
    const dataset = await readLog(write('shop.csv', shop), { ...columns, event: 'what', weights });
    expect(rowsOf(dataset)).toEqual(['a tea 5 2', 'a rum 3 4', 'b tea 1 6']);
    expect(dataset.log.scale).toEqual({ min: 0, max: 5 });
    expect(dataset.report).toMatchObject({ duplicates: 2, weightless: 1, users: 2, items: 2, ratings: 3 });
  });

  test.each([
    ['latest', 'a tea 1 3'],
    ['first', 'a tea 1 1'],
  ] as const)('%s is another rule', async (duplicates, row) => {
    const dataset = await readLog(write('shop.csv', shop), {
      ...columns,
      event: 'what',
      weights,
      duplicates,
    });
    expect(rowsOf(dataset)).toContain(row);
  });

  test('clicks are 0 or 1, and a dislike is kept', async () => {
    const file = write('clicks.csv', 'user,item,click\na,x,1\na,y,false\nb,x,TRUE\n');
    const { log } = await readLog(file, { user: 'user', item: 'item', click: 'click' });
    expect([...log.ratings]).toEqual([1, 0, 1]);
    expect(log.scale).toEqual({ min: 0, max: 1 });
  });

  test.each<[string, ReadLogOptions]>([
    ['expected one of rating, event, click and pairs, got 2', { ...ratings, click: 'x' }],
    ['expected one of rating, event, click and pairs, got 2', { ...ratings, pairs: true }],
    ['counts: expected log or median, got mean', { ...ratings, counts: 'mean' as unknown as 'log' }],
    ['counts: expected with rating', { ...columns, click: 'x', counts: 'log' }],
    ['counts: expected without scale', { ...ratings, counts: 'log', scale: { min: 0, max: 9 } }],
    ['counts: expected without zeroIsImplicit', { ...ratings, counts: 'log', zeroIsImplicit: true }],
    ['zeroIsImplicit: expected with rating', { ...columns, pairs: true, zeroIsImplicit: true }],
    ['decimal: expected point or comma, got |', { ...ratings, decimal: '|' as unknown as 'comma' }],
    ['encoding: expected utf-8, latin1 or', { ...ratings, encoding: 'cp1252' as unknown as 'latin1' }],
    ['weights: expected with event', { ...columns, event: 'what' }],
    ['weights: expected numbers from 0, one above it', { ...columns, event: 'what', weights: { view: 0 } }],
    ['scale: expected with rating', { ...ratings, scale: { min: null as never, max: 5n as never } }],
    ['scale: expected with rating', { ...ratings, scale: { min: 5, max: 1 } }],
    ['scale: expected with rating', { ...ratings, scale: { min: 0, max: Infinity } }],
    ['maxBadRows: expected an integer from 0, got NaN', { ...ratings, maxBadRows: NaN }],
    ['maxBadRows: expected an integer from 0, got -1', { ...ratings, maxBadRows: -1 }],
    [
      'duplicates: expected latest, first or highest, got newest',
      { ...ratings, duplicates: 'newest' as unknown as 'latest' },
    ],
  ])('%s', async (message, options) => {
    await expect(readLog('none.csv', options)).rejects.toThrow(message);
  });
});

describe('time', () => {
  const rows = [2, 1].map((time) => ({ user: 'a', item: `x${time}`, rating: time, time }));
  const { time, ...options } = ratings;

  test.each(['csv', 'ndjson', 'parquet'])('is timestamp if there is such a column, in %s', async (format) => {
    const withTime = async (name: string) => {
      if (format === 'parquet') return asParquet(rows, path('log.parquet'), name);
      const text = format === 'csv' ? asCsv(rows, ';') : asJson(rows);
      return write(`log.${format}`, text.replaceAll(time, name));
    };
    expect(rowsOf(await readLog(await withTime('timestamp'), options))).toEqual(['a x1 1 1', 'a x2 2 2']);
    expect(rowsOf(await readLog(await withTime('at'), options))).toEqual(['a x2 2 0', 'a x1 1 1']);
  });

  test.each(['  ', '{"user": "b"'])('is timestamp also where the first line is %j', async (line) => {
    const log = write('log.ndjson', `${line}\n${asJson(rows).replaceAll('time', 'timestamp')}`);
    expect(rowsOf(await readLog(log, { ...options, maxBadRows: 1 }))).toEqual(['a x1 1 1', 'a x2 2 2']);
  });

  test('is not taken from one file of two', async () => {
    const first = write('1.csv', 'user,item,rating,timestamp\na,x,1,5\n');
    const second = write('2.csv', 'user,item,rating\na,y,2\n');
    await expect(readLog([first, second], options)).rejects.toThrow(
      '2.csv, line 1: expected the columns user, item, rating, timestamp, got user, item, rating',
    );
  });
});

test('latin1 is read from NDJSON and gzipped files, also of items', async () => {
  const latin1 = (text: string) => Buffer.from(text, 'latin1');
  const rows = ['{"user":"é","item":"x","rating":1}', '{"user":"è","item":"x","rating":2}'];
  const file = write('log.ndjson.gz', latin1(rows.join('\n')));
  const source = write('items.csv', latin1('id,name\nx,Amélie\n'));
  const { users, titles } = await readLog(file, {
    ...{ user: 'user', item: 'item', rating: 'rating', encoding: 'latin1' },
    items: { source, id: 'id', title: 'name', encoding: 'latin1' },
  });
  expect(users.ids).toEqual(['é', 'è']);
  expect([...titles.values()]).toEqual(['Amélie']);
});

describe('an option that would have no effect is refused', () => {
  test.each<[string, string, Partial<ReadLogOptions>]>([
    ['delimiter: expected with CSV, got', 'log.ndjson', { delimiter: ',' }],
    ['quotes: expected with CSV, got', 'log.ndjson', { quotes: false }],
    ['columns: expected with CSV, got', 'log.parquet', { columns: ['user', 'item', 'rating', 'time'] }],
    ['encoding: expected with text, got', 'log.parquet', { encoding: 'latin1' }],
    ['decimal: expected with text, got', 'log.parquet', { decimal: 'comma' }],
  ])('%s %s', async (message, name, options) => {
    const file = write(name, '');
    await expect(readLog(file, { ...ratings, ...options })).rejects.toThrow(`${message} ${file}`);
    const log = write('log.csv', 'user,item,rating,time\na,x,1,1\n');
    const items = { source: file, id: 'user', ...options };
    await expect(readLog(log, { ...ratings, items })).rejects.toThrow(`${message} ${file}`);
  });
});

describe('sources', () => {
  const rows = (...users: string[]) =>
    users.map((user, time) => ({ user, item: 'x', rating: time + 1, time }));

  test('a folder, a pattern and a list read their files by name, and count rows by file', async () => {
    mkdirSync(path('logs'), { recursive: true });
    const files = ['logs/b.csv', 'logs/a.ndjson.gz', 'logs/notes.txt'].map((name, index) =>
      write(name, [asCsv(rows('b', 'c'), ','), asJson(rows('a', 'b')), 'nothing'][index]!),
    );
    const folder = await readLog(path('logs'), ratings);
    expect(folder.users.ids).toEqual(['a', 'b', 'c']);
    expect(folder.report.files).toEqual([
      { file: files[1], rows: 2 },
      { file: files[0], rows: 2 },
    ]);
    expect((await readLog(path('logs/*.csv'), ratings)).users.ids).toEqual(['b', 'c']);
    expect((await readLog([files[0]!, files[1]!], ratings)).users.ids).toEqual(['b', 'c', 'a']);
  });

  test.each([
    ['no such file or folder', 'missing.csv'],
    ['nothing/*.csv: expected at least one file, got none', 'nothing/*.csv'],
  ])('%s', async (message, name) => {
    await expect(readLog(path(name), ratings)).rejects.toThrow(message);
  });
});

test('a file of an unknown ending needs a format', async () => {
  const file = write('log.txt', 'user,item,rating,time\na,x,1,1\na,y,2,1\n');
  await expect(readLog(file, ratings)).rejects.toThrow('expected an ending among csv');
  expect((await readLog(file, { ...ratings, format: 'csv' })).log.items).toHaveLength(2);
});

describe('a bad row', () => {
  const good = '{"user":"a","item":"x","rating":1,"time":1}\n{"user":"b","item":"x","rating":2,"time":1}\n';
  const folder = (middle: string) => {
    mkdirSync(path('three'), { recursive: true });
    write('three/1.ndjson.gz', good);
    write('three/3.ndjson.gz', good.replaceAll('"x"', '"y"'));
    return write('three/2.ndjson.gz', `${good.replaceAll('"x"', '"z"')}\n\n${middle}\n`);
  };

  test.each([
    ['{"user":"a","item":"w","rating":1', 'expected a JSON object, got'],
    ['{"user":"","item":"w","rating":1,"time":2}', 'expected an id in column user, got nothing'],
    ['{"item":"w","rating":1,"time":2}', 'expected an id in column user, got nothing'],
    ['{"user":"a","item":"w","rating":"many","time":2}', 'expected a number in column rating, got "many"'],
    ['{"user":"a","item":"w","rating":1}', 'expected a number in column time, got nothing'],
  ])('in the second of three gzipped files is named with its line: %s', async (row, message) => {
    const file = folder(row);
    const reason = message.replace(', got', '');
    await expect(readLog(path('three'), ratings)).rejects.toThrow(
      `${file}, line 5: ${message.startsWith('expected a JSON') ? reason : message}`,
    );
    const { report } = await readLog(path('three'), { ...ratings, maxBadRows: 1 });
    expect(report.badRows.count).toBe(1);
    expect(report.badRows.first[0]).toMatchObject({ file, line: 5 });
    expect(formatReport(report).join('\n')).toContain(`${file}, line 5: `);
  });

  test.each([
    [
      'after a quoted line break, CRLF and blank lines',
      'user,item,rating,time\r\n\r\na,"two\nlines",1,1\r\na,x,?,2\r\n',
      5,
    ],
    ['after a BOM', '\ufeffuser,item,rating,time\na,x,1,1\na,y,2\n', 3],
    ['whose event is unknown', 'user,item,rating,time\na,x,1,1\na,y,9,1\n', 3],
  ])('%s', async (_, content, line) => {
    const file = write('bad.csv', content);
    const options = { ...ratings, scale: { min: 1, max: 5 } };
    await expect(readLog(file, options)).rejects.toThrow(`${file}, line ${line}: expected`);
    await expect(readLog(file, options)).rejects.toThrow(DatasetError);
  });

  test('one more than allowed ends reading, and says so', async () => {
    const file = write('bad.csv', 'user,item,rating,time\na,x,?,1\na,y,?,1\na,z,1,1\n');
    await expect(readLog(file, { ...ratings, maxBadRows: 1 })).rejects.toThrow(
      'line 3: expected a number in column rating, got "?"; more than 1 bad rows',
    );
  });
});

test('rare users and items leave the log and the maps', async () => {
  const file = write('core.csv', 'user,item,rating\na,x,1\na,y,2\nb,x,3\nb,y,4\nc,z,5\n');
  const dataset = await readLog(file, {
    ...{ user: 'user', item: 'item', rating: 'rating', minimumPerUser: 2, minimumPerItem: 2 },
  });
  expect(dataset.users.ids).toEqual(['a', 'b']);
  expect(dataset.items.ids).toEqual(['x', 'y']);
  expect(dataset.report.tooFew).toEqual({ users: 1, items: 1, ratings: 1 });
});

test('titles and categories are joined', async () => {
  const log = write('named.csv', 'user,item,rating\na,x,1\na,y,2\n');
  const source = write('items.ndjson', '{"id":"y","name":"Why","tags":["a","b"]}\n{"id":"q","name":"?"}\n');
  const { titles, categories, items } = await readLog(log, {
    ...{ user: 'user', item: 'item', rating: 'rating' },
    items: { source, id: 'id', title: 'name', category: 'tags' },
  });
  const why = items.indexOf('y')!;
  expect([...titles]).toEqual([[why, 'Why']]);
  expect([...categories]).toEqual([[why, ['a', 'b']]]);
});

describe('a file of items', () => {
  const options = { user: 'user', item: 'item', rating: 'rating' };
  const log = () => write('log.csv', 'user,item,rating\na,x,1\na,y,2\n');

  test('that is missing is refused before the log is read', async () => {
    const items = { source: path('none.csv'), id: 'id' };
    await expect(readLog(write('empty.csv', ''), { ...options, items })).rejects.toThrow(
      'none.csv: no such file or folder',
    );
  });

  test('may have as many bad rows, together with the log, as are allowed', async () => {
    const source = write('items.csv', 'id,name\nx,"Ex"\ny\n');
    const items = { source, id: 'id', title: 'name' };
    const message = `${source}, line 3: expected 2 columns, got 1`;
    await expect(readLog(log(), { ...options, items })).rejects.toThrow(message);
    const { titles, report } = await readLog(log(), { ...options, items, maxBadRows: 1 });
    expect([...titles.values()]).toEqual(['Ex']);
    expect(formatReport(report).join('\n')).toContain(message);
  });
});
