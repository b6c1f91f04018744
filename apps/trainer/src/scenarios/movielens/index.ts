import type { KnownDatasetName } from '@rl-recsys/datasets';
import { text, type ValuesOf } from '../../options/option.js';
import type { RunOptions } from '../../options/run-options.js';
import { gated } from '../../variants/gated/index.js';
import { paper } from '../../variants/paper/index.js';
import { residual } from '../../variants/residual/index.js';
import { described } from '../describe-log.js';
import { holdOutNewest } from '../hold-out.js';
import type { LogScenario } from '../scenario.js';

type Name = Extract<KnownDatasetName, `ml-${string}`>;

// Its keys are checked against the package's names: loading that for its names takes longer than a typing error should.
const names = Object.keys({
  'ml-100k': true,
  'ml-1m': true,
  'ml-10m': true,
  'ml-20m': true,
  'ml-25m': true,
  'ml-32m': true,
  'ml-latest-small': true,
} satisfies Record<Name, true>) as [Name, ...Name[]];

const options = {
  data: text('<folder>', 'where the dataset is already (default: it is downloaded)'),
};

/** MovieLens, the films that people rated, in all its sizes. */
export const movielens: LogScenario = {
  kind: 'log',
  names,
  givenBy: '--dataset ml-…',
  about: 'MovieLens, downloaded from GroupLens',
  examples: ['--dataset ml-100k', '--dataset ml-1m --data DIR --variant paper'],
  options,
  reason: 'the files and columns of a known dataset are known',
  variants: [gated, residual, paper],
  async load({ scenario, data }: RunOptions & ValuesOf<typeof options>) {
    const { loadKnown } = await import('../known-dataset.js');
    return described(await loadKnown(scenario as Name, data));
  },
  holdOut: holdOutNewest,
};
