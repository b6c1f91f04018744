import { closeTo } from '@rl-recsys/testing';
import { expect } from '@jest/globals';

interface ScoringPolicy<View> {
  score(view: View, items: Int32Array, scores: Float32Array): void;
  scoreBatch(views: readonly View[], items: readonly Int32Array[], scores: readonly Float32Array[]): void;
}

/** Expects several users at once to get the scores that each gets alone, to so many digits. */
export function expectSameScoresInBatch<View>(
  policy: ScoringPolicy<View>,
  views: readonly View[],
  items: readonly Int32Array[],
  digits: number,
): void {
  const [alone, together] = [items, items].map((each) => each.map(({ length }) => new Float32Array(length)));
  for (const [row, view] of views.entries()) policy.score(view, items[row]!, alone![row]!);
  policy.scoreBatch(views, items, together!);
  for (const [row, scores] of together!.entries()) {
    expect(Array.from(scores)).toEqual(closeTo(alone![row]!, digits));
  }
}
