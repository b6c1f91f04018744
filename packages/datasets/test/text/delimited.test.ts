import { writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { DatasetError, readLog, type Dataset, type ReadLogOptions } from '../../src/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const path = temporaryFolder();

const columns = { user: 'user', item: 'item', rating: 'rating' };

function read(content: string | Buffer, options?: Partial<ReadLogOptions>): Promise<Dataset> {
  const file = path('ratings.csv');
  writeFileSync(file, content);
  return readLog(file, { ...columns, ...options });
}

/** The log in the outside world's words, in its order. */
function ratingsOf({ log, users, items }: Dataset): string[] {
  return users.ids.flatMap((user, index) =>
    Array.from(log.items.subarray(log.offsets[index], log.offsets[index + 1]), (item, place) => {
      const row = log.offsets[index]! + place;
      return `${user} ${items.idOf(item)} ${log.ratings[row]} ${log.timestamps[row]}`;
    }),
  );
}

const table = 'user,item,rating,timestamp\nbob,tea,4,30\nann,rum,2,20\nbob,rum,5,10\n';

describe('a good file', () => {
  test('becomes a log sorted by time within each user, and ids in order of appearance', async () => {
    const dataset = await read(table);
    expect(dataset.name).toBe('ratings');
    expect(dataset.users.ids).toEqual(['bob', 'ann']);
    expect(dataset.items.ids).toEqual(['tea', 'rum']);
    expect(ratingsOf(dataset)).toEqual(['bob rum 5 10', 'bob tea 4 30', 'ann rum 2 20']);
    expect(dataset.log.scale).toEqual({ min: 2, max: 5 });
    expect(dataset.titles.size).toBe(0);
    expect(dataset.replaced).toBe(0);
  });

  test.each([
    ['CRLF', table.replaceAll('\n', '\r\n')],
    ['CR', table.replaceAll('\n', '\r')],
    ['CRLF only from the second line on', table.replaceAll('\n', '\r\n').replace('\r\n', '\n')],
    ['CRLF only in the first line', table.replace('\n', '\r\n')],
    ['a BOM', `\ufeff${table}`],
    ['a BOM and a quoted first name', `\ufeff${table.replace('user', '"user"')}`],
    ['no line break at the end', table.trimEnd()],
    ['blank lines', `\n${table.replaceAll('\n', '\n\n')}\n`],
    ['quotes', table.replaceAll(/\w+/g, '"$&"')],
    ['spaces in the header', table.replace('user,item,rating', 'user, item , rating')],
    ['tabs', table.replaceAll(',', '\t')],
    ['semicolons', table.replaceAll(',', ';')],
    ['double colons', table.replaceAll(',', '::')],
    ['bars', table.replaceAll(',', '|')],
  ])('%s: makes no difference', async (_, content) => {
    expect(ratingsOf(await read(content))).toEqual(['bob rum 5 10', 'bob tea 4 30', 'ann rum 2 20']);
  });

  test('columns may have other names, another order, and company', async () => {
    const dataset = await read('stars,note,film,who,when\n3,"so, so",f1,u1,7\n4,,f2,u1,8\n', {
      user: 'who',
      item: 'film',
      rating: 'stars',
      time: 'when',
    });
    expect(ratingsOf(dataset)).toEqual(['u1 f1 3 7', 'u1 f2 4 8']);
  });

  test('the delimiter is the one that separates the columns, even where another occurs more', async () => {
    const dataset = await read('user;item;rating;what, how, why, if, any\na;x;1;\na;y;2;\n');
    expect(ratingsOf(dataset)).toEqual(['a x 1 0', 'a y 2 1']);
  });

  test('a given delimiter is taken, be it an unusual one', async () => {
    expect(ratingsOf(await read('user^item^rating\na^x^1\na^y^2\n', { delimiter: '^' }))).toHaveLength(2);
  });

  test('ids are opaque: numbers stay texts, and any text survives', async () => {
    const ids = ['007', '7', '7.0', ' 7', '__proto__', 'a,b', 'say "hi"', 'two\nlines', 'ü☃𝒳', 'null'];
    const rows = ids.map((id, index) => `u,"${id.replaceAll('"', '""')}",${index}`);
    const dataset = await read(`user,item,rating\n${rows.join('\n')}\n`);
    expect(dataset.items.ids).toEqual(ids);
    expect(Array.from(dataset.log.items)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('a rating that came again replaces the older one and is counted', async () => {
    const dataset = await read('user,item,rating,timestamp\na,x,1,50\na,x,5,40\na,y,3,45\nb,x,2,1\n');
    expect(ratingsOf(dataset)).toEqual(['a y 3 45', 'a x 1 50', 'b x 2 1']);
    expect(dataset.replaced).toBe(1);
  });

  test('a given scale is kept, though no rating reaches its ends', async () => {
    expect((await read(table, { scale: { min: 0, max: 10 } })).log.scale).toEqual({ min: 0, max: 10 });
  });

  test('decimal, negative and exponential ratings', async () => {
    const dataset = await read('user,item,rating\na,x,-9.5\na,y,1e1\na,z,.5\n');
    expect(Array.from(dataset.log.ratings)).toEqual([-9.5, 10, 0.5]);
  });

  test('columns may be named where there is no header line', async () => {
    const all = ['user', 'item', 'rating', 'timestamp'];
    const rows = table.slice(table.indexOf('\n') + 1);
    const expected = ['bob rum 5 10', 'bob tea 4 30', 'ann rum 2 20'];
    for (const delimiter of [',', '::', '¦']) {
      const content = rows.replaceAll(',', delimiter);
      expect(ratingsOf(await read(content, { columns: all, delimiter }))).toEqual(expected);
    }
    expect(ratingsOf(await read(rows.replaceAll(',', '|'), { columns: all }))).toEqual(expected);
    await expect(read('a,x,1\n', { columns: all })).rejects.toThrow('line 1: expected 4 columns, got 3');
  });

  test('a part of a long delimiter is text', async () => {
    const { items } = await read('user::item::rating\na::b:c::1\na:::d::2\nf::e::3\n');
    expect(items.ids).toEqual(['b:c', ':d', 'e']);
  });

  test('a quote is a character where there are no quotes', async () => {
    const content = 'user|item|rating\na|"x|1\na|y"|2\n';
    expect((await read(content, { quotes: false })).items.ids).toEqual(['"x', 'y"']);
    expect((await read(content, { scale: { min: 1, max: 5 } })).items.ids).toEqual(['x|1\na|y']);
  });

  test.each([',', ';', '\t', '|', '::'])('a header may break its lines within quotes: %j', async (mark) => {
    const header = ['user', 'item', 'rating', '"a ""note""\nor two"'].join(mark);
    const row = ['a', 'x', '1', 'yes'].join(mark);
    const file = [header, row, row.replace('x', 'y').replace('1', '?')].join('\n');
    await expect(read(file)).rejects.toThrow('line 4: expected a number in column rating, got "?"');
  });

  test('other text than UTF-8 is refused with its line, and how to read it', async () => {
    const bytes = Buffer.from('user,item,rating\nJosé,x,1\nJosè,y,2\n', 'latin1');
    await expect(read(bytes)).rejects.toThrow(
      "line 2: expected text in UTF-8, got other bytes; give encoding: 'latin1'",
    );
    expect((await read(bytes, { encoding: 'latin1' })).users.ids).toEqual(['José', 'Josè']);
  });

  test('latin1 is read where it is asked for', async () => {
    const bytes = Buffer.from('user,item,rating\nJosé,x,1\nJosé,y,2\n', 'latin1');
    expect((await read(bytes, { encoding: 'latin1' })).users.ids).toEqual(['José']);
  });

  test('characters and delimiters that fall between two pieces of a large file stay whole', async () => {
    const rows = Array.from({ length: 90_000 }, (_, row) => `ü${row % 7}::é☃${row}::${row % 5}::${row}`);
    const dataset = await read(`user::item::rating::timestamp\r\n${rows.join('\r\n')}`);
    expect(dataset.log.items.length).toBe(90_000);
    expect(dataset.users.size).toBe(7);
    expect(dataset.items.ids.every((id, row) => id === `é☃${row}`)).toBe(true);
  });
});

describe('time', () => {
  test('without a column for it, the order of the rows is the order in time', async () => {
    const dataset = await read('user,item,rating\na,x,1\nb,x,2\na,y,3\n');
    expect(ratingsOf(dataset)).toEqual(['a x 1 0', 'a y 3 2', 'b x 2 1']);
  });

  test('ISO dates are milliseconds, in UTC where they name no zone', async () => {
    const times = ['2020-03-01', '2020-03-01T00:00:01', '2020-03-01 00:00:02.5', '2020-03-01T00:00+00:00'];
    const rows = times.map((time, index) => `u${index},x,${index},${time}`);
    const { log } = await read(`user,item,rating,timestamp\n${rows.join('\n')}\n`);
    const day = 1_583_020_800_000;
    expect(Array.from(log.timestamps)).toEqual([day, day + 1000, day + 2500, day]);
  });

  test('an offset from UTC counts', async () => {
    const { log } = await read(
      'user,item,rating,timestamp\na,x,1,2020-03-01T02:00:00+02:00\nb,x,2,2020-03-01T00:00:00Z\n',
    );
    expect(log.timestamps[0]).toBe(log.timestamps[1]);
  });

  test('dates among numbers are an error: they would be of two units', async () => {
    await expect(read('user,item,rating,timestamp\na,x,1,1583020800\na,y,2,2020-03-01\n')).rejects.toThrow(
      /line 3: expected a number in column timestamp, got "2020-03-01"$/,
    );
    await expect(read('user,item,rating,timestamp\na,x,1,2020-03-01\na,y,2,1583020800\n')).rejects.toThrow(
      /line 3: expected an ISO 8601 or RFC 2822 date in column timestamp, got "1583020800"$/,
    );
  });
});

describe('a bad file is one error that says where and what', () => {
  const head = 'user,item,rating,timestamp\n';

  test.each([
    [`${head}a,x,abc,1\n`, 'line 2: expected a number in column rating, got "abc"'],
    [`${head}a,x,,1\n`, 'line 2: expected a number in column rating, got nothing'],
    [`${head}a,x, ,1\n`, 'line 2: expected a number in column rating, got " "'],
    [`${head}a,x,NaN,1\n`, 'line 2: expected a number in column rating, got "NaN"'],
    [`${head}a,x,Infinity,1\n`, 'line 2: expected a number in column rating, got "Infinity"'],
    [`${head}a,x,"4,5",1\n`, 'line 2: expected a number in column rating, got "4,5"'],
    [
      `${head}a,x,1,soon\n`,
      'line 2: expected a number or an ISO 8601 or RFC 2822 date in column timestamp, got "soon"',
    ],
    [
      `${head}a,x,1,\n`,
      'line 2: expected a number or an ISO 8601 or RFC 2822 date in column timestamp, got nothing',
    ],
    [
      `${head}a,x,1,03/04/2020\n`,
      'line 2: expected a number or an ISO 8601 or RFC 2822 date in column timestamp, got',
    ],
    [
      `${head}a,x,1,2020-13-01\n`,
      'line 2: expected a number or an ISO 8601 or RFC 2822 date in column timestamp, got',
    ],
    [
      `${head}a,x,1,2020-02-30\n`,
      'line 2: expected a number or an ISO 8601 or RFC 2822 date in column timestamp, got',
    ],
    [
      `${head}a,x,1,2020-02-01T25:00\n`,
      'line 2: expected a number or an ISO 8601 or RFC 2822 date in column timestamp, got',
    ],
    [`${head}a,x,1,1\n,x,1,1\n`, 'line 3: expected an id in column user, got nothing'],
    [`${head}a,"",1,1\n`, 'line 2: expected an id in column item, got nothing'],
    [`${head}a,x,1\n`, 'line 2: expected 4 columns, got 3'],
    [`${head}a,x,1,1,1\n`, 'line 2: expected 4 columns, got 5'],
    [`${head}a,x,1,1\n \n`, 'line 3: expected 4 columns, got 1'],
    [
      `${head}a,x,1,1\n"b,x,1,1\nc,x,1,1\n`,
      'line 3: expected a closing quote, got none in the rest of the file',
    ],
    [`${head}a,x,1,1\nb"b,x,1,1\n`, 'line 3: expected a quote only around a whole field'],
    [`${head}a,x,1,1\n"b"b,x,1,1\n`, 'line 3: expected a quote only around a whole field'],
    [
      'user,item,"rat\ning"\n',
      'line 1: expected the columns user, item, rating, got user, item, "rat\\ning"',
    ],
    [
      'userId,movieId,rating\n',
      'line 1: expected the columns user, item, rating, got userId, movieId, rating',
    ],
    ['user-item-rating\n', 'line 1: expected the columns user, item, rating, got user-item-rating'],
    ['user,item,rating,user\n', 'line 1: expected one column user, got several'],
    [head, 'ratings.csv: expected ratings, got none'],
    ['', 'ratings.csv: expected a header line, got an empty file'],
    ['\n\n', 'ratings.csv: expected a header line, got an empty file'],
    [
      `${head}a,x,3,1\nb,x,3,1\n`,
      'ratings.csv: expected ratings that differ, got 3 in every row; give scale: { min: 1, max: 5 }',
    ],
  ])('%j', async (content, message) => {
    const error: unknown = await read(content).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DatasetError);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).toContain('ratings.csv');
    expect((error as Error).message).not.toContain('\n');
  });

  test('of several bad rows the first is named, also before a quote that is wrong', async () => {
    await expect(read(`${head}a,x,1,1\na,x,bad,1\nb"b,x,1,1\na,x,worse,1\n`)).rejects.toThrow('line 3: ');
  });

  test.each(['\n', '\r\n', '\r'])(
    'the line is right after blank lines and quoted line breaks of the kind %j',
    async (lineBreak) => {
      const lines = ['', head.trim(), '"a', '', 'a",x,1,1', '', 'b,"x', 'y","3",1', 'c,x,bad,1'];
      await expect(read(lines.join(lineBreak))).rejects.toThrow('line 9: expected a number');
      const quoted = [...lines.slice(0, 8), 'c"c,x,1,1'];
      await expect(read(quoted.join(lineBreak))).rejects.toThrow('line 9: expected a quote only');
    },
  );

  test('the line is right far into a large file', async () => {
    const rows = Array.from({ length: 30_000 }, (_, row) => `a,${row},${row === 29_000 ? 'x' : 1},${row}`);
    await expect(read(`${head}${rows.join('\n')}`)).rejects.toThrow('line 29002: ');
  });

  test('a rating off the given scale', async () => {
    const scale = { min: 1, max: 5 };
    await expect(read(`${head}a,x,5,1\nb,x,5.5,2\n`, { scale })).rejects.toThrow(
      /line 3: expected a number from 1 to 5 in column rating, got "5.5"$/,
    );
    await expect(read(`${head}a,x,0,1\n`, { scale })).rejects.toThrow(
      /line 2: expected a number from 1 to 5/,
    );
  });

  test('a column for the time that was asked for by name', async () => {
    await expect(read('user,item,rating\na,x,1\n', { time: 'timestamp' })).rejects.toThrow(
      /line 1: expected the columns user, item, rating, timestamp, got user, item, rating$/,
    );
  });

  test('a missing file', async () => {
    await expect(readLog(path('gone.csv'), columns)).rejects.toThrow(/gone\.csv: no such file or folder$/);
    await expect(readLog(path('gone.csv'), columns)).rejects.toThrow(DatasetError);
  });

  test('options that cannot be', async () => {
    await expect(read(table, { scale: { min: 5, max: 5 } })).rejects.toThrow(
      'scale: expected with rating, min below max',
    );
    await expect(read(table, { scale: { min: 1, max: NaN } })).rejects.toThrow(
      'scale: expected with rating, min below max',
    );
    await expect(read(table, { delimiter: '' })).rejects.toThrow(
      'delimiter: expected one or more characters',
    );
    await expect(read(table, { delimiter: '\n' })).rejects.toThrow('no quote or line break, got "\\n"');
    await expect(read(table, { encoding: 'utf-16' as 'latin1' })).rejects.toThrow(
      'encoding: expected utf-8, latin1 or windows-1252, got utf-16',
    );
    await expect(read(table, { columns: ['user', 'item', 'stars'] })).rejects.toThrow(
      'columns: expected rating once among them, got it 0 times',
    );
  });
});
