/**
 * What may be shown: `catalogue`, all or most of it, or `few`, items that somebody chose for this user already, such as
 * those that the user is known to rate. What ranks the one well ranks the other badly, so the state says which it is.
 */
export type CandidateKind = 'catalogue' | 'few';

/** In the order in which states have them. */
export const CANDIDATE_KINDS: readonly CandidateKind[] = ['catalogue', 'few'];

/** `few` where fewer than half of what a user has not rated may be shown. */
export function kindOfCandidates(count: number, unratedCount: number): CandidateKind {
  return 2 * count < unratedCount ? 'few' : 'catalogue';
}
