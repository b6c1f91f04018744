import {
  averageOf,
  differencesTo,
  diversityOf,
  evaluateFullRanking,
  evaluateReranking,
  intervalsOf,
  jaccardSimilarity,
  rankCatalogue,
  type CutoffIntervals,
  type FullRankingResult,
  type Policy,
  type RankedList,
  type RankingResult,
} from '@rl-recsys/evaluation';
import type { Random } from '@rl-recsys/random';
import type { LoadedSplit } from './load-split.js';
import type { CutoffDifference, CutoffMeasured, PolicyMeasured } from './measured.js';

const CUTOFFS = [5, 10, 20];

/** How a policy ranks by both protocols, with each user's scores. */
export interface Ranked {
  readonly policy: string;
  readonly reranking: RankingResult;
  readonly full: FullRankingResult;
  /** In the order of the cutoffs; missing where items have no categories. */
  readonly diversity?: readonly number[];
}

/** Lets a policy re-rank what each user held out, and rank the whole catalogue. */
export function rank(policy: Policy, { split, dataset, historySize }: LoadedSplit): Ranked {
  const protocol = { ...split, historySize };
  const lists = rankCatalogue(policy, { ...protocol, depth: Math.max(...CUTOFFS) });
  const diversity = diversityOfLists(lists, dataset);
  return {
    policy: policy.name,
    reranking: evaluateReranking(policy, { ...protocol, cutoffs: CUTOFFS }),
    full: evaluateFullRanking(recordedPolicy(policy, lists), { ...protocol, cutoffs: CUTOFFS }),
    ...(diversity ? { diversity } : {}),
  };
}

/** The mean of several draws of a policy; what it shows of the catalogue is the first draw's. */
export function rankSeveral(name: string, draws: readonly Policy[], loaded: LoadedSplit): Ranked {
  const ranked = draws.map((policy) => rank(policy, loaded));
  const [first] = ranked;
  if (!first) throw new RangeError('draws: expected at least one, got none');
  const [rerankings, fulls] = [ranked.map(({ reranking }) => reranking), ranked.map(({ full }) => full)];
  return {
    ...first,
    policy: name,
    reranking: averageOf(name, rerankings),
    full: { ...averageOf(name, fulls), exposure: first.full.exposure },
  };
}

/** Ranks the catalogue as in the lists: scoring all of it is what takes the time, so that it is done once. */
function recordedPolicy({ name, fittedOn = [] }: Policy, lists: readonly RankedList[]): Policy {
  const listOf = new Map(lists.map(({ user, items }) => [user, items]));
  return {
    name,
    fittedOn,
    score({ user }, items, scores) {
      const places = new Map(Array.from(listOf.get(user)!, (item, place) => [item, place]));
      for (let index = 0; index < items.length; index++) {
        scores[index] = -(places.get(items[index]!) ?? Infinity);
      }
    },
  };
}

/** How different the items of a list are, at each cutoff; undefined where they have no categories. */
function diversityOfLists(
  lists: readonly RankedList[],
  { categories, log }: LoadedSplit['dataset'],
): number[] | undefined {
  if (categories.size === 0) return undefined;
  const similarity = jaccardSimilarity(
    Array.from({ length: log.itemCount }, (_, item) => categories.get(item) ?? []),
  );
  const shown = lists.map(({ items }) => items).filter(({ length }) => length > 0);
  return CUTOFFS.map((cutoff) => {
    const each = shown.map((items) => diversityOf(items.subarray(0, cutoff), similarity));
    return each.reduce((sum, value) => sum + value, 0) / each.length;
  });
}

/**
 * What is kept of a ranking.
 *
 * @param factorization - what it is compared with, user by user; left out for matrix factorisation itself.
 * @param random - draws the bootstrap's samples.
 */
export function summarizeRanking(
  { policy, reranking, full, diversity }: Ranked,
  { factorization, random }: { readonly factorization?: Ranked; readonly random: Random },
): PolicyMeasured {
  const differences = factorization && {
    reranking: differencesTo(factorization.reranking, reranking, { random }).map(differenceAt),
    full: differencesTo(factorization.full, full, { random }).map(differenceAt),
  };
  return {
    policy,
    reranking: intervalsOf(reranking, { random }).map(measuredAt),
    full: intervalsOf(full, { random }).map((intervals, index) => {
      const { coverage, gini, novelty } = full.exposure[index]!;
      const varied = diversity ? { diversity: diversity[index]! } : {};
      return { ...measuredAt(intervals), coverage, gini, novelty, ...varied };
    }),
    ...(differences ? { differences } : {}),
  };
}

/** What is kept of a cutoff. */
export function measuredAt(intervals: CutoffIntervals): CutoffMeasured {
  const { cutoff, precision, recall, ndcg, averagePrecision, reciprocalRank, hitRate } = intervals;
  return {
    ...{ cutoff, precision, ndcg, recall: recall.mean, averagePrecision: averagePrecision.mean },
    ...{ reciprocalRank: reciprocalRank.mean, hitRate: hitRate.mean },
  };
}

/** What is kept of a difference. */
export function differenceAt({ cutoff, precision, ndcg }: CutoffIntervals): CutoffDifference {
  return { cutoff, precision, ndcg };
}
