import type { GatedPolicy } from '@rl-recsys/drr';
import { topK } from '@rl-recsys/embeddings/search';
import type { RankedItem, Ranker } from './ranker.js';

/** A policy that ranks by whole pasts. */
export interface PastParts {
  readonly policy: GatedPolicy;
}

/** Ranks for one after the other; known users and new ones are the same to it. */
export function pastRanker({ policy }: PastParts): Ranker {
  const everything = Int32Array.from({ length: policy.itemCount }, (_, item) => item);
  return {
    historySize: policy.historySize,
    knows: ({ rated }) => rated.length > 0,
    rank: (requests): RankedItem[][] =>
      requests.map(({ somebody, k, barred, within }) => {
        const closed = new Set(barred);
        const open = (within ?? everything).filter((item) => !closed.has(item));
        const { rated, ratings, history, rewards } = somebody;
        const scores = new Float32Array(open.length);
        policy.score({ items: rated, ratings, history, rewards }, open, scores);
        return topK(scores, k).map(({ item: place, score }) => ({ item: open[place]!, score }));
      }),
  };
}
