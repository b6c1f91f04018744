import type { ResidualLearner, RewardedHistories } from '@rl-recsys/drr';
import type { EmbeddingTable } from '@rl-recsys/embeddings';
import { mixScores } from '@rl-recsys/off-policy';
import type { Random } from '@rl-recsys/random';

/** Shows item x with probability proportional to exp(x · a(s) / T). */
export interface SoftmaxPolicy {
  /** a(s) / T `[batch, k]` */
  readonly act: (histories: RewardedHistories) => Float32Array;
}

/** The averaged actor as it is now, also when it learns on. */
export function softmaxOf(learner: ResidualLearner, temperature: number): SoftmaxPolicy {
  return { act: (histories) => learner.actByAverage(histories).map((each) => each / temperature) };
}

/** (1 − share) · serving + share · fresh: scores are linear in actions. */
export function between(serving: SoftmaxPolicy, fresh: SoftmaxPolicy, share: number): SoftmaxPolicy {
  return { act: (histories) => mixScores(serving.act(histories), fresh.act(histories), share) };
}

/**
 * The probabilities of all items at one step, into `probabilities`.
 *
 * @param action - `[k]`: a(s) / T.
 * @param shown - `[items]`: 1 where an item was shown before in the session.
 */
export function itemProbabilities(
  { vectors, size, rows }: EmbeddingTable,
  action: Float32Array,
  shown: Uint8Array,
  probabilities: Float64Array,
): void {
  let top = -Infinity;
  for (let item = 0, at = 0; item < rows; item++, at += size) {
    let score = -Infinity;
    if (shown[item] === 0) {
      score = 0;
      for (let k = 0; k < size; k++) score += vectors[at + k]! * action[k]!;
      if (score > top) top = score;
    }
    probabilities[item] = score;
  }
  let sum = 0;
  for (let item = 0; item < rows; item++) sum += probabilities[item] = Math.exp(probabilities[item]! - top);
  for (let item = 0; item < rows; item++) probabilities[item]! /= sum;
}

/** An item drawn by its probability. */
export function drawItem(probabilities: Float64Array, random: Random): number {
  let left = random.uniform();
  let last = 0;
  for (let item = 0; item < probabilities.length; item++) {
    if (probabilities[item] === 0) continue;
    last = item;
    left -= probabilities[item]!;
    if (left <= 0) return item;
  }
  return last; // what rounding has left over
}
