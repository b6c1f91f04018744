import { IdMap, kCore, type RatingLog, type RatingScale } from '@rl-recsys/rating-log';
import { BadRows } from './bad-rows.js';
import { listNames } from './cells.js';
import { DatasetError } from './dataset-error.js';
import type { Dataset } from './dataset.js';
import { clickFeedback, eventFeedback, numericFeedback, pairFeedback, type Feedback } from './feedback.js';
import { readItems } from './item-metadata.js';
import { LogCollector } from './log-collector.js';
import { assertEncodingRead, type LogFile } from './log-file.js';
import { logOfBlocks } from './log-of-blocks.js';
import type { LogReport } from './log-report.js';
import { assertNoCounts, withRatingsMeant } from './rating-meaning.js';
import { assertReadLogOptions, type ReadLogOptions } from './read-log-options.js';
import type { DelimitedOptions } from './text/delimited-cells.js';
import { assertTextOptions, type TextOptions } from './text/text-options.js';

/** A dataset, and what became of the rows that it was read from. */
export interface ReadDataset extends Dataset {
  readonly report: LogReport;
}

/** What a log is read from. */
export interface LogSources {
  /** In the order in which they are read; one at least. */
  readonly logFiles: readonly LogFile[];
  /** Of `options.items`. */
  readonly itemFiles?: readonly LogFile[] | undefined;
}

/** How rows are read, where asked for with plain numbers only. */
export type StrictLogOptions = ReadLogOptions & Pick<DelimitedOptions, 'plainNumbers'>;

/** @throws RangeError where options contradict each other or cannot be. */
export function assertLogOptions(options: ReadLogOptions): void {
  assertReadLogOptions(options);
  const { user, item, time } = options;
  const given = [user, item, options.rating ?? options.event ?? options.click, time];
  assertTextOptions(
    options,
    given.filter((name) => name !== undefined),
  );
}

/**
 * Reads a log from files that were found, wherever they lie.
 *
 * @throws DatasetError and RangeError as `readLog` does; the options were looked at before.
 */
export async function readLogFiles(
  { logFiles, itemFiles }: LogSources,
  options: StrictLogOptions,
): Promise<ReadDataset> {
  const { maxBadRows = 0 } = options;
  const ofItems = options.items?.encoding === undefined ? (itemFiles ?? []) : [];
  assertEncodingRead([...logFiles, ...ofItems], options.encoding);
  const columns = await columnsOf(logFiles[0]!, options);
  const { feedback, names } = columns;
  const badRows = new BadRows(maxBadRows);
  const has = { time: columns.time !== undefined, implicitZeros: options.zeroIsImplicit === true };
  const collector = new LogCollector(feedback, has, badRows);
  const files: Array<{ file: string; rows: number }> = [];
  for (const file of logFiles) {
    let rows = 0;
    await file.readCells(options, names, (cells) => {
      rows += 1;
      collector.add(file.path, cells);
    });
    files.push({ file: file.path, rows });
  }
  const read = collector.blocks.length;
  const { file } = files[0]!;
  if (read === 0) throw new DatasetError(`${file}: expected ratings, got none`);
  const all = sort(collector, feedback.scale ?? foundScale(collector, file, options), options);
  if (feedback.scale === undefined && options.counts === undefined) assertNoCounts(all.log, file);
  const { log, users, items } = takeCore(all, options);
  if (log.items.length === 0)
    throw new DatasetError(`${file}: expected ratings with enough of their user and item, got none`);
  const metadata =
    options.items && itemFiles
      ? await readItems(itemFiles, { ...encodingOf(options), ...options.items }, items, badRows)
      : { titles: new Map(), categories: new Map(), report: undefined };
  const { titles, categories } = metadata;
  return {
    ...{ name: nameOf(file), log, users, items, titles, categories },
    replaced: read - all.log.items.length,
    report: {
      files,
      badRows: { count: badRows.count, first: badRows.first },
      ...{ pairs: feedback.column === undefined, implicit: collector.implicit },
      weightless: collector.weightless,
      duplicates: read - all.log.items.length,
      tooFew: {
        users: all.users.length - users.size,
        items: all.items.length - items.size,
        ratings: all.log.items.length - log.items.length,
      },
      ...{ users: users.size, items: items.size, ratings: log.items.length },
      ...(metadata.report && { itemRows: metadata.report }),
    },
  };
}

/** That of a log is that of its items, where nothing else is said. */
function encodingOf({ encoding }: TextOptions): TextOptions {
  return encoding === undefined ? {} : { encoding };
}

/** What rows are read by. */
interface LogColumns {
  readonly feedback: Feedback;
  readonly time: string | undefined;
  /** All that are read, in the order that {@link LogCollector} takes them in. */
  readonly names: readonly string[];
}

/** The columns that are asked for, and for others those that the first file has. */
async function columnsOf(file: LogFile, options: ReadLogOptions): Promise<LogColumns> {
  const { user, item } = options;
  const asked = feedbackOf(options);
  const wanted = [user, item, ...(asked?.column === undefined ? [] : [asked.column])];
  const existing =
    asked === undefined || options.time === undefined ? await file.columnNames(options, wanted) : [];
  const time =
    options.time ?? ['timestamp'].find((name) => existing.includes(name) && !wanted.includes(name));
  const others = existing.filter((name) => ![user, item, time].includes(name));
  // The first object of JSON need not have all keys.
  const isWhole = file.format !== 'ndjson' && existing.includes(user) && existing.includes(item);
  const lacksRating = asked === undefined && isWhole && !existing.includes('rating');
  if (lacksRating && others.length > 0) refuseWithoutRating(file, existing, others);
  const feedback = asked ?? (lacksRating ? pairFeedback() : numericFeedback('rating', options));
  const names = [user, item, feedback.column, time].filter((name) => name !== undefined);
  return { feedback, time, names };
}

function refuseWithoutRating(file: LogFile, existing: readonly string[], others: readonly string[]): never {
  throw new DatasetError(`${file.path}: expected a column rating, got ${listNames(existing)}`, {
    advice: [
      { option: 'rating', value: others[0]! },
      { option: 'pairs', value: true },
    ],
  });
}

/** The feedback that options ask for; undefined where the columns that there are decide. */
function feedbackOf(options: ReadLogOptions): Feedback | undefined {
  const { rating, scale, counts, zeroIsImplicit, event, weights, click, pairs = false } = options;
  if (event !== undefined) return eventFeedback(event, weights!);
  if (click !== undefined) return clickFeedback(click);
  if (pairs) return pairFeedback();
  const isOfRatings = [rating, scale, counts, zeroIsImplicit].some((each) => each !== undefined);
  return isOfRatings ? numericFeedback(rating ?? 'rating', options) : undefined;
}

interface ReadLog {
  readonly log: RatingLog;
  readonly users: readonly string[];
  readonly items: readonly string[];
}

function sort({ users, items, blocks }: LogCollector, scale: RatingScale, options: ReadLogOptions): ReadLog {
  const { duplicates = options.event === undefined ? 'latest' : 'highest' } = options;
  const [userTexts, itemTexts] = [users.texts(), items.texts()];
  const sizes = { userCount: userTexts.length, itemCount: itemTexts.length };
  const log = withRatingsMeant(logOfBlocks(blocks, sizes, scale, duplicates), options);
  return { log, users: userTexts, items: itemTexts };
}

function takeCore(
  { log, users, items }: ReadLog,
  { minimumPerUser = 1, minimumPerItem = 1 }: ReadLogOptions,
): { log: RatingLog; users: IdMap; items: IdMap } {
  if (minimumPerUser === 1 && minimumPerItem === 1)
    return { log, users: new IdMap(users), items: new IdMap(items) };
  const core = kCore(log, { minimumPerUser, minimumPerItem });
  return {
    log: core.log,
    users: new IdMap(Array.from(core.users, (user) => users[user]!)),
    items: new IdMap(Array.from(core.items, (item) => items[item]!)),
  };
}

/** From the smallest to the largest rating, in which those lie as float32 too. */
function foundScale(
  { smallest, largest }: LogCollector,
  file: string,
  { counts }: ReadLogOptions,
): RatingScale {
  if (counts !== undefined) return { min: 0, max: Math.max(largest, 1) };
  if (Math.fround(smallest) < Math.fround(largest)) return { min: smallest, max: largest };
  const got = smallest === Infinity ? '0' : `${smallest}`;
  throw new DatasetError(`${file}: expected ratings that differ, got ${got} in every row`, {
    advice: [{ option: 'scale', value: { min: 1, max: 5 } }],
  });
}

/** The last part of a path up to its first point. */
function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1)!.split('.')[0]!;
}
