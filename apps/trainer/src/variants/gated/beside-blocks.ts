import { GatedPolicy, pastPolicy } from '@rl-recsys/drr';
import { historyScorer } from '@rl-recsys/embeddings/scores';
import { historyPolicy } from '@rl-recsys/evaluation';
import type { RatingLog } from '@rl-recsys/rating-log';
import type { Compared } from '../variant.js';

/**
 * A trained policy beside its blocks, alone and in the static mix that it started at.
 *
 * @param log - what users had rated when they are asked for: the training part.
 */
export function besideBlocks(policy: GatedPolicy, log: RatingLog): Compared {
  const { saved } = policy;
  const [first, ...more] = saved.scorers
    .filter(({ kind }) => kind !== 'popularity') // which every table has
    .map((scorer) => historyPolicy(scorer.name, historyScorer(scorer), log));
  const untrained = new GatedPolicy({ ...saved, trust: { catalogue: 0, few: 0 } }, policy.encoder);
  return {
    policy: pastPolicy('DRR', policy, log),
    blocks: [first!, ...more],
    staticMix: pastPolicy('static mix', untrained, log),
    start: 'static mix',
  };
}
