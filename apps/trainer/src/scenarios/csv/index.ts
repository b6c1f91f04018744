import { neededText, type ValuesOf } from '../../options/option.js';
import type { RunOptions } from '../../options/run-options.js';
import { gated } from '../../variants/gated/index.js';
import { paper } from '../../variants/paper/index.js';
import { residual } from '../../variants/residual/index.js';
import { holdOutNewest } from '../hold-out.js';
import { loadLog } from '../load-log.js';
import { readingOptions, readingRules } from '../reading-options.js';
import type { LogScenario } from '../scenario.js';

const options = {
  ratings: neededText(
    '<file>',
    'the delimited file of ratings, events or clicks',
    'expected with --dataset csv: the delimited file of ratings, events or clicks',
  ),
  ...readingOptions,
};

/** One delimited file of ratings, events or clicks. */
export const csv: LogScenario = {
  kind: 'log',
  names: ['csv'],
  givenBy: '--dataset csv',
  about: 'a delimited file of ratings, events or clicks, gzipped or not, whatever its name ends in',
  examples: ['--dataset csv --ratings ratings.csv --user-column customer --item-column product'],
  options,
  rules: [
    ...readingRules,
    {
      option: 'ratings',
      message: 'expected a delimited file; --dataset events --data reads JSON and Parquet',
      holds: ({ ratings }) => !/\.(ndjson|jsonl?|parquet)(\.gz)?$/i.test(String(ratings)),
    },
  ],
  reason: '--dataset csv reads the file that --ratings names',
  variants: [gated, residual, paper],
  load({ ratings, ...given }: RunOptions & ValuesOf<typeof options>) {
    return loadLog(ratings, given, 'csv');
  },
  holdOut: holdOutNewest,
};
