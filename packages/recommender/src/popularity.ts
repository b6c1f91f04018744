import type { RatingLog } from '@rl-recsys/rating-log';
import type { RankedItem, RankRequest } from './ranker.js';

/** What is popular, for those of whom nothing is known. */
export class Popularity {
  /** How often each item was rated, float32 `[items]`. */
  private readonly counts: Float32Array;
  /** The items, the most popular first; of equal ones the lower index first. */
  private readonly order: Int32Array;

  constructor({ items, itemCount }: RatingLog) {
    const counts = new Float32Array(itemCount);
    for (const item of items) counts[item]! += 1;
    this.counts = counts;
    this.order = Int32Array.from(counts.keys()).sort((a, b) => counts[b]! - counts[a]! || a - b);
  }

  /** The `k` most popular items that may be shown. */
  rank({ k, barred, within }: Omit<RankRequest, 'somebody'>): RankedItem[] {
    const closed = new Set(barred);
    const allowed = within && new Set(within);
    const best: RankedItem[] = [];
    for (const item of this.order) {
      if (best.length === k) break;
      if (closed.has(item) || (allowed && !allowed.has(item))) continue;
      best.push({ item, score: this.counts[item]! });
    }
    return best;
  }
}
