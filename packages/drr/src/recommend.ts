import { topK } from '@rl-recsys/embeddings/search';
import type { RecommendationObservation } from '@rl-recsys/environment';

/** One recommended item, by its index. */
export interface Recommendation {
  readonly item: number;
  readonly score: number;
}

/**
 * The best `k` of the observation's candidates, best first; of equal ones the lower index first.
 *
 * @returns fewer than `k` where there are not as many candidates.
 * @throws RangeError where `k` is not a positive integer, or a candidate comes twice.
 */
export function recommend(
  policy: {
    score(observation: RecommendationObservation, items: Int32Array, scores: Float32Array): void;
  },
  observation: RecommendationObservation,
  k: number,
): Recommendation[] {
  // Sorted, since of equal scores `topK` takes the one that stands first.
  const candidates = observation.candidates.slice().sort();
  const repeated = candidates.findIndex((item, place) => place > 0 && item === candidates[place - 1]);
  if (repeated > 0) {
    throw new RangeError(`candidates: expected each item once, got ${candidates[repeated]} again`);
  }
  const scores = new Float32Array(candidates.length);
  policy.score(observation, candidates, scores);
  return topK(scores, k).map(({ item: place, score }) => ({ item: candidates[place]!, score }));
}
