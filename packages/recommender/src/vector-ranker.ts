import type { EmbeddingTables, RankingPolicy, SavedDrrPolicy, SavedResidualPolicy } from '@rl-recsys/drr';
import type { BlockFoldIn } from '@rl-recsys/embeddings/fold-in';
import { topK } from '@rl-recsys/embeddings/search';
import type { SeenHistory } from './histories.js';
import type { RankedItem, Ranker, RankRequest } from './ranker.js';

/** A policy that ranks by the vectors of users and items. */
export interface VectorParts {
  readonly policy: RankingPolicy;
  /** That policy as plain values. */
  readonly savedPolicy: SavedDrrPolicy | SavedResidualPolicy;
  /** The vectors that the policy was trained with; where items' vectors learned, it ranks others. */
  readonly tables: EmbeddingTables;
  /** Finds the vectors of new users. */
  readonly foldIn: BlockFoldIn;
}

/** Ranks for all at once: the vectors of known users are in the table, those of new ones are folded in. */
export function vectorRanker({ policy, foldIn }: VectorParts): Ranker {
  const { users } = policy.tables;
  const vectorsOf = (people: readonly SeenHistory[]) => {
    const isNew = people.filter(({ user }) => user === undefined);
    const folded = isNew.length > 0 ? foldIn.fold(joined(isNew)).vectors : new Float32Array(0);
    const vectors = new Float32Array(people.length * users.size);
    let next = 0;
    for (const [row, { user }] of people.entries()) {
      const [table, from] = user === undefined ? [folded, next++] : [users.vectors, user];
      vectors.set(table.subarray(from * users.size, (from + 1) * users.size), row * users.size);
    }
    return { rows: people.length, size: users.size, vectors };
  };
  return {
    historySize: policy.historySize,
    knows: ({ user, rated }) => user !== undefined || rated.length > 0,
    rank(people, { k, barred, within }: RankRequest): RankedItem[][] {
      const asking = policy.forUsers(vectorsOf(people));
      const observations = people.map(({ history, rewards }, user) => ({ user, history, rewards }));
      if (!within) return asking.recommendBatch(observations, { k, seen: barred.map((items) => [...items]) });
      const scores = people.map(() => new Float32Array(within.length));
      asking.scoreBatch(
        observations,
        people.map(() => within),
        scores,
      );
      return scores.map((each, row) => {
        const open = each.map((score, place) => (barred[row]!.has(within[place]!) ? -Infinity : score));
        return topK(open, k).map(({ item: place, score }) => ({ item: within[place]!, score }));
      });
    },
  };
}

/** Histories as stretches of the same columns, as a fold-in takes them. */
function joined(histories: readonly SeenHistory[]) {
  let end = 0;
  const ends = histories.map(({ rated }) => (end += rated.length));
  return {
    items: histories.flatMap(({ rated }) => [...rated]),
    ratings: histories.flatMap(({ ratings }) => [...ratings]),
    starts: [0, ...ends.slice(0, -1)],
    ends,
  };
}
