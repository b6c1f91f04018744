import { writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { whereDataIs } from '@rl-recsys/testing';
import { readMovieLens100k, readMovieLens1m, type Dataset } from '../src/index.js';
import { temporaryFolder } from './temporary-folder.js';

const path = temporaryFolder();

const write = (name: string, lines: string[]) =>
  writeFileSync(path(name), Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1'));

describe('small files in the formats of MovieLens', () => {
  test('100K: tabs, and titles between bars', async () => {
    write('u.data', ['7\t30\t4\t20', '7\t10\t5\t10', '8\t30\t1\t5']);
    const rest = '|'.repeat(22);
    write('u.item', [
      `10|"Les" Misérables (1995)${rest}`,
      `20|Unseen (1996)${rest}`,
      `30|Seen (1997)${rest}`,
    ]);
    const { name, log, users, items, titles, replaced } = await readMovieLens100k(path(''));
    expect(name).toBe('ml-100k');
    expect(users.ids).toEqual(['7', '8']);
    expect(items.ids).toEqual(['30', '10']);
    expect(Array.from(log.offsets)).toEqual([0, 2, 3]);
    expect(Array.from(log.items)).toEqual([1, 0, 0]);
    expect(Array.from(log.ratings)).toEqual([5, 4, 1]);
    expect(log.scale).toEqual({ min: 1, max: 5 });
    expect([...titles]).toEqual([
      [1, '"Les" Misérables (1995)'],
      [0, 'Seen (1997)'],
    ]);
    expect(replaced).toBe(0);
  });

  test('1M: double colons, and films without a rating left out', async () => {
    write('ratings.dat', ['1::9::3::100', '1::8::4::50']);
    write('movies.dat', [
      '7::Unrated (2000)::Drama',
      '8::Amélie: A (2001)::Comedy',
      '9::Nine (2009)::Musical',
    ]);
    const { name, log, items, titles } = await readMovieLens1m(path(''));
    expect(name).toBe('ml-1m');
    expect(items.ids).toEqual(['9', '8']);
    expect(Array.from(log.items)).toEqual([1, 0]);
    expect(titles).toEqual(
      new Map([
        [0, 'Nine (2009)'],
        [1, 'Amélie: A (2001)'],
      ]),
    );
  });

  test('a malformed or missing file is named with its line', async () => {
    write('u.data', ['1\t1\t5\t1', '1\t2\t6\t2']);
    await expect(readMovieLens100k(path(''))).rejects.toThrow(
      /u\.data, line 2: expected 1 to 5 in column rating, got 6$/,
    );
    write('u.data', ['1\t1\t5']);
    await expect(readMovieLens100k(path(''))).rejects.toThrow(/u\.data, line 1: expected 4 columns, got 3$/);
    write('u.data', ['1\t1\t5\t1']);
    await expect(readMovieLens100k(path(''))).rejects.toThrow(/u\.item: no such file$/);
    await expect(readMovieLens1m(path(''))).rejects.toThrow(/ratings\.dat: no such file$/);
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
    const dataset = await readMovieLens100k(folder);
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
  });
});

whereDataIs('ml-1m', (folder) => {
  test('all of it, with titles, in order of time', async () => {
    const dataset = await readMovieLens1m(folder);
    expect(dataset.log.items.length).toBe(1_000_209);
    expect(dataset.users.size).toBe(6040);
    expect(dataset.items.size).toBe(3706);
    expect(dataset.replaced).toBe(0);
    expect(starsOf(dataset)).toEqual([56174, 107557, 261197, 348971, 226310]);
    expect(isInOrderOfTime(dataset)).toBe(true);
    expect(dataset.titles.size).toBe(3706);
    expect(dataset.titles.get(dataset.items.indexOf('73')!)).toBe('Misérables, Les (1995)');
  }, 180_000);
});
