import { parse } from 'node:path';
import { IdMap, kCore, type RatingLog, type RatingScale } from '@rl-recsys/rating-log';
import { BadRows } from './bad-rows.js';
import { DatasetError } from './dataset-error.js';
import type { Dataset } from './dataset.js';
import { clickFeedback, eventFeedback, numericFeedback, type Feedback } from './feedback.js';
import { findItemFiles, readItems, type ItemSource } from './item-metadata.js';
import { LogCollector } from './log-collector.js';
import { findLogFiles, readCells, readColumnNames, type FileOptions, type LogFile } from './log-files.js';
import { logOfBlocks, type Duplicates } from './log-of-blocks.js';
import type { LogReport } from './log-report.js';
import type { DelimitedOptions } from './text/delimited-cells.js';
import { assertTextOptions } from './text/text-options.js';

/** Columns by name, and what cannot be seen from the files. Exactly one of rating, event and click is given. */
export interface ReadLogOptions extends FileOptions {
  /** The column of the users' ids. */
  readonly user: string;
  /** The column of the items' ids. */
  readonly item: string;
  /**
   * The column of the times: numbers of any unit that grows with time, ISO 8601 or RFC 2822 dates (UTC where they name no
   * zone), or a column of times (default: `timestamp` if the first file has such a column; if not, rows are in the
   * order of time).
   */
  readonly time?: string;
  /** The column of ratings. */
  readonly rating?: string;
  /** What somebody can rate (default: the smallest to the largest rating of the files). */
  readonly scale?: RatingScale;
  /** The column of event names, of which `weights` makes ratings. */
  readonly event?: string;
  /**
   * What each event is worth, from 0, such as `{ view: 1, cart: 3, purchase: 5 }`. Events of weight 0 are dropped,
   * those without a weight are bad rows. The scale goes from 0, nothing happened, to the largest weight.
   */
  readonly weights?: Readonly<Record<string, number>>;
  /** The column of clicks: 0 or 1, or false or true. */
  readonly click?: string;
  /** Which of several rows of a user and an item stays (default: `highest` of events, else `latest`). */
  readonly duplicates?: Duplicates;
  /** Users with fewer ratings are dropped, and items likewise, until none is left to drop (default 1). */
  readonly minimumPerUser?: number;
  readonly minimumPerItem?: number;
  /** Titles and categories of items. */
  readonly items?: ItemSource;
  /** How many rows, those of `items` included, may be bad before reading fails (default 0). */
  readonly maxBadRows?: number;
}

/** A dataset, and what became of the rows that it was read from. */
export interface ReadDataset extends Dataset {
  readonly report: LogReport;
}

/**
 * Reads a log of ratings, events or clicks: CSV with a header, TSV, NDJSON or Parquet, gzipped or not.
 *
 * Rows are read one after the other and kept as 20 bytes each, so that files may be larger than memory. Ids are
 * opaque texts; they get indices in the order in which they first appear.
 *
 * @param source - a file, a folder, a pattern such as `logs/*.csv.gz`, or a list of these.
 * @throws DatasetError where a file cannot be read or lacks a column, more rows are bad than allowed (it names
 * the file and the line of the first that is too many), or no row is left.
 * @throws RangeError where the options contradict each other.
 */
export async function readLog(
  source: string | readonly string[],
  options: ReadLogOptions,
): Promise<ReadDataset> {
  return readStrictLog(source, options);
}

/** Reads a log, and where it is asked for with plain numbers only. */
export async function readStrictLog(
  source: string | readonly string[],
  options: ReadLogOptions & Pick<DelimitedOptions, 'plainNumbers'>,
): Promise<ReadDataset> {
  const feedback = feedbackOf(options);
  const { user, item, maxBadRows = 0 } = options;
  const { duplicates = options.event === undefined ? 'latest' : 'highest' } = options;
  assertRules(maxBadRows, duplicates);
  const wanted = [user, item, feedback.column];
  assertTextOptions(options, options.time === undefined ? wanted : [...wanted, options.time]);
  const logFiles = await findLogFiles(source, options);
  const itemFiles = options.items && (await findItemFiles(options.items));
  const time = options.time ?? (await foundTime(logFiles[0]!, options, wanted));
  const names = time === undefined ? wanted : [...wanted, time];
  const badRows = new BadRows(maxBadRows);
  const collector = new LogCollector(feedback, time !== undefined, badRows);
  const files: Array<{ file: string; rows: number }> = [];
  for (const file of logFiles) {
    let rows = 0;
    await readCells(file, options, names, (cells) => {
      rows += 1;
      collector.add(file.path, cells);
    });
    files.push({ file: file.path, rows });
  }
  const read = collector.blocks.length;
  if (read === 0) throw new DatasetError(`${files[0]!.file}: expected ratings, got none`);
  const all = sort(collector, feedback.scale ?? foundScale(collector, files[0]!.file), duplicates);
  const { log, users, items } = takeCore(all, options);
  if (log.items.length === 0) {
    throw new DatasetError(
      `${files[0]!.file}: expected ratings with enough of their user and item, got none`,
    );
  }
  const metadata =
    options.items && itemFiles
      ? await readItems(itemFiles, options.items, items, badRows)
      : { titles: new Map(), categories: new Map() };
  return {
    ...{ name: parse(files[0]!.file).name.split('.')[0]!, log, users, items, ...metadata },
    replaced: read - all.log.items.length,
    report: {
      files,
      badRows: { count: badRows.count, first: badRows.first },
      weightless: collector.weightless,
      duplicates: read - all.log.items.length,
      tooFew: {
        users: all.users.length - users.size,
        items: all.items.length - items.size,
        ratings: all.log.items.length - log.items.length,
      },
      ...{ users: users.size, items: items.size, ratings: log.items.length },
    },
  };
}

async function foundTime(
  file: LogFile,
  options: ReadLogOptions,
  wanted: readonly string[],
): Promise<string | undefined> {
  const name = 'timestamp';
  if (wanted.includes(name)) return undefined;
  return (await readColumnNames(file, options, wanted)).includes(name) ? name : undefined;
}

interface ReadLog {
  readonly log: RatingLog;
  readonly users: readonly string[];
  readonly items: readonly string[];
}

function sort({ users, items, blocks }: LogCollector, scale: RatingScale, duplicates: Duplicates): ReadLog {
  const [userTexts, itemTexts] = [users.texts(), items.texts()];
  const sizes = { userCount: userTexts.length, itemCount: itemTexts.length };
  return { log: logOfBlocks(blocks, sizes, scale, duplicates), users: userTexts, items: itemTexts };
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

function assertRules(maxBadRows: number, duplicates: string): void {
  if (!(maxBadRows >= 0 && (maxBadRows === Infinity || Number.isSafeInteger(maxBadRows)))) {
    throw new RangeError(`maxBadRows: expected an integer from 0, got ${maxBadRows}`);
  }
  if (!['latest', 'first', 'highest'].includes(duplicates)) {
    throw new RangeError(`duplicates: expected latest, first or highest, got ${duplicates}`);
  }
}

function feedbackOf({ rating, scale, event, weights, click }: ReadLogOptions): Feedback {
  const given = [rating, event, click].filter((column) => column !== undefined);
  if (given.length !== 1) {
    throw new RangeError(`options: expected one of rating, event and click, got ${given.length}`);
  }
  if ((event === undefined) !== (weights === undefined)) {
    throw new RangeError('weights: expected with event, and only there');
  }
  if (
    scale !== undefined &&
    (rating === undefined || !(scale.min < scale.max && Number.isFinite(scale.max - scale.min)))
  ) {
    throw new RangeError(
      `scale: expected with rating, min below max, both finite, got ${scale.min} to ${scale.max}`,
    );
  }
  if (rating !== undefined) return numericFeedback(rating, scale);
  if (click !== undefined) return clickFeedback(click);
  const worth = Object.values(weights!);
  if (
    !worth.every((weight) => Number.isFinite(weight) && weight >= 0) ||
    !worth.some((weight) => weight > 0)
  ) {
    throw new RangeError(`weights: expected numbers from 0, one above it, got ${JSON.stringify(weights)}`);
  }
  return eventFeedback(event!, weights!);
}

function foundScale({ smallest, largest }: LogCollector, file: string): RatingScale {
  if (smallest < largest) return { min: smallest, max: largest };
  throw new DatasetError(
    `${file}: expected ratings that differ, got ${smallest} in every row; give the scale, such as { min: 1, max: 5 }`,
  );
}
