import type { RatedHistory } from '@rl-recsys/embeddings/scores';
import { rowsOf, type Fingerprint, type RatingLog } from '@rl-recsys/rating-log';
import type { GatedPolicy } from './policy.js';

/** A policy for the users of a log, as `@rl-recsys/evaluation` judges them. */
export interface PastPolicy {
  readonly name: string;
  readonly fittedOn: readonly Fingerprint[];
  /** Writes to `scores[i]` how much `items[i]` should be shown. */
  score(
    observation: { readonly user: number; readonly history: Int32Array; readonly rewards: Float32Array },
    items: Int32Array,
    scores: Float32Array,
  ): void;
}

/**
 * Asks a policy of whole pasts with what the users of a log rated. A user's blocks are scored once for all steps that follow one
 * another.
 *
 * @param name - what tables and errors call it.
 * @param log - the training part; `observation.user` is its user.
 */
export function pastPolicy(name: string, policy: GatedPolicy, log: RatingLog): PastPolicy {
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
