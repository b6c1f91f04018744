import type { Interval } from '@rl-recsys/evaluation';

/**
 * What a policy of the table is there for: what the run trained, one of the blocks that it is made of, a fixed mix of
 * them, a strong model that it is not made of, what else must be beaten, or the limit that nothing can pass.
 */
export type PolicyRole = 'trained' | 'block' | 'mix' | 'strong' | 'baseline' | 'oracle';

/** What a run saves of how well its policies do, and of what they were compared by. */
export interface Table {
  /** Of the whole catalogue without what users rated in training, as `recommend` ranks it: the main table. */
  readonly fullRanking: Protocol;
  /** Of what each user held out. */
  readonly reranking: Protocol;
  /** In the order to show. */
  readonly rows: readonly TableRow[];
  /** What was trained less what it must beat. */
  readonly differences: readonly Difference[];
  /** What was trained beside the best of all others: first what its sessions earn, where there are any. */
  readonly verdicts: readonly Verdict[];
  /** Sentences on what does better than what was trained; none where nothing does. */
  readonly advice: readonly string[];
}

/** How users were judged by a protocol. */
export interface Protocol {
  /** K, how many items are looked at. */
  readonly cutoff: number;
  /** How many users held out ratings. */
  readonly users: number;
  /** How many of them precision is over. */
  readonly precisionUsers: number;
  /** How many of them NDCG is over. */
  readonly ndcgUsers: number;
}

/** One policy. Means over users are null where nobody counts. */
export interface TableRow {
  readonly policy: string;
  readonly role: PolicyRole;
  readonly fullRanking: Readonly<Record<'precision' | 'ndcg' | 'recall' | 'hitRate', number | null>>;
  readonly reranking: Readonly<Record<'precision' | 'ndcg', number | null>>;
  /** Means over users of the expected sum of rewards and of items shown, where there are users to play with. */
  readonly session?: { readonly reward: number; readonly length: number };
}

/** A column of the rows for which differences are measured. */
export type Measured =
  | { readonly of: 'fullRanking' | 'reranking'; readonly measure: 'precision' | 'ndcg' }
  | { readonly of: 'session'; readonly measure: 'reward' };

/** How much more or less what was trained has of a measure than another policy, user by user. */
export type Difference = Measured & {
  /** The other policy. Of blocks and strong models it is the best, chosen by the very figures that it is judged by. */
  readonly policy: string;
  readonly role: PolicyRole;
  readonly difference: Interval;
};

/** What was trained beside the best of all other policies that could be used, by one measure. */
export type Verdict = Measured & {
  /** That other policy, chosen by the very figures that it is judged by, which is in its favour. */
  readonly policy: string;
  /** Means over users. */
  readonly own: number;
  readonly other: number;
  readonly difference: Interval;
};
