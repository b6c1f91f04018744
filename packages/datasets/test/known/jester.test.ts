import { writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { whereDataIs } from '@rl-recsys/testing';
import { loadKnownDataset } from '../../src/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const path = temporaryFolder();
const load = () => loadKnownDataset('jester', { folder: path('') });

/** A user who rated only these jokes. */
function row(ratings: Record<number, string>, count = Object.keys(ratings).length): string {
  const jokes = Array.from({ length: 100 }, (_, index) => ratings[index + 1] ?? '99');
  return [count, ...jokes].join(',');
}

describe('small files in the format of Jester', () => {
  test('99 is no rating, jokes are items, and rows of all parts are users', async () => {
    writeFileSync(path('jester-data-1.csv'), `${row({ 1: '-7.82', 100: '9.9' })}\n${row({})}\n`);
    writeFileSync(path('jester-data-3.csv'), `${row({ 2: '10' })}\n`);
    const { name, log, users, items, titles, categories } = await load();
    expect(name).toBe('jester');
    expect(users.ids).toEqual(['1-1', '1-2', '3-1']);
    expect(items.ids).toEqual(Array.from({ length: 100 }, (_, index) => String(index + 1)));
    expect(Array.from(log.offsets)).toEqual([0, 2, 2, 3]);
    expect(Array.from(log.items)).toEqual([0, 99, 1]);
    expect(Array.from(log.ratings)).toEqual([-7.82, 9.9, 10].map(Math.fround));
    expect(Array.from(log.timestamps)).toEqual([0, 0, 0]);
    expect(log.scale).toEqual({ min: -10, max: 10 });
    expect([titles.size, categories.size]).toEqual([0, 0]);
  });

  test.each([
    [
      row({ 3: '10.5' }),
      /csv, line 2: expected -10 to 10, or 99 for none, in the column of joke 3, got "10\.5"$/,
    ],
    [row({ 4: 'ha' }), /line 2: .* joke 4, got "ha"$/],
    [row({ 5: '1' }, 2), /line 2: expected 2 ratings as the first column says, got 1$/],
    ['1,5', /line 2: expected 101 columns, got 2$/],
  ])('what is wrong is named: %#', async (wrong, message) => {
    writeFileSync(path('jester-data-1.csv'), `${row({ 1: '1' })}\n${wrong}\n`);
    await expect(load()).rejects.toThrow(message);
  });

  test('a folder without any part, or with none but empty rows', async () => {
    await expect(load()).rejects.toThrow(
      'expected one or more of jester-data-1.csv, jester-data-2.csv, jester-data-3.csv, got none of them',
    );
    writeFileSync(path('jester-data-2.csv'), `${row({})}\n`);
    await expect(load()).rejects.toThrow('expected ratings of Jester, got none');
  });
});

whereDataIs('jester', (folder) => {
  test('all of part 1', async () => {
    const { log } = await loadKnownDataset('jester', { folder });
    expect([log.userCount, log.itemCount, log.items.length]).toEqual([24_983, 100, 1_810_455]);
    // The first row rated 74 jokes, of the first −7.82.
    expect([log.offsets[1], log.ratings[0]]).toEqual([74, Math.fround(-7.82)]);
  }, 60_000);
});
