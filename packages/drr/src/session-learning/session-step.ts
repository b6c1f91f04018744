import type { RecommendationObservation } from '@rl-recsys/environment';
import type { EnvironmentStep } from '@rl-recsys/replay-buffer';
import { assertHistories, assertRows, type EmbeddingTables } from '../tables.js';

/** One step of a session: what was seen, which item was shown, what it earned, and what is seen now. */
export type SessionStep = EnvironmentStep<RecommendationObservation, number>;

/**
 * @param n - how long a history is.
 * @throws RangeError where the step cannot be learned from.
 */
export function assertSessionStep(
  tables: EmbeddingTables,
  n: number,
  { observation, action, nextObservation }: SessionStep,
): void {
  assertRows(tables.items, 'candidates', observation.candidates);
  if (!observation.candidates.includes(action)) {
    throw new RangeError(`action: expected one of the candidates, got ${action}`);
  }
  for (const { user, history } of [observation, nextObservation]) {
    assertHistories(tables, { user: [user], history }, n);
  }
  if (nextObservation.user !== observation.user) {
    throw new RangeError(
      `nextObservation: expected user ${observation.user} as before, got ${nextObservation.user}`,
    );
  }
}
