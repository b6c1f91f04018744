import { Random } from '@rl-recsys/random';
import { gated } from '../../variants/gated/index.js';
import { paper } from '../../variants/paper/index.js';
import { residual } from '../../variants/residual/index.js';
import { described } from '../describe-log.js';
import { holdOutNewest } from '../hold-out.js';
import type { LogScenario } from '../scenario.js';

/** A log of stars about as large as MovieLens 100K, made from a few equations: a log to try things on, without a download. */
export const synthetic: LogScenario = {
  kind: 'log',
  names: ['synthetic'],
  givenBy: '--dataset synthetic',
  about: 'ratings like those of MovieLens 100K, made from a few equations; needs no data',
  examples: ['--dataset synthetic'],
  options: {},
  reason: 'ratings of synthetic are drawn from a few equations, and the seed makes them',
  variants: [gated, residual, paper],
  async load({ seed }) {
    const [{ syntheticRatingLog }, { IdMap }] = await Promise.all([
      import('@rl-recsys/simulators'),
      import('@rl-recsys/rating-log'),
    ]);
    const log = syntheticRatingLog({ random: Random.fromSeed(seed).fork('synthetic ratings') });
    const idsOf = (kind: string, count: number) =>
      new IdMap(Array.from({ length: count }, (_, index) => `${kind}-${index + 1}`));
    return described({
      ...{ name: 'synthetic', log, replaced: 0, titles: new Map(), categories: new Map() },
      users: idsOf('user', log.userCount),
      items: idsOf('item', log.itemCount),
    });
  },
  holdOut: holdOutNewest,
};
