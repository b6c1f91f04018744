/**
 * What a policy of the table is there for: what the run trained, what differences are measured from, what else must be
 * beaten, or the limit that nothing can pass.
 */
export type PolicyRole = 'trained' | 'reference' | 'baseline' | 'oracle';

/** One line of the table: how well a policy ranks what users rated later, and what its sessions are worth. */
export interface TableRow {
  readonly policy: string;
  readonly role: PolicyRole;
  /** Mean over users, by cutoff K; null where no user has K held-out items. */
  readonly precision: Readonly<Record<number, number | null>>;
  readonly ndcg: Readonly<Record<number, number | null>>;
  /** Means over users of the expected sum of rewards and of items shown, where there are users to play with. */
  readonly session?: { readonly reward: number; readonly length: number };
}
