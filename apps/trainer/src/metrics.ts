/** One line of `metrics.jsonl`: how training stands after `step` environment steps. */
export interface TrainingMetrics {
  /** Environment steps so far. */
  readonly step: number;
  /** Sessions begun so far. */
  readonly session: number;
  /** Mean reward of a step since the last line, in [−1, 1]. */
  readonly reward: number;
  /** Mean importance-weighted squared TD error since the last line; null before learning began. */
  readonly criticLoss: number | null;
  /** Mean of −Q(s, π(s)) since the last line; null before learning began. */
  readonly actorLoss: number | null;
  /** Share of random actions now. */
  readonly epsilon: number;
  /** Seconds since training began. */
  readonly seconds: number;
}

/** One line of the table: how well a policy ranks what users rated later, and what its sessions are worth. */
export interface TableRow {
  readonly policy: string;
  /** Mean over users, by cutoff K; null where no user has K held-out items. */
  readonly precision: Readonly<Record<number, number | null>>;
  readonly ndcg: Readonly<Record<number, number | null>>;
  /** Means over users of the expected sum of rewards and of items shown, where there are users to play with. */
  readonly session?: { readonly reward: number; readonly length: number };
}
