import type {
  EmbeddingTables,
  RankingPolicy,
  SavedDrrPolicy,
  SavedMixedPolicy,
  SavedResidualPolicy,
} from '@rl-recsys/drr';
import type { BlockFoldIn } from '@rl-recsys/embeddings/fold-in';
import { topK, type EmbeddingTable } from '@rl-recsys/embeddings/search';
import type { SeenHistory } from './histories.js';
import type { RankedItem, Ranker, RankRequest } from './ranker.js';

/** A policy that ranks by the vectors of users and items. */
export interface VectorParts {
  readonly policy: RankingPolicy;
  /** That policy as plain values. */
  readonly savedPolicy: SavedDrrPolicy | SavedResidualPolicy | SavedMixedPolicy;
  /** The vectors that the policy was trained with; where items' vectors learned, it ranks others. */
  readonly tables: EmbeddingTables;
  /** Finds the vectors of new users. */
  readonly foldIn: BlockFoldIn;
}

/** What a policy sees of several who ask, one row each. */
export interface Situations {
  /** The vectors of those who ask, `[rows, k]`. */
  readonly users: EmbeddingTable;
  /** int32 `[rows, n]`: the history, oldest first, −1 at padding. */
  readonly history: Int32Array;
  /** `[rows, n]`: what each item of it earned. */
  readonly rewards: Float32Array;
  /** `[rows]`: what each is not to be shown, since they rated it. */
  readonly barred: readonly Int32Array[];
}

export function situationsOf(
  parts: Pick<VectorParts, 'policy' | 'foldIn'>,
  people: readonly SeenHistory[],
): Situations {
  const n = parts.policy.historySize;
  const history = new Int32Array(people.length * n);
  const rewards = new Float32Array(people.length * n);
  for (const [row, seen] of people.entries()) {
    history.set(seen.history, row * n);
    rewards.set(seen.rewards, row * n);
  }
  return { users: userVectors(parts, people), history, rewards, barred: people.map(({ rated }) => rated) };
}

/** The vectors of known users, and those that are folded in for new ones, one row each. */
function userVectors(
  { policy, foldIn }: Pick<VectorParts, 'policy' | 'foldIn'>,
  people: readonly SeenHistory[],
): EmbeddingTable {
  const { users } = policy.tables;
  const isNew = people.filter(({ user }) => user === undefined);
  const folded = isNew.length > 0 ? foldIn.fold(joined(isNew)).vectors : new Float32Array(0);
  const vectors = new Float32Array(people.length * users.size);
  let next = 0;
  for (const [row, { user }] of people.entries()) {
    const [table, from] = user === undefined ? [folded, next++] : [users.vectors, user];
    vectors.set(table.subarray(from * users.size, (from + 1) * users.size), row * users.size);
  }
  return { rows: people.length, size: users.size, vectors };
}

/** Ranks for all at once: the vectors of known users are in the table, those of new ones are folded in. */
export function vectorRanker({ policy, foldIn }: VectorParts): Ranker {
  const vectorsOf = (people: readonly SeenHistory[]) => userVectors({ policy, foldIn }, people);
  const openCatalogue = (requests: readonly RankRequest[]): RankedItem[][] => {
    if (requests.length === 0) return [];
    const asking = policy.forUsers(vectorsOf(requests.map(({ somebody }) => somebody)));
    const k = Math.max(...requests.map((request) => request.k));
    const found = asking.recommendBatch(observed(requests), {
      k,
      seen: requests.map(({ barred }) => barred),
    });
    return found.map((items, row) =>
      items.length > requests[row]!.k ? items.slice(0, requests[row]!.k) : items,
    );
  };
  const givenItems = (requests: readonly RankRequest[]): RankedItem[][] => {
    if (requests.length === 0) return [];
    const asking = policy.forUsers(vectorsOf(requests.map(({ somebody }) => somebody)));
    const items = requests.map(({ within }) => within!);
    const scores = items.map(({ length }) => new Float32Array(length));
    asking.scoreBatch(observed(requests), items, scores);
    return requests.map(({ k, barred, within }, row) => {
      const closed = new Set(barred);
      const open = scores[row]!.map((score, place) => (closed.has(within![place]!) ? -Infinity : score));
      return topK(open, k).map(({ item: place, score }) => ({ item: within![place]!, score }));
    });
  };
  return {
    historySize: policy.historySize,
    knows: ({ user, rated }) => user !== undefined || rated.length > 0,
    rank(requests): RankedItem[][] {
      const open = requests.filter(({ within }) => within === undefined);
      const given = requests.filter(({ within }) => within !== undefined);
      const [fromOpen, fromGiven] = [openCatalogue(open), givenItems(given)];
      return requests.map(({ within }) => (within ? fromGiven : fromOpen).shift()!);
    },
  };
}

/** What a policy observes of those who ask, by their rows in a table of their own. */
function observed(requests: readonly RankRequest[]) {
  return requests.map(({ somebody: { history, rewards } }, user) => ({ user, history, rewards }));
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
