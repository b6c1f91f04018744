import { neededText, oneOfOrNone, type ValuesOf } from '../../options/option.js';
import type { RunOptions } from '../../options/run-options.js';
import { gated } from '../../variants/gated/index.js';
import { paper } from '../../variants/paper/index.js';
import { residual } from '../../variants/residual/index.js';
import { holdOutNewest } from '../hold-out.js';
import { loadLog } from '../load-log.js';
import { readingOptions, readingRules } from '../reading-options.js';
import type { LogScenario } from '../scenario.js';

const options = {
  data: neededText(
    '<path>',
    'a file, a glob in quotes or a folder of events',
    'expected the file, glob or folder of the events',
  ),
  format: oneOfOrNone(
    ['csv', 'tsv', 'ndjson', 'parquet'],
    'how its files are written (default: by their endings)',
  ),
  ...readingOptions,
};

/** Files of events, clicks or ratings. */
export const events: LogScenario = {
  kind: 'log',
  names: ['events'],
  givenBy: '--dataset events',
  about:
    'files of events, clicks or ratings: CSV, TSV, JSON (an object a line, or one array) and Parquet, gzipped or not',
  examples: [
    "--dataset events --data 'exports/*.ndjson.gz' --user-column who --item-column sku --time-column at " +
      '--event-column what --weights view=1,cart=3,purchase=5',
  ],
  options,
  rules: readingRules,
  reason: '--dataset events reads what --data names',
  variants: [gated, residual, paper],
  load({ data, format, ...given }: RunOptions & ValuesOf<typeof options>) {
    return loadLog(data, given, format);
  },
  holdOut: holdOutNewest,
};
