import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { parseTrainOptions } from '../src/options/parse.js';
import type { LogRunOptions } from '../src/options/run-options.js';
import { logScenarioOf } from '../src/scenarios/index.js';
import { runCli, temporaryFolder } from './shop.js';

const folder = temporaryFolder();
const write = (name: string, content: string | Uint8Array) => {
  const file = join(folder, name);
  writeFileSync(file, name.endsWith('.gz') ? gzipSync(content) : content);
  return file;
};

const rows = ['ann,mug,5,1,30', 'ann,cap,3,0,10', 'bob,mug,4,0,20', 'cy,tee,2,1,5'];
const table = ['user,item,rating,clicked,timestamp', ...rows].join('\n');

/** Reads a file as the command line would with these options. */
async function read(content: string | Uint8Array, options: Record<string, unknown> = {}, name = 'shop.csv') {
  const parsed = parseTrainOptions({ dataset: 'csv', ratings: write(name, content), ...options });
  const { dataset, lines } = await logScenarioOf(parsed as LogRunOptions).load(parsed);
  return { ...dataset, lines: lines.join('\n') };
}

describe('a delimited file is read as logs of events are', () => {
  test('its times are in the column timestamp if there is one', async () => {
    const { log, items } = await read(table);
    expect(Array.from(log.items.subarray(0, 2), (item) => items.idOf(item))).toEqual(['cap', 'mug']);
    expect(log.scale).toEqual({ min: 2, max: 5 });
  });

  test('gzipped too', async () => {
    const { log, name } = await read(table, {}, 'shop.csv.gz');
    expect([name, log.items.length]).toEqual(['shop', 4]);
  });

  test('whatever its ending', async () => {
    expect((await read(table.replaceAll(',', '::'), {}, 'shop.dat')).log.items).toHaveLength(4);
  });

  test('users and items with too few ratings are left out, all of them in one sentence', async () => {
    const { users, items } = await read(table, { minimumPerUser: 2 });
    expect([users.ids, items.ids]).toEqual([['ann'], ['mug', 'cap']]);
    expect((await read(table, { minimumPerItem: 2 })).items.ids).toEqual(['mug']);
    await expect(read(table, { minimumPerUser: 99 })).rejects.toThrow(
      'shop.csv: expected ratings with enough of their user and item, got none',
    );
  });

  test('as many rows may be bad as are allowed, and are reported', async () => {
    const broken = `${table}\ndee,mug,many,0,1\n`;
    const message = 'shop.csv, line 6: expected a number in column rating, got "many"';
    await expect(read(broken)).rejects.toThrow(message);
    const { log, lines } = await read(broken, { maxBadRows: 1 });
    expect(log.items).toHaveLength(4);
    expect(lines).toContain(message);
  });

  test('items have titles and categories from a file, which has to be there', async () => {
    const itemsFile = write('items.csv', 'item,name,kinds\nmug,A mug,Kitchen|Gift\n');
    const options = { itemsFile, titleColumn: 'name', categoryColumn: 'kinds' };
    const { titles, categories, items } = await read(table, options);
    expect([...titles]).toEqual([[items.indexOf('mug'), 'A mug']]);
    expect([...categories.values()]).toEqual([['Kitchen', 'Gift']]);
    await expect(read(table, { ...options, itemsFile: 'none.csv' })).rejects.toThrow(
      'none.csv: no such file',
    );
  });

  test('clicks are read where they are asked for', async () => {
    const { log } = await read(table, { clickColumn: 'clicked' });
    expect(log.scale).toEqual({ min: 0, max: 1 });
    expect(Array.from(log.ratings)).toEqual([0, 1, 0, 1]);
  });

  test('events are, too', async () => {
    const log = 'user,item,what\nann,mug,view\nann,cap,buy\n';
    const options = { eventColumn: 'what', weights: { view: 1, buy: 5 } };
    expect(Array.from((await read(log, options)).log.ratings)).toEqual([1, 5]);
  });
});

test.each<[string, Record<string, unknown>]>([
  [
    '--rating-column: expected without --event-column, --click-column and --pairs',
    { clickColumn: 'clicked', ratingColumn: 'rating' },
  ],
  [
    '--event-column: expected without --click-column',
    { clickColumn: 'clicked', eventColumn: 'what', weights: { view: 1 } },
  ],
  ['--scale: expected with ratings only', { clickColumn: 'clicked', scale: [1, 5] }],
  ['--title-column: expected with --items-file', { titleColumn: 'name' }],
  ['--category-column: expected with --items-file', { categoryColumn: 'kinds' }],
])('%s', (message, options) => {
  expect(() => parseTrainOptions({ dataset: 'csv', ratings: 'shop.csv', ...options })).toThrow(message);
});

describe('--dataset csv and --dataset events', () => {
  test.each<[string, Record<string, unknown>]>([
    ['ratings', {}],
    ['clicks, in their order', { clickColumn: 'clicked', timeColumn: 'rating' }],
    ['ratings without what is rare', { minimumPerItem: 2, maxBadRows: 1, scale: [0, 9] }],
    ['titles', { itemsFile: 'items.csv', titleColumn: 'name', categoryColumn: 'kinds' }],
    ['letters of another encoding', { encoding: 'latin1' }],
  ])('read the same rows as the same log: %s', async (_, given) => {
    write('items.csv', 'item,name,kinds\nmug,A mug,Kitchen|Gift\n');
    const items = given['itemsFile'] === undefined ? {} : { itemsFile: join(folder, 'items.csv') };
    const options = { ...given, ...items };
    const csv = await read(table, options, 'same.csv');
    const parsed = parseTrainOptions({ dataset: 'events', data: join(folder, 'same.csv'), ...options });
    const { dataset, lines } = await logScenarioOf(parsed as LogRunOptions).load(parsed);
    expect({ ...dataset, lines: lines.join('\n') }).toEqual(csv);
  });
});

test('the command line says in one sentence that no user is left', async () => {
  write('shop.csv', table);
  const args = ['--dataset', 'csv', '--ratings', 'shop.csv', '--minimum-per-user', '99'];
  const { code, stderr } = await runCli(folder, 'train', ...args);
  expect(code).toBe(1);
  expect(stderr).toBe('error: shop.csv: expected ratings with enough of their user and item, got none\n');
}, 60_000);
