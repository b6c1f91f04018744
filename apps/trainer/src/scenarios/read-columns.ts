import type { ReadLogOptions } from '@rl-recsys/datasets';
import { scaleOf } from './log-columns.js';
import type { ReadingValues } from './reading-options.js';

/** The options of the command line as `readLog` takes them. */
export function columnsOf(given: ReadingValues): ReadLogOptions {
  const { userColumn, itemColumn, timeColumn, maxBadRows, minimumPerUser, minimumPerItem } = given;
  const { columns, decimal, encoding } = given;
  return {
    ...{ user: userColumn, item: itemColumn, maxBadRows, minimumPerUser, minimumPerItem },
    ...feedbackOf(given),
    ...(timeColumn === undefined ? {} : { time: timeColumn }),
    ...(columns === undefined ? {} : { columns }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(encoding === undefined ? {} : { encoding }),
    ...itemsOf(given),
  };
}

function feedbackOf(given: ReadingValues): Partial<ReadLogOptions> {
  const { ratingColumn, eventColumn, weights, clickColumn, pairs, scale, counts, zeroIsImplicit } = given;
  if (eventColumn !== undefined) return { event: eventColumn, weights: weights! };
  if (clickColumn !== undefined) return { click: clickColumn };
  if (pairs) return { pairs };
  return {
    ...(ratingColumn === undefined ? {} : { rating: ratingColumn }),
    ...(counts === undefined ? {} : { counts }),
    ...(zeroIsImplicit ? { zeroIsImplicit } : {}),
    ...scaleOf(scale),
  };
}

function itemsOf({ itemsFile, itemColumn, titleColumn, categoryColumn }: ReadingValues) {
  if (itemsFile === undefined) return {};
  return {
    items: {
      ...{ source: itemsFile, id: itemColumn, separator: '|' },
      ...(titleColumn === undefined ? {} : { title: titleColumn }),
      ...(categoryColumn === undefined ? {} : { category: categoryColumn }),
    },
  };
}
