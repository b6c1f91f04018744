import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { parseTrainOptions } from '../src/options/parse.js';
import type { LogRunOptions } from '../src/options/run-options.js';
import { events } from '../src/scenarios/events/index.js';
import { logScenarioOf } from '../src/scenarios/index.js';
import { temporaryFolder } from './shop.js';

const folder = temporaryFolder();

const names = ['user', 'who', 'item', 'sku', 'rating', 'stars', 'zero', 'clicked', 'what', 'at', 'timestamp', 'commas', 'broken']; // prettier-ignore
const rows = [
  ['añn', 'A', 'mug', 'm', 5, 1, 0, 1, 'buy', 3, 1, '2,5', '4'],
  ['añn', 'A', 'cap', 'c', 3, 2, 4, 0, 'view', 2, 2, '3', 'n/a'],
  ['bob', 'B', 'mug', 'm', 4, 3, 8, 1, 'view', 1, 3, '1,5', '2'],
  ['cy', 'B', 'tee', 't', 2, 4, 2, 0, 'buy', 4, 4, '1', '3'],
];
const objects = rows.map((row) => Object.fromEntries(names.map((name, place) => [name, row[place]])));

/** How the rows are written, as a text or as bytes. */
const formats: Readonly<Record<string, () => string | Uint8Array>> = {
  csv: () => [names, ...rows].map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n'),
  tsv: () => [names, ...rows].map((row) => row.join('\t')).join('\n'),
  ndjson: () => objects.map((each) => JSON.stringify(each)).join('\n'),
  json: () => JSON.stringify(objects),
  parquet: () => {
    const columnData = names.map((name, place) => ({ name, data: rows.map((row) => row[place]) }));
    return new Uint8Array(parquetWriteBuffer({ columnData }));
  },
};

interface Case {
  /** The option, and what it goes with. */
  readonly given: Readonly<Record<string, unknown>>;
  /** The log that it makes. */
  readonly log: string;
  /** Where it has no effect, and what is said then. */
  readonly refused?: { readonly by: readonly string[]; readonly message: string };
  readonly isLatin1?: true;
  readonly hasNoHeader?: true;
}

const usual = 'añn mug 5, añn cap 3, bob mug 4, cy tee 2 on 2 to 5';
const itemsFile = join(folder, 'items.csv');
writeFileSync(itemsFile, 'item,title,kinds\nmug,A mug,Kitchen|Gift\n');
const named = { itemsFile, titleColumn: 'title', categoryColumn: 'kinds' };

/** By the option. */
const cases: Readonly<Record<string, Case>> = {
  userColumn: { given: { userColumn: 'who' }, log: 'A mug 5, A cap 3, B mug 4, B tee 2 on 2 to 5' },
  itemColumn: { given: { itemColumn: 'sku' }, log: 'añn m 5, añn c 3, bob m 4, cy t 2 on 2 to 5' },
  ratingColumn: {
    given: { ratingColumn: 'stars' },
    log: 'añn mug 1, añn cap 2, bob mug 3, cy tee 4 on 1 to 4',
  },
  scale: { given: { scale: [0, 9] }, log: 'añn mug 5, añn cap 3, bob mug 4, cy tee 2 on 0 to 9' },
  counts: { given: { counts: 'median' }, log: 'añn mug 1, añn cap 0, bob mug 0, cy tee 0 on 0 to 1' },
  zeroIsImplicit: {
    given: { zeroIsImplicit: true, ratingColumn: 'zero' },
    log: 'añn mug 6.5, añn cap 4, bob mug 8, cy tee 2 on 2 to 8',
  },
  pairs: { given: { pairs: true }, log: 'añn mug 1, añn cap 1, bob mug 1, cy tee 1 on 0 to 1' },
  eventColumn: {
    given: { eventColumn: 'what', weights: { view: 1, buy: 5 } },
    log: 'añn mug 5, añn cap 1, bob mug 1, cy tee 5 on 0 to 5',
  },
  weights: {
    given: { eventColumn: 'what', weights: { view: 2, buy: 3 } },
    log: 'añn mug 3, añn cap 2, bob mug 2, cy tee 3 on 0 to 3',
  },
  clickColumn: {
    given: { clickColumn: 'clicked' },
    log: 'añn mug 1, añn cap 0, bob mug 1, cy tee 0 on 0 to 1',
  },
  timeColumn: { given: { timeColumn: 'at' }, log: 'añn cap 3, añn mug 5, bob mug 4, cy tee 2 on 2 to 5' },
  columns: {
    given: { columns: names },
    log: usual,
    refused: { by: ['ndjson', 'json', 'parquet'], message: '--columns: expected with CSV, got' },
    hasNoHeader: true,
  },
  decimal: {
    given: { decimal: 'comma', ratingColumn: 'commas' },
    log: 'añn mug 2.5, añn cap 3, bob mug 1.5, cy tee 1 on 1 to 3',
    refused: { by: ['parquet'], message: '--decimal: expected with text, got' },
  },
  encoding: {
    given: { encoding: 'latin1' },
    log: usual,
    refused: { by: ['parquet'], message: '--encoding: expected with text, got' },
    isLatin1: true,
  },
  maxBadRows: {
    given: { maxBadRows: 1, ratingColumn: 'broken' },
    log: 'añn mug 4, bob mug 2, cy tee 3 on 2 to 4',
  },
  minimumPerUser: { given: { minimumPerUser: 2 }, log: 'añn mug 5, añn cap 3 on 2 to 5' },
  minimumPerItem: { given: { minimumPerItem: 2 }, log: 'añn mug 5, bob mug 4 on 2 to 5' },
  itemsFile: { given: named, log: `${usual}; A mug: Kitchen, Gift` },
  titleColumn: { given: { ...named, categoryColumn: undefined }, log: `${usual}; A mug: ` },
  categoryColumn: { given: { ...named, titleColumn: undefined }, log: `${usual}; : Kitchen, Gift` },
};

/** What the command line would read of a file, in words. */
async function read(source: Readonly<Record<string, unknown>>): Promise<string> {
  const parsed = parseTrainOptions(source);
  const { dataset } = await logScenarioOf(parsed as LogRunOptions).load(parsed);
  const { log, users, items, titles, categories } = dataset;
  const ratings = users.ids.flatMap((user, index) =>
    Array.from(log.items.subarray(log.offsets[index], log.offsets[index + 1]), (item, place) => {
      const row = log.offsets[index]! + place;
      return `${user} ${items.idOf(item)} ${log.ratings[row]}`;
    }),
  );
  const text = `${ratings.join(', ')} on ${log.scale.min} to ${log.scale.max}`;
  if (titles.size + categories.size === 0) return text;
  return `${text}; ${[...titles.values()].join()}: ${[...categories.values()].flat().join(', ')}`;
}

/** The source of a case in a format, as both scenarios take it that read it. */
function sourcesOf(format: string, { isLatin1, hasNoHeader }: Case): Record<string, unknown>[] {
  const content = formats[format]!();
  const text =
    typeof content === 'string' && hasNoHeader ? content.slice(content.indexOf('\n') + 1) : content;
  const file = join(folder, `log.${format}`);
  writeFileSync(file, typeof text === 'string' ? Buffer.from(text, isLatin1 ? 'latin1' : 'utf8') : text);
  const asEvents = { dataset: 'events', data: file };
  return format === 'csv' || format === 'tsv' ? [asEvents, { dataset: 'csv', ratings: file }] : [asEvents];
}

test('each option that says how a log is read is here', () => {
  const { data, format, ...options } = events.options;
  expect([data, format]).not.toContain(undefined);
  expect(Object.keys(cases).sort()).toEqual(Object.keys(options).sort());
});

describe.each(Object.keys(formats))('beside %s', (format) => {
  test.each(Object.keys(cases))('%s is honoured or refused', async (option) => {
    const one = cases[option]!;
    const refused = one.refused?.by.includes(format) ? one.refused.message : undefined;
    for (const source of sourcesOf(format, one)) {
      const reading = read({ ...source, ...one.given });
      if (refused === undefined) expect(await reading).toBe(one.log);
      else await expect(reading).rejects.toThrow(refused);
      // Parquet takes its time; what the option changes is seen beside the others.
      if (refused !== undefined || format === 'parquet') continue;
      const without = { ...source, ...one.given, [option]: undefined };
      expect(await read(without).catch(() => 'refused')).not.toBe(one.log);
    }
  });

  test('format is honoured', async () => {
    const file = join(folder, 'log.of-something');
    writeFileSync(file, formats[format]!());
    const source = { dataset: 'events', data: file };
    const given = { format: format === 'json' ? 'ndjson' : format };
    expect(await read({ ...source, ...given })).toBe(usual);
    await expect(read(source)).rejects.toThrow(/with or without \.gz; give --format csv$/);
  });
});

test('--encoding is that of the items too, where ratings are Parquet', async () => {
  const file = join(folder, 'encoded.parquet');
  writeFileSync(file, formats['parquet']!());
  const itemsFile = join(folder, 'latin1-items.csv');
  writeFileSync(itemsFile, Buffer.from('item,name\nmug,Müg\n', 'latin1'));
  const given = { dataset: 'events', data: file, itemsFile, titleColumn: 'name' };
  await expect(read(given)).rejects.toThrow(/latin1-items\.csv.*--encoding/);
  expect(await read({ ...given, encoding: 'latin1' })).toBe(`${usual}; Müg: `);
});

test.each(['log.parquet', 'log.ndjson.gz', 'LOG.JSON'])('--dataset csv does not read %s', (file) => {
  expect(() => parseTrainOptions({ dataset: 'csv', ratings: file })).toThrow(
    '--ratings: expected a delimited file; --dataset events --data reads JSON and Parquet',
  );
});

test('options are spelled as the command line has them, also in the report', async () => {
  const file = join(folder, 'commas.csv');
  writeFileSync(file, 'user;item;rating\na;x;2,5\na;y;1\na;z;2\n');
  const parsed = parseTrainOptions({ dataset: 'csv', ratings: file, maxBadRows: 1 });
  const { lines } = await logScenarioOf(parsed as LogRunOptions).load(parsed);
  expect(lines.join('\n')).toContain('got "2,5"; give --decimal comma');
  writeFileSync(file, 'user;item;rating\na;x;3\na;y;3\n');
  await expect(read({ dataset: 'csv', ratings: file })).rejects.toThrow(
    'expected ratings that differ, got 3 in every row; give --scale 1,5',
  );
  await expect(read({ dataset: 'csv', ratings: file, scale: [5, 1] })).rejects.toThrow('--scale: expected');
});

test.each<[string, Record<string, unknown>]>([
  ['--pairs: expected without --event-column and --click-column', { pairs: true, clickColumn: 'x' }],
  ['--counts: expected with ratings only', { counts: 'log', clickColumn: 'x' }],
  ['--counts: expected without --scale', { counts: 'log', scale: [0, 5] }],
  ['--counts: expected without --zero-is-implicit', { counts: 'log', zeroIsImplicit: true }],
  ['--zero-is-implicit: expected with ratings only', { zeroIsImplicit: true, pairs: true }],
  ['--rating-column: expected without', { ratingColumn: 'x', pairs: true }],
  ['--scale: expected with ratings only', { scale: [0, 5], pairs: true }],
])('%s', (message, options) => {
  expect(() => parseTrainOptions({ dataset: 'csv', ratings: 'shop.csv', ...options })).toThrow(message);
});
