import { z } from 'zod';
import {
  oneOfOrNone,
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
  encoding: oneOfOrNone(['utf-8', 'latin1'], 'how bytes stand for letters in files of text (default: utf-8)'),
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

type Has = (values: Readonly<Record<string, unknown>>) => boolean;
const has =
  (option: keyof ReadingValues): Has =>
  (values) =>
    values[option] !== undefined;
const only = (option: keyof ReadingValues, message: string, others: Has): Rule => ({
  ...{ option, message },
  holds: (values) => values[option] === undefined || others(values),
});

/** An option that another leaves without anything to do is refused. */
export const readingRules: readonly Rule[] = [
  only(
    'eventColumn',
    'expected without --click-column, which takes its place',
    (values) => !has('clickColumn')(values),
  ),
  only(
    'ratingColumn',
    'expected without --event-column and --click-column, which take its place',
    (values) => !has('eventColumn')(values) && !has('clickColumn')(values),
  ),
  only(
    'scale',
    'expected with ratings only: the scale of events and clicks goes from 0 to what they are worth',
    (values) => !has('eventColumn')(values) && !has('clickColumn')(values),
  ),
  {
    option: 'weights',
    message: 'expected with --event-column, and only there, such as view=1,purchase=5',
    holds: (values) => has('eventColumn')(values) === has('weights')(values),
  },
  only('titleColumn', 'expected with --items-file, the file that it is a column of', has('itemsFile')),
  only('categoryColumn', 'expected with --items-file, the file that it is a column of', has('itemsFile')),
  only(
    'itemsFile',
    'expected with --title-column or --category-column, or nothing is read of it',
    (values) => has('titleColumn')(values) || has('categoryColumn')(values),
  ),
];

function readWeights(given: string): Record<string, number> | undefined {
  const pairs = given.split(',').map((each) => each.split('='));
  const isPair = ([name, weight, ...more]: string[]) =>
    name && weight && more.length === 0 && Number.isFinite(Number(weight));
  if (!pairs.every(isPair) || new Set(pairs.map(([name]) => name)).size < pairs.length)
    throw new TypeError('Expected pairs of different names such as view=1,cart=3,purchase=5.');
  return Object.fromEntries(pairs.map(([name, weight]): [string, number] => [name!, Number(weight)]));
}
