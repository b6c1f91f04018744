import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { formatReport, readLog, type Advice, type Dataset, type ReadLogOptions } from '../src/index.js';
import { temporaryFolder } from './temporary-folder.js';

const path = temporaryFolder();
const columns = { user: 'user', item: 'item' };

function write(name: string, content: string | Uint8Array): string {
  const file = path(name);
  writeFileSync(file, content);
  return file;
}

function read(content: string | Uint8Array, options: Partial<ReadLogOptions> = {}, name = 'log.csv') {
  return readLog(write(name, content), { ...columns, ...options });
}

/** Users, items and ratings in their order. */
function rowsOf({ log, users, items }: Dataset): string[] {
  return users.ids.flatMap((user, index) =>
    Array.from(log.items.subarray(log.offsets[index], log.offsets[index + 1]), (item, place) =>
      [user, items.idOf(item), log.ratings[log.offsets[index]! + place]].join(' '),
    ),
  );
}

describe('gzip of several members', () => {
  test.each([
    ['that end within a row', ['user,item,rating\nann,mu', 'g,1\nbob,cap,2\n']],
    ['of which the first ends within the header', ['user,it', 'em,rating\nann,mug,1\n', 'bob,cap,2\n']],
  ])('is read, %s', async (_, members) => {
    const bytes = Buffer.concat(members.map((member) => gzipSync(member)));
    expect(rowsOf(await read(bytes, {}, 'log.csv.gz'))).toEqual(['ann mug 1', 'bob cap 2']);
  });
});

describe('a file is taken for what its first bytes say', () => {
  const rows = 'user,item,rating\nann,mug,1\nbob,cap,2\n';

  test('gzip without its ending, and text with it', async () => {
    const expected = ['ann mug 1', 'bob cap 2'];
    expect(rowsOf(await read(gzipSync(rows), {}, 'log.csv'))).toEqual(expected);
    expect(rowsOf(await read(rows, {}, 'log.csv.gz'))).toEqual(expected);
  });

  test.each([
    ['a zip archive or an Excel workbook', 'PK\x03\x04\x14'],
    ['Parquet', 'PAR1\x15'],
    ['what zstd has compressed', '\x28\xb5\x2f\xfd\x04'],
    ['what bzip2 has compressed', 'BZh91AY'],
    ['UTF-16', '\xff\xfeu\x00s'],
  ])('%s is named, and nothing of it is shown', async (kind, bytes) => {
    const failure = read(Buffer.from(bytes, 'latin1'), { encoding: 'latin1' });
    await expect(failure).rejects.toThrow(`log.csv: expected text, got ${kind}`);
  });

  test('what controls a terminal is shown as a text', async () => {
    await expect(read('user,item,\x1b[31mrating\n')).rejects.toThrow('got user, item, "\\u001b[31mrating"');
  });
});

describe("Excel's line sep=;", () => {
  const rows = 'user;item;rating\r\nann;mug, blue;1\r\nbob;cap;2\r\n';

  test.each(['sep=;\r\n', '\ufeffsep=;\n', 'SEP=;\r'])('%j is passed over', async (line) => {
    expect(rowsOf(await read(`${line}${rows}`))).toEqual(['ann mug, blue 1', 'bob cap 2']);
  });

  test('names a separator that is found in no other way, and counts as a line', async () => {
    const strange = rows.replaceAll(';', '^').replace('cap^2', 'cap^two');
    await expect(read(`sep=^\n${strange}`)).rejects.toThrow(
      'line 4: expected a number in column rating, got "two"',
    );
  });

  test('is passed over where there is no header line', async () => {
    const all = ['user', 'item', 'rating'];
    expect(rowsOf(await read('sep=;\na;x;1\na;y;2\n', { columns: all }))).toEqual(['a x 1', 'a y 2']);
  });
});

describe('decimal commas', () => {
  const rows = 'user;item;rating\na;x;2,5\na;y;-,5\na;z;4\n';

  test('are read where they are asked for', async () => {
    expect(rowsOf(await read(rows, { decimal: 'comma' }))).toEqual(['a x 2.5', 'a y -0.5', 'a z 4']);
    const json = '{"user":"a","item":"x","rating":"2,5"}\n{"user":"a","item":"y","rating":1.5}\n';
    expect(rowsOf(await read(json, { decimal: 'comma' }, 'log.ndjson'))).toEqual(['a x 2.5', 'a y 1.5']);
  });

  test('are refused otherwise, with the option', async () => {
    await expect(read(rows)).rejects.toThrow(
      `line 2: expected a number in column rating, got "2,5"; give decimal: 'comma'`,
    );
  });

  test.each(['2.5', '1.000,5', '1,2,3'])('make %s no number', async (text) => {
    await expect(read(`user;item;rating\na;x;${text}\n`, { decimal: 'comma' })).rejects.toThrow(
      /line 2: expected a number in column rating, got "[^"]+"$/,
    );
  });
});

describe('columns separated by blanks', () => {
  const expected = ['ann mug 1', 'bob cap 2'];

  test.each([
    ['one blank', 'user item rating\nann mug 1\nbob cap 2\n'],
    ['blanks that align', '  user item  rating  \n  ann  mug   1\t\n  bob  cap  \t2'],
    ['Windows', 'user item rating \r\nann mug 1 \r\n\r\nbob cap 2 \r\n'],
    ['quotes', '"user" "item" "rating"\n"ann" mug 1\nbob  "cap" 2\n'],
  ])('are found: %s', async (_, content) => {
    expect(rowsOf(await read(content))).toEqual(expected);
  });

  test('are found without a header line, and wrong rows have their line', async () => {
    const all = ['user', 'item', 'rating'];
    expect(rowsOf(await read(' ann  mug 1\n bob  cap 2\n', { columns: all }))).toEqual(expected);
    await expect(read('ann mug 1\nbob 2\n', { columns: all })).rejects.toThrow(
      'line 2: expected 3 columns, got 2',
    );
  });

  test('are not preferred to those of which a name has a blank', async () => {
    const content = 'user,item,rating,how it was\nann,mug,1,so so\nbob,cap,2,fine\n';
    expect(rowsOf(await read(content))).toEqual(expected);
  });
});

test('a first line of numbers is likely to be no header: the option says what columns are called', async () => {
  await expect(read('1,7,3.5\n1,8,2\n')).rejects.toThrow(
    "line 1: expected the columns user, item, rating, got 1, 7, 3.5; give columns: ['user', 'item', 'rating']",
  );
});

describe('pairs of a user and an item', () => {
  test.each([
    ['pairs.csv', 'user,item\na,x\nb,y\n'],
    ['pairs.csv', 'item,user,timestamp\nx,a,1\ny,b,2\n'],
  ])('are likes where there is no other column: %s', async (name, content) => {
    const dataset = await read(content, {}, name);
    expect(rowsOf(dataset)).toEqual(['a x 1', 'b y 1']);
    expect(dataset.log.scale).toEqual({ min: 0, max: 1 });
    expect(formatReport(dataset.report)).toContain('no column of ratings: each row is a like');
  });

  const orders = 'user,item,price,timestamp\na,x,9.5,2\na,y,3,1\n';

  test('are likes where it is asked for, at their times', async () => {
    expect(rowsOf(await read(orders, { pairs: true }))).toEqual(['a y 1', 'a x 1']);
    const json = '{"user":"a","item":"x"}\n';
    expect(rowsOf(await read(json, { pairs: true }, 'log.ndjson'))).toEqual(['a x 1']);
  });

  test('are not taken for likes where another column may hold ratings, or ratings are asked for', async () => {
    await expect(read(orders)).rejects.toThrow(
      "expected a column rating, got user, item, price, timestamp; give rating: 'price' or pairs: true",
    );
    await expect(read('user,item\na,x\n', { rating: 'stars' })).rejects.toThrow('expected the columns');
    await expect(read('user,item\na,x\n', { scale: { min: 1, max: 5 } })).rejects.toThrow('got user, item');
    await expect(read('{"user":"a","item":"x"}\n', {}, 'log.ndjson')).rejects.toThrow(
      'line 1: expected a number in column rating, got nothing',
    );
  });
});

describe('JSON', () => {
  const objects = [
    { user: 'a', item: 'x [1]', rating: 1, timestamp: 2 },
    { user: 'a', item: 'say "}, {"', rating: 2, timestamp: 1, more: { tags: ['p', 'q'] } },
    { user: 'b', item: '\\', rating: 3, timestamp: 3 },
  ];
  const expected = ['a say "}, {" 2', 'a x [1] 1', 'b \\ 3'];

  test.each([
    ['an object a line', objects.map((each) => JSON.stringify(each)).join('\n')],
    ['one array', JSON.stringify(objects)],
    ['one array in many lines', `\ufeff \n${JSON.stringify(objects, null, 2)}\n`],
    [
      'an array of an object a line',
      `[\r\n${objects.map((each) => JSON.stringify(each)).join(',\r\n')}\r\n]\r\n`,
    ],
  ])('is read whether it is %s', async (_, content) => {
    expect(rowsOf(await read(content, {}, 'log.json'))).toEqual(expected);
    expect(rowsOf(await read(gzipSync(content), {}, 'log.json.gz'))).toEqual(expected);
  });

  test('an array larger than a piece of a file is cut at its elements', async () => {
    const many = Array.from({ length: 60_000 }, (_, row) => ({
      user: 'ü',
      item: `☃${row}`,
      rating: row % 5,
    }));
    const { log, items } = await read(JSON.stringify(many, null, 1), {}, 'log.json');
    expect(log.ratings).toEqual(Float32Array.from(many, ({ rating }) => rating));
    expect(items.ids.at(-1)).toBe('☃59999');
  });

  test.each([
    [
      '[{"user":"a","item":"x","rating":1},\n\n{"user":"a",\n"item":"y"\n}]',
      3,
      'expected a number in column rating',
    ],
    ['[{"user":"a","item":"x","rating":1},\r\n 7 ,{}]', 2, 'expected a JSON object'],
    ['[\n{"user":"a","item":"x","rating":1},\n{"user":"a"', 3, 'expected the end of an array'],
    ['[{"user":"a","item":"x","rating":1}]\nand so on', 2, 'expected a JSON object'],
  ])('%j: a bad element has its line', async (content, line, message) => {
    await expect(read(content, { rating: 'rating' }, 'log.json')).rejects.toThrow(`line ${line}: ${message}`);
  });
});

test('windows-1252 has letters where ISO 8859-1 has control characters', async () => {
  const bytes = Buffer.concat([Buffer.from('user,item,rating\n'), Buffer.from([0x80, 0x8d, 0x9f, 0xe9])]);
  const content = Buffer.concat([bytes, Buffer.from(',x,1\nb,x,2\n')]);
  expect((await read(content, { encoding: 'windows-1252' })).users.ids[0]).toBe('€\x8dŸé');
  expect((await read(content, { encoding: 'latin1' })).users.ids[0]).toBe('\x80\x8d\x9fé');
});

describe('ratings as float32', () => {
  test('lie on the scale that is found of them, or given', async () => {
    // In float32, 4.51 is more than 4.51 and 0.3 is more than 0.3; 0.7 is less than 0.7.
    for (const [least, most] of [
      ['0.7', '4.51'],
      ['-4.51', '0.3'],
    ] as const) {
      const { log } = await read(`user,item,rating\na,x,${least}\na,y,${most}\n`);
      expect(log.scale).toEqual({ min: Number(least), max: Number(most) });
      for (const rating of log.ratings) {
        expect(rating).toBeGreaterThanOrEqual(log.scale.min);
        expect(rating).toBeLessThanOrEqual(log.scale.max);
      }
    }
    const scale = { min: 0, max: 4.51 };
    const { log } = await read('user,item,rating\na,x,4.51\n', { scale });
    expect(log.ratings[0]).toBeLessThanOrEqual(4.51);
  });

  test('that are one in float32 do not differ', async () => {
    await expect(read('user,item,rating\na,x,1\na,y,1.00000001\n')).rejects.toThrow(
      'expected ratings that differ, got 1 in every row; give scale: { min: 1, max: 5 }',
    );
  });
});

describe('counts', () => {
  const plays = Array.from({ length: 30 }, (_, row) => `u${row % 3},i${row},${(row + 1) ** 2}`);
  const content = ['user,item,plays', ...plays].join('\n');

  test('are refused until it is said what they mean', async () => {
    const failure = read(content, { rating: 'plays' }).catch((error: unknown) => error);
    expect(await failure).toMatchObject({
      message: expect.stringMatching(
        /got more than 20 different whole numbers from 1 to 900, as counts are; give counts: 'log' or counts: 'median' or scale: \{ min: 1, max: 900 \}$/,
      ),
      advice: [
        { option: 'counts', value: 'log' },
        { option: 'counts', value: 'median' },
        { option: 'scale', value: { min: 1, max: 900 } },
      ] satisfies Advice[],
    });
    const asRatings = await read(content, { rating: 'plays', scale: { min: 1, max: 900 } });
    expect(asRatings.log.ratings).toHaveLength(30);
  });

  test.each([
    ['percent', (row: number) => row * 3],
    ['a scale of few steps', (row: number) => (row % 12) * 100],
    ['parts', (row: number) => row * 10 + 0.5],
    ['what is below 0', (row: number) => row * 10 - 50],
  ])('%s are none', async (_, ratingOf) => {
    const rows = Array.from({ length: 30 }, (_each, row) => `u,i${row},${ratingOf(row)}`);
    await expect(read(['user,item,rating', ...rows].join('\n'))).resolves.toBeDefined();
  });

  test('become logarithms on a scale from 0', async () => {
    const { log } = await read('user,item,rating\na,x,0\na,y,1\na,z,999\n', { counts: 'log' });
    expect(log.scale).toEqual({ min: 0, max: Math.log(1000) });
    expect([...log.ratings]).toEqual([0, expect.closeTo(Math.log(2), 6), expect.closeTo(Math.log(1000), 6)]);
    expect(log.ratings[2]).toBeLessThanOrEqual(log.scale.max);
  });

  test("become likes above their user's median", async () => {
    const rows = ['a,v,1', 'a,w,2', 'a,x,900', 'b,v,5', 'b,w,5', 'c,v,1', 'c,w,3'];
    const dataset = await read(['user,item,rating', ...rows].join('\n'), { counts: 'median' });
    expect(dataset.log.scale).toEqual({ min: 0, max: 1 });
    expect(rowsOf(dataset)).toEqual(['a v 0', 'a w 0', 'a x 1', 'b v 0', 'b w 0', 'c v 0', 'c w 1']);
  });

  test.each(['log', 'median'] as const)('below 0 are wrong, by %s', async (counts) => {
    await expect(read('user,item,rating\na,x,-1\na,y,1\n', { counts })).rejects.toThrow(
      'line 2: expected a number from 0 in column rating, got "-1"',
    );
  });
});

describe('a rating of 0 that is none', () => {
  const books = 'user,item,rating\na,x,0\na,y,1\nb,x,10\nb,y,0\nb,z,4\n';

  test('is the least like on the scale of the others, and counted', async () => {
    const dataset = await read(books, { zeroIsImplicit: true });
    expect(dataset.log.scale).toEqual({ min: 1, max: 10 });
    expect(rowsOf(dataset)).toEqual(['a x 7.75', 'a y 1', 'b x 10', 'b y 7.75', 'b z 4']);
    expect(formatReport(dataset.report)).toContain('2 ratings of 0 taken for a like without a rating');
    const given = await read(books, { zeroIsImplicit: true, scale: { min: 2, max: 10 }, maxBadRows: 1 });
    expect(rowsOf(given)[0]).toBe('a x 8');
    expect(given.report.badRows.first[0]!.reason).toContain('expected a number from 2 to 10, or 0 for none');
  });

  test('is the worst rating otherwise', async () => {
    const { log } = await read(books);
    expect(log.scale).toEqual({ min: 0, max: 10 });
    expect(log.ratings[0]).toBe(0);
  });
});

describe('a file of items', () => {
  test('is reported: whom it names, whom nobody rated, and what came again', async () => {
    const source = write('items.csv', 'id,name\nx,Old\nx,New\nq,?\nQ,?\n');
    const items = { source, id: 'id', title: 'name' };
    const { report, titles } = await read('user,item,rating\na,x,1\na,y,2\n', { items });
    expect(report.itemRows).toEqual({ rows: 4, named: 1, unknown: 2, repeated: 1 });
    expect([...titles.values()]).toEqual(['New']);
    expect(formatReport(report).slice(-3)).toEqual([
      '1 of 2 items named by 4 rows of items',
      '2 rows of items passed over: nobody has rated what they name',
      '1 row of items with an id that came before: the last counts',
    ]);
  });
});
