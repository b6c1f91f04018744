// Files of ratings, events and clicks, as nobody should write them, by any options: read as a sound log, or refused.
import { Buffer } from 'node:buffer';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { formatReport, readLog } from '@rl-recsys/datasets';
import fc from 'fast-check';
import { anything, changed, changes } from '../mutation.mjs';
import { orRefusal } from '../ours.mjs';

const folder = mkdtempSync(join(tmpdir(), 'fuzz-logs-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const cell = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('1', '2', '3.5', 'a', 'b', '5', '0') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        '',
        '"',
        '""',
        '"a"',
        '"a""b"',
        'a"b',
        '"a\nb"',
        ' ',
        '\t',
        ',',
        ';',
        '|',
        '::',
        '\\',
        '\u0000',
        '\ufeff',
        'Ren\u00e9',
      ],
      ...[
        'NaN',
        '-0',
        '1e400',
        '1,5',
        '-1',
        '0x10',
        '2020-01-01',
        '2020-01-01 10:00:00 UTC',
        'Tue, 01 Jan 2020 00:00:00 GMT',
      ],
      ...['null', '{}', '[', 'view', 'cart', '9'.repeat(30), '__proto__'],
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
);
const header = fc.oneof(
  { weight: 6, arbitrary: fc.constant(['user', 'item', 'rating', 'timestamp']) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(['user', 'item'], ['user', 'item', 'event'], ['item', 'user', 'click', 'at']),
  },
  { weight: 1, arbitrary: fc.array(cell, { maxLength: 5 }) },
);
const table = fc.record({
  header,
  rows: fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { maxLength: 8 }),
  separator: fc.constantFrom(',', ',', ';', '\t', '|', '::', ' '),
  end: fc.constantFrom('\n', '\r\n', '\r', '\n\n'),
  first: fc.constantFrom('', '', '', '\ufeff', 'sep=;\n', '\n'),
});

/** The same rows in each way to write them. */
const writers = {
  csv: ({ header, rows, separator, end, first }) =>
    first + [header, ...rows].map((row) => row.join(separator)).join(end),
  tsv: ({ header, rows, end, first }) => first + [header, ...rows].map((row) => row.join('\t')).join(end),
  ndjson: ({ header, rows, end }) => rows.map((row) => JSON.stringify(recordOf(header, row))).join(end),
  json: ({ header, rows }) => JSON.stringify(rows.map((row) => recordOf(header, row))),
};

function recordOf(header, row) {
  return Object.fromEntries(
    header.map((name, place) => [name, isNaN(row[place]) ? row[place] : Number(row[place])]),
  );
}

const maybe = (arbitrary) => fc.option(arbitrary, { nil: undefined, freq: 3 });
const options = fc
  .record({
    rating: maybe(fc.constantFrom('rating', 'stars')),
    time: maybe(fc.constantFrom('timestamp', 'at')),
    event: maybe(fc.constant('event')),
    weights: maybe(fc.constantFrom({ view: 1, cart: 3 }, { view: 0 }, {})),
    click: maybe(fc.constant('click')),
    pairs: maybe(fc.boolean()),
    scale: maybe(fc.record({ min: anything, max: anything })),
    counts: maybe(fc.constantFrom('log', 'median', 'sum')),
    zeroIsImplicit: maybe(fc.boolean()),
    duplicates: maybe(fc.constantFrom('latest', 'first', 'highest', 'last')),
    maxBadRows: maybe(fc.constantFrom(0, 1, Infinity, -1)),
    minimumPerUser: maybe(fc.constantFrom(1, 2, 0, 99)),
    minimumPerItem: maybe(fc.constantFrom(1, 2)),
    encoding: maybe(fc.constantFrom('utf-8', 'latin1', 'windows-1252', 'utf-16')),
    delimiter: maybe(fc.constantFrom(',', ';', '::', ' ', '"', '')),
    columns: maybe(fc.constantFrom(['user', 'item', 'rating'], ['user', 'item'], ['user'])),
    quotes: maybe(fc.boolean()),
    decimal: maybe(fc.constantFrom('point', 'comma')),
  })
  .chain((all) =>
    fc
      .subarray(
        Object.keys(all).filter((name) => all[name] !== undefined),
        { maxLength: 3 },
      )
      .map((names) => pick(all, names)),
  );

const pick = (all, names) => Object.fromEntries(names.map((name) => [name, all[name]]));

/** @throws Error where a log is not one: its sizes, indices, order or scale do not hold. */
function assertSound({ log, users, items, report }) {
  formatReport(report);
  const fail = (what) => {
    throw new Error(`the log is not sound: ${what}`);
  };
  if (users.size !== log.userCount || items.size !== log.itemCount) fail('ids');
  if (log.offsets.length !== log.userCount + 1 || log.offsets.at(-1) !== log.items.length) fail('offsets');
  if (!log.items.every((item) => item >= 0 && item < log.itemCount)) fail('items');
  if (!log.ratings.every((rating) => rating >= log.scale.min && rating <= log.scale.max)) fail('ratings');
  if (!log.timestamps.every(Number.isFinite)) fail('times');
  if (log.ratings.length === 0 || !(log.scale.min < log.scale.max)) fail('scale');
  for (let user = 0; user < log.userCount; user++) {
    const own = [...log.items.subarray(log.offsets[user], log.offsets[user + 1])];
    if (own.length === 0 || new Set(own).size < own.length) fail('rows of a user');
  }
}

async function readBytes(bytes, format, given, isGzipped) {
  const file = join(folder, `log.${format}${isGzipped ? '.gz' : ''}`);
  writeFileSync(file, isGzipped ? gzipSync(bytes) : bytes);
  const dataset = await orRefusal(() => readLog(file, { user: 'user', item: 'item', ...given }));
  if (dataset) assertSound(dataset);
}

export const properties = {
  ...Object.fromEntries(
    Object.entries(writers).map(([format, write]) => [
      format,
      fc.asyncProperty(table, options, fc.boolean(), (rows, given, isGzipped) =>
        readBytes(Buffer.from(write(rows)), format, given, isGzipped),
      ),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(writers).map(([format, write]) => [
      `${format}, with bytes that have changed`,
      fc.asyncProperty(table, options, changes, (rows, given, list) =>
        readBytes(changed(Buffer.from(write(rows)), list), format, given, false),
      ),
    ]),
  ),
  'gzip that has changed': fc.asyncProperty(table, changes, async (rows, list) => {
    const file = join(folder, 'changed.csv.gz');
    writeFileSync(file, changed(gzipSync(Buffer.from(writers.csv(rows))), list));
    const dataset = await orRefusal(() => readLog(file, { user: 'user', item: 'item' }));
    if (dataset) assertSound(dataset);
  }),
};
