import { Random } from '@rl-recsys/random';
import { splitAtRandom } from '@rl-recsys/rating-log';
import { text, type ValuesOf } from '../../options/option.js';
import type { RunOptions } from '../../options/run-options.js';
import { gated } from '../../variants/gated/index.js';
import { paper } from '../../variants/paper/index.js';
import { residual } from '../../variants/residual/index.js';
import { described } from '../describe-log.js';
import type { LogScenario } from '../scenario.js';

const options = {
  data: text('<folder>', 'where the dataset is already (default: it is downloaded)'),
};

/** Jester's jokes, rated without times, so that any fifth of a user's ratings is held out. */
export const jester: LogScenario = {
  kind: 'log',
  names: ['jester'],
  givenBy: '--dataset jester',
  about: 'jokes and what people thought of them, downloaded',
  examples: ['--dataset jester'],
  options,
  reason: 'the files and columns of a known dataset are known',
  variants: [gated, residual, paper],
  async load({ data }: RunOptions & ValuesOf<typeof options>) {
    const { loadKnown } = await import('../known-dataset.js');
    return described(await loadKnown('jester', data));
  },
  holdOut: (log, seed) => splitAtRandom(log, { random: Random.fromSeed(seed).fork('held out') }),
};
