import type { GatedPolicy } from '@rl-recsys/drr';
import { GatedPolicy as Gated } from '@rl-recsys/drr/gated/policy';
import { historyScorer, type RatedHistory } from '@rl-recsys/embeddings/scores';
import { historyPolicy, type Policy } from '@rl-recsys/evaluation';
import { rowsOf, type RatingLog } from '@rl-recsys/rating-log';
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
  const untrained = new Gated({ ...saved, trust: { catalogue: 0, few: 0 } }, policy.encoder);
  return {
    policy: ofPasts('DRR', policy, log),
    blocks: [first!, ...more],
    staticMix: ofPasts('static mix', untrained, log),
  };
}

/** Asks a policy of whole pasts with what the users of a log rated; a user's blocks are scored once for all steps. */
function ofPasts(name: string, policy: GatedPolicy, log: RatingLog): Policy {
  let last: { readonly user: number; readonly past: RatedHistory; readonly blocks: Float32Array } | undefined;
  const pastOf = (user: number) => {
    const { start, end } = rowsOf(log, user);
    const past = { items: log.items.slice(start, end), ratings: log.ratings.slice(start, end) };
    return { user, past, blocks: policy.blockScores(past) };
  };
  return {
    name,
    fittedOn: policy.fittedOn,
    score({ user, history, rewards }, items, scores) {
      if (last?.user !== user) last = pastOf(user);
      policy.score({ ...last.past, history, rewards }, items, scores, last.blocks);
    },
  };
}
