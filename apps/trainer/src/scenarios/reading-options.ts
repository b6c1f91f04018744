import { z } from 'zod';
import {
  oneOfOrNone,
  onOrOff,
  positiveInteger,
  readNumber,
  text,
  type Option,
  type ValuesOf,
} from '../options/option.js';
import { logColumns } from './log-columns.js';
import type { Rule } from './scenario.js';

/** How a log is read, wherever it lies: the same for one file of ratings and for a folder of events. */
export const readingOptions = {
  ...logColumns,
  counts: oneOfOrNone(
    ['log', 'median'],
    "ratings are counts, such as plays: their logarithms, or likes above a user's median",
  ),
  zeroIsImplicit: onOrOff(
    'a rating of 0 is none: it says that the user has met the item, and counts as a like',
  ),
  pairs: onOrOff('there are no ratings: each row is a user who likes an item'),
  eventColumn: text('<name>', 'the column of event names, which --weights turns into ratings'),
  weights: {
    argument: '<name=weight,…>',
    help: 'what each event is worth, such as view=1,cart=3,purchase=5',
    schema: z.record(z.string(), z.number().min(0)).optional(),
    read: readWeights,
  } satisfies Option<Record<string, number> | undefined>,
  clickColumn: text('<name>', 'the column of clicks, 0 or 1, in the place of ratings or events'),
  timeColumn: text(
    '<name>',
    'the column of times (default: timestamp if there is one, else the order of rows)',
  ),
  columns: {
    argument: '<name,…>',
    help: 'what all columns of files without a header line are called, such as user,item,rating,timestamp',
    schema: z.array(z.string().min(1)).min(1).optional(),
    read: (given) => given.split(',').map((name) => name.trim()),
  } satisfies Option<string[] | undefined>,
  decimal: oneOfOrNone(['point', 'comma'], 'what decimals are behind in files of text (default: point)'),
  encoding: oneOfOrNone(
    ['utf-8', 'latin1', 'windows-1252'],
    'how bytes stand for letters in files of text (default: utf-8)',
  ),
  maxBadRows: {
    argument: '<count>',
    help: 'rows that may be wrong before reading stops',
    schema: z.int().min(0).default(0),
    read: readNumber,
  } satisfies Option<number>,
  minimumPerUser: positiveInteger('users with fewer ratings are left out', 1),
  minimumPerItem: positiveInteger('items with fewer ratings are left out', 1),
  itemsFile: text('<file>', 'what items are called: a file with their ids in the item column'),
  titleColumn: text('<name>', 'its column of titles'),
  categoryColumn: text('<name>', 'its column of categories, separated by |'),
};

/** What {@link readingOptions} were given. */
export type ReadingValues = ValuesOf<typeof readingOptions>;

const has =
  (option: keyof ReadingValues) =>
  (values: Readonly<Record<string, unknown>>): boolean =>
    values[option] !== undefined && values[option] !== false;

/** What is read in the place of ratings, and what stands between the two options that would say so. */
const others = ['eventColumn', 'clickColumn', 'pairs'] as const;
const ofOthers = '--event-column, --click-column and --pairs';

/** An option that another leaves without anything to do is refused. */
const notBeside = (
  option: keyof ReadingValues,
  rivals: readonly (keyof ReadingValues)[],
  message: string,
): Rule => ({
  ...{ option, message },
  holds: (values) => !has(option)(values) || !rivals.some((rival) => has(rival)(values)),
});
const onlyWith = (option: keyof ReadingValues, needed: keyof ReadingValues, message: string): Rule => ({
  ...{ option, message },
  holds: (values) => !has(option)(values) || has(needed)(values),
});

export const readingRules: readonly Rule[] = [
  notBeside('eventColumn', ['clickColumn'], 'expected without --click-column, which takes its place'),
  notBeside('pairs', ['eventColumn', 'clickColumn'], 'expected without --event-column and --click-column'),
  notBeside('ratingColumn', others, `expected without ${ofOthers}, which take its place`),
  notBeside(
    'scale',
    others,
    'expected with ratings only: the scale of events and clicks goes from 0 to what they are worth',
  ),
  notBeside('counts', others, `expected with ratings only, without ${ofOthers}`),
  notBeside('zeroIsImplicit', others, `expected with ratings only, without ${ofOthers}`),
  notBeside('counts', ['scale'], 'expected without --scale, which follows from the counts'),
  notBeside('counts', ['zeroIsImplicit'], 'expected without --zero-is-implicit, for a count of 0 is one'),
  {
    option: 'weights',
    message: 'expected with --event-column, and only there, such as view=1,purchase=5',
    holds: (values) => has('eventColumn')(values) === has('weights')(values),
  },
  onlyWith('titleColumn', 'itemsFile', 'expected with --items-file, the file that it is a column of'),
  onlyWith('categoryColumn', 'itemsFile', 'expected with --items-file, the file that it is a column of'),
  {
    option: 'itemsFile',
    message: 'expected with --title-column or --category-column, or nothing is read of it',
    holds: (values) =>
      !has('itemsFile')(values) || has('titleColumn')(values) || has('categoryColumn')(values),
  },
];

function readWeights(given: string): Record<string, number> | undefined {
  const pairs = given.split(',').map((each) => each.split('='));
  const isPair = ([name, weight, ...more]: string[]) =>
    name && weight && more.length === 0 && Number.isFinite(Number(weight));
  if (!pairs.every(isPair) || new Set(pairs.map(([name]) => name)).size < pairs.length)
    throw new TypeError('Expected pairs of different names such as view=1,cart=3,purchase=5.');
  return Object.fromEntries(pairs.map(([name, weight]): [string, number] => [name!, Number(weight)]));
}
