import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { whereDataIs } from '@rl-recsys/testing';
import { loadKnownDataset, type Dataset, type KnownDatasetName } from '../../src/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const path = temporaryFolder();

const write = (name: string, lines: string[]) =>
  writeFileSync(path(name), Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1'));

/** The 19 flags of a film, in the order of {@link genres}, as MovieLens 100K has them. */
const flags = (...set: number[]) => Array.from({ length: 19 }, (_, index) => Number(set.includes(index)));
const genres = [
  'unknown',
  'Action',
  'Adventure',
  'Animation',
  "Children's",
  'Comedy',
  'Crime',
  'Documentary',
];
const more = ['Drama', 'Fantasy', 'Film-Noir', 'Horror', 'Musical', 'Mystery', 'Romance', 'Sci-Fi'];
const allGenres = [...genres, ...more, 'Thriller', 'War', 'Western'];
const load = (name: KnownDatasetName) => loadKnownDataset(name, { folder: path('') });

describe('small files in the formats of MovieLens', () => {
  test('100K: tabs, titles between bars, a flag for each genre', async () => {
    write('u.data', ['7\t30\t4\t20', '7\t10\t5\t10', '8\t30\t1\t5']);
    write(
      'u.genre',
      allGenres.map((genre, index) => `${genre}|${index}`),
    );
    write('u.item', [
      `10|"Les" Misérables (1995)|01-Jan-1995||link|${flags(8, 12).join('|')}`,
      `20|Unseen (1996)||||${flags(1).join('|')}`,
      `30|Seen (1997)||||${flags(0).join('|')}`,
    ]);
    const { name, log, users, items, titles, categories, replaced } = await load('ml-100k');
    expect(name).toBe('ml-100k');
    expect(users.ids).toEqual(['7', '8']);
    expect(items.ids).toEqual(['30', '10']);
    expect(Array.from(log.offsets)).toEqual([0, 2, 3]);
    expect(Array.from(log.items)).toEqual([1, 0, 0]);
    expect(Array.from(log.ratings)).toEqual([5, 4, 1]);
    expect(Array.from(log.timestamps)).toEqual([10, 20, 5]);
    expect(log.scale).toEqual({ min: 1, max: 5 });
    expect([...titles]).toEqual([
      [1, '"Les" Misérables (1995)'],
      [0, 'Seen (1997)'],
    ]);
    expect([...categories]).toEqual([[1, ['Drama', 'Musical']]]);
    expect(replaced).toBe(0);
  });

  test('1M: double colons, Latin-1, and films without a rating left out', async () => {
    write('ratings.dat', ['1::9::3::100', '1::8::4::50']);
    write('movies.dat', [
      '7::Unrated (2000)::Drama',
      '8::Amélie: A (2001)::Comedy|Romance',
      '9::Nine (2009)::Musical',
    ]);
    const { name, log, items, titles, categories } = await load('ml-1m');
    expect(name).toBe('ml-1m');
    expect(items.ids).toEqual(['9', '8']);
    expect(Array.from(log.items)).toEqual([1, 0]);
    expect(log.scale).toEqual({ min: 1, max: 5 });
    expect([...titles].sort()).toEqual([
      [0, 'Nine (2009)'],
      [1, 'Amélie: A (2001)'],
    ]);
    expect([...categories].sort()).toEqual([
      [0, ['Musical']],
      [1, ['Comedy', 'Romance']],
    ]);
  });

  test('10M: double colons, UTF-8, half stars', async () => {
    write('ratings.dat', ['1::8::0.5::838985046', '2::8::3.5::50']);
    writeFileSync(path('movies.dat'), '8::Amélie (2001)::Comedy\n', 'utf8');
    const { name, log, titles } = await load('ml-10m');
    expect(name).toBe('ml-10m');
    expect(Array.from(log.ratings)).toEqual([0.5, 3.5]);
    expect(Array.from(log.timestamps)).toEqual([838_985_046, 50]);
    expect(log.scale).toEqual({ min: 0.5, max: 5 });
    expect([...titles]).toEqual([[0, 'Amélie (2001)']]);
  });

  test.each<KnownDatasetName>(['ml-20m', 'ml-25m', 'ml-32m', 'ml-latest-small'])(
    '%s: headers, quoted titles, and genres that are none',
    async (dataset) => {
      const rows = ['5,11,4.0,3', '5,131176,4.5,1', '6,12,0.5,2'];
      writeFileSync(path('ratings.csv'), ['userId,movieId,rating,timestamp', ...rows, ''].join('\n'));
      const films = [
        '11,"American President, The (1995)",Comedy|Drama|Romance',
        '12,Dracula: Dead and Loving It (1995),(no genres listed)',
        '131176,"""Great Performances"" Cats é (1998)",Musical',
      ];
      writeFileSync(path('movies.csv'), ['movieId,title,genres', ...films, ''].join('\r\n'), 'utf8');
      const { name, log, users, items, titles, categories } = await load(dataset);
      expect(name).toBe(dataset);
      expect(users.ids).toEqual(['5', '6']);
      expect(items.ids).toEqual(['11', '131176', '12']);
      expect(Array.from(log.items)).toEqual([1, 0, 2]);
      expect(Array.from(log.ratings)).toEqual([4.5, 4, 0.5]);
      expect(log.scale).toEqual({ min: 0.5, max: 5 });
      expect(titles).toEqual(
        new Map([
          [0, 'American President, The (1995)'],
          [2, 'Dracula: Dead and Loving It (1995)'],
          [1, '"Great Performances" Cats é (1998)'],
        ]),
      );
      expect(categories).toEqual(
        new Map([
          [0, ['Comedy', 'Drama', 'Romance']],
          [1, ['Musical']],
        ]),
      );
    },
  );

  test('a file longer than one piece of the stream, whose rows are cut anywhere', async () => {
    const count = 150_000; // about 2.3 MB
    const rows = Array.from(
      { length: count },
      (_, row) => `${row >> 4}::${row % 977}::${1 + (row % 5)}::${row}`,
    );
    write('ratings.dat', rows);
    write('movies.dat', ['0::Zero::Drama']);
    const { log, users, items, replaced } = await load('ml-1m');
    expect([log.items.length, users.size, items.size, replaced]).toEqual([count, count / 16, 977, 0]);
    const wrong = rows.findIndex(
      (_, row) =>
        log.items[row] !== row % 977 || log.ratings[row] !== 1 + (row % 5) || log.timestamps[row] !== row,
    );
    expect(wrong).toBe(-1);
  });

  test('the last line may lack its break, lines may end in CRLF, and blank ones are skipped', async () => {
    writeFileSync(path('ratings.dat'), '1::1::5::1\r\n\r\n\n1::2::4::2');
    write('movies.dat', []);
    const { log } = await load('ml-1m');
    expect(Array.from(log.ratings)).toEqual([5, 4]);
  });

  test.each([
    ['1::2::6::2', 'expected a number from 1 to 5 in column rating, got "6"'],
    ['1::2::5', 'expected 4 columns, got 3'],
    ['1::2::5::1::9', 'expected 4 columns, got 5'],
    ['1::2::5::1 ', 'expected a number in column timestamp, got "1 "'],
    ['1::2:5::1', 'expected 4 columns, got 3'],
    ['x::2::5::1', 'expected a whole number in column user, got "x"'],
    ['1::2.5::5::1', 'expected a whole number in column item, got "2.5"'],
    ['1::::5::1', 'expected a whole number in column item, got nothing'],
    ['1::2::5.::1', 'expected a number from 1 to 5 in column rating, got "5."'],
    ['1::2::.5::1', 'expected a number from 1 to 5 in column rating, got ".5"'],
    ['1::2::1.2.3::1', 'expected a number from 1 to 5 in column rating, got "1.2.3"'],
    ['1::2::5::1e9', 'expected a number in column timestamp, got "1e9"'],
    ['1::2::0x4::1', 'expected a number from 1 to 5 in column rating, got "0x4"'],
    ['1::2::5::-1', 'expected a number in column timestamp, got "-1"'],
  ])('%s is an error that names its line', async (row, problem) => {
    write('ratings.dat', ['1::1::5::1', '', row, '1::3::5::1']);
    write('movies.dat', []);
    await expect(load('ml-1m')).rejects.toThrow(`${path('ratings.dat')}, line 3: ${problem}`);
  });

  test('a film that lacks a column is an error that names its line', async () => {
    write('ratings.dat', ['1::1::5::1']);
    write('movies.dat', ['1::One (2001)::Drama', '2::Two (2002)']);
    await expect(load('ml-1m')).rejects.toThrow('movies.dat, line 2: expected 3 columns, got 2');
  });

  test('files that are missing, empty or other ones are named', async () => {
    write('movies.dat', []);
    await expect(load('ml-1m')).rejects.toThrow(/ratings\.dat: no such file or folder$/);
    write('ratings.dat', ['']);
    await expect(load('ml-1m')).rejects.toThrow(/ratings\.dat: expected ratings, got none$/);
    rmSync(path('movies.dat'));
    await expect(load('ml-1m')).rejects.toThrow(/movies\.dat: no such file or folder$/);
    write('u.data', ['1\t1\t5\t1']);
    await expect(load('ml-100k')).rejects.toThrow(/u\.genre: no such file$/);
    write('movies.csv', []);
    write('ratings.csv', ['userId,movieId,tag,timestamp', '1,1,funny,1']);
    await expect(load('ml-20m')).rejects.toThrow(
      /line 1: expected the columns userId, movieId, rating, timestamp, got userId, movieId, tag, timestamp$/,
    );
  });
});

/** How often each of one to five stars was given. */
function starsOf({ log }: Dataset): number[] {
  return [1, 2, 3, 4, 5].map((stars) => log.ratings.filter((rating) => rating === stars).length);
}

function isInOrderOfTime({ log: { userCount, offsets, timestamps } }: Dataset): boolean {
  return Array.from({ length: userCount }, (_, user) =>
    timestamps.subarray(offsets[user], offsets[user + 1]),
  ).every((times) => times.every((time, place) => place === 0 || times[place - 1]! <= time));
}

whereDataIs('ml-100k', (folder) => {
  test('all of it, with titles, in order of time', async () => {
    const dataset = await loadKnownDataset('ml-100k', { folder });
    expect(dataset.log.items.length).toBe(100_000);
    expect(dataset.log.userCount).toBe(943);
    expect(dataset.users.size).toBe(943);
    expect(dataset.log.itemCount).toBe(1682);
    expect(dataset.items.size).toBe(1682);
    expect(dataset.replaced).toBe(0);
    expect(starsOf(dataset)).toEqual([6110, 11370, 27145, 34174, 21201]);
    expect(isInOrderOfTime(dataset)).toBe(true);
    expect(dataset.titles.size).toBe(1682);
    expect(dataset.titles.get(dataset.items.indexOf('50')!)).toBe('Star Wars (1977)');
    expect(dataset.titles.get(dataset.items.indexOf('543')!)).toBe('Misérables, Les (1995)');
    expect(dataset.categories.get(dataset.items.indexOf('1')!)).toEqual([
      'Animation',
      "Children's",
      'Comedy',
    ]);
    expect(dataset.categories.size).toBe(1680); // the other two are of unknown genre
  });
});

whereDataIs('ml-1m', (folder) => {
  test('all of it, with titles, in order of time', async () => {
    const dataset = await loadKnownDataset('ml-1m', { folder });
    expect(dataset.log.items.length).toBe(1_000_209);
    expect(dataset.users.size).toBe(6040);
    expect(dataset.items.size).toBe(3706);
    expect(dataset.replaced).toBe(0);
    expect(starsOf(dataset)).toEqual([56174, 107557, 261197, 348971, 226310]);
    expect(isInOrderOfTime(dataset)).toBe(true);
    expect(dataset.titles.size).toBe(3706);
    expect(dataset.titles.get(dataset.items.indexOf('73')!)).toBe('Misérables, Les (1995)');
    expect(dataset.categories.get(dataset.items.indexOf('1')!)).toEqual([
      'Animation',
      "Children's",
      'Comedy',
    ]);
    expect(dataset.categories.size).toBe(3706);
  }, 60_000);
});
