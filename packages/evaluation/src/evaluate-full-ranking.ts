import { rankCatalogue } from './catalogue-ranking.js';
import { checkUnseen } from './leak.js';
import { checkCutoffs, measureRankings, USUAL_CUTOFFS } from './measure-rankings.js';
import { coverageOf, exposureOf, giniOf } from './metrics/exposure.js';
import { noveltyOf, selfInformationOf } from './metrics/novelty.js';
import type { Policy } from './policy.js';
import type { RankingProtocol } from './ranked-list.js';
import type { RankingResult } from './ranking-result.js';
import { meanOf } from './statistics/mean.js';

/** How well a policy ranked the whole catalogue, and what of it the users got to see. */
export interface FullRankingResult extends RankingResult {
  /** In the order of the cutoffs. */
  readonly exposure: readonly ExposureSummary[];
}

/** Which items the first K places of all lists have. */
export interface ExposureSummary {
  readonly cutoff: number;
  /** The share of all items that are in any list. */
  readonly coverage: number;
  /** The Gini coefficient over all items, 0 where all are shown equally often. */
  readonly gini: number;
  /** The mean over users of the mean self-information of their list, in bits. */
  readonly novelty: number;
}

/**
 * Measures a policy on the full ranking that {@link rankCatalogue} produces.
 *
 * Only users who liked a held-out item count, for every measure; the result says how many did not.
 *
 * @param cutoffs - the Ks (default 5, 10 and 20).
 * @throws RangeError where `cutoffs` is empty or holds anything but positive integers, and where
 * {@link rankCatalogue} does.
 */
export function evaluateFullRanking(
  policy: Policy,
  { cutoffs = USUAL_CUTOFFS, ...protocol }: RankingProtocol & { readonly cutoffs?: readonly number[] },
): FullRankingResult {
  checkCutoffs(cutoffs);
  const { train, test, allowSeen } = protocol;
  const lists = rankCatalogue(policy, { ...protocol, depth: Math.max(...cutoffs) });
  // Where it isn't allowed, rankCatalogue has refused whatever was seen.
  const seen = allowSeen ? checkUnseen(policy, test, protocol) : 0;
  const selfInformation = selfInformationOf(train);
  const exposure = cutoffs.map((cutoff) => {
    const shown = lists.map(({ items }) => items.subarray(0, cutoff));
    const counts = exposureOf(shown, train.itemCount);
    return {
      cutoff,
      coverage: coverageOf(counts),
      gini: giniOf(counts),
      novelty: meanOf(shown.map((items) => noveltyOf(items, selfInformation))),
    };
  });
  return { policy: policy.name, seen, ...measureRankings(lists, cutoffs, test.userCount), exposure };
}
