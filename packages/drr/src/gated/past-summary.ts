import type { RatedHistory } from '@rl-recsys/embeddings/scores';
import { isLiked, rewardOf, type RatingScale } from '@rl-recsys/rating-log';

/** How many of the newest ratings the last number looks at; our choice. */
const RECENT = 10;
/** How many numbers say what somebody rates, whatever the blocks. */
const OWN = 5;

/** What is known of all items beside their scores. */
export interface SummarizedCatalogue {
  readonly scale: RatingScale;
  /** float32 `[items]`: log(1 + how often an item was rated). */
  readonly popularity: Float32Array;
}

/** How many numbers {@link pastSummary} gives. */
export function summarySize(blockCount: number): number {
  return OWN + (blockCount * (blockCount - 1)) / 2;
}

/**
 * What kind of user a whole past shows, in a few numbers: how much they rated (its logarithm), the share that they liked,
 * their mean reward, how popular what they rate is, all of it and the newest ten; and for each two blocks how much they
 * agree, the mean product of their standardized scores. The state of DRR's default variant has them, beside what the state
 * module makes of the last likes.
 *
 * @param scores - float32 `[items, blocks]` of `StandardizedScores`.
 * @returns float32 `[summarySize(blocks)]`
 */
export function pastSummary(
  { items, ratings }: RatedHistory,
  scores: Float32Array,
  blockCount: number,
  { scale, popularity }: SummarizedCatalogue,
): Float32Array {
  const summary = new Float32Array(summarySize(blockCount));
  const count = items.length;
  const popularityFrom = (first: number) => {
    let sum = 0;
    for (let place = first; place < count; place++) sum += popularity[items[place]!]!;
    return sum / Math.max(1, count - first);
  };
  let [likes, rewards] = [0, 0];
  for (const rating of ratings) {
    if (isLiked(rating, scale)) likes += 1;
    rewards += rewardOf(rating, scale);
  }
  summary[0] = Math.log1p(count);
  summary[1] = likes / Math.max(1, count);
  summary[2] = rewards / Math.max(1, count);
  summary[3] = popularityFrom(0);
  summary[4] = popularityFrom(Math.max(0, count - RECENT));
  let to = OWN;
  for (let first = 0; first < blockCount; first++) {
    for (let second = first + 1; second < blockCount; second++) {
      summary[to++] = meanProduct(scores, blockCount, first, second);
    }
  }
  return summary;
}

function meanProduct(scores: Float32Array, blockCount: number, first: number, second: number): number {
  let sum = 0;
  for (let row = 0; row < scores.length; row += blockCount)
    sum += scores[row + first]! * scores[row + second]!;
  return (sum * blockCount) / scores.length;
}
