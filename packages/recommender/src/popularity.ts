import type { RatingLog } from '@rl-recsys/rating-log';

/** How often each item was rated, float32 `[items]`. */
export function itemCounts({ items, itemCount }: RatingLog): Float32Array {
  const counts = new Float32Array(itemCount);
  for (const item of items) counts[item]! += 1;
  return counts;
}
