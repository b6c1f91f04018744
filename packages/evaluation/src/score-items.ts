import type { RecommendationObservation } from '@rl-recsys/environment';
import type { Policy } from './policy.js';

/** What to score for one user. */
export interface ScoreRequest {
  readonly observation: Omit<RecommendationObservation, 'candidates'>;
  /** int32 `[items]` */
  readonly items: Int32Array;
  /** float32 `[items]`: where the scores go; it may hold anything before. */
  readonly scores: Float32Array;
}

/**
 * Writes the policy's scores, for all requests at once where it can.
 *
 * The policy gets copies of the items, so that it may keep or change what it is given.
 *
 * @throws RangeError where the policy leaves an item without a score or gives it NaN.
 */
export function scoreItems(policy: Policy, requests: readonly ScoreRequest[]): void {
  if (requests.length === 0) return;
  const observations = requests.map(({ observation, items }) => ({
    ...observation,
    candidates: items.slice(),
  }));
  const items = observations.map(({ candidates }) => candidates);
  const scores = requests.map((request) => request.scores);
  for (const own of scores) own.fill(NaN);
  if (policy.scoreBatch) policy.scoreBatch(observations, items, scores);
  else for (const [index, own] of scores.entries()) policy.score(observations[index]!, items[index]!, own);
  for (const request of requests) checkScores(policy, request);
}

function checkScores({ name }: Policy, { observation, items, scores }: ScoreRequest): void {
  let place = 0;
  while (place < scores.length && !Number.isNaN(scores[place])) place++;
  if (place < scores.length) {
    throw new RangeError(
      `${name}: expected a score for item ${items[place]} of user ${observation.user}, got NaN`,
    );
  }
}
