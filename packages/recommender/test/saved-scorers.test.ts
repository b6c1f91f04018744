import type { SavedScorer } from '@rl-recsys/embeddings/scores';
import { expect, test } from '@jest/globals';
import { packScorers, unpackScorers } from '../src/saved-scorers.js';

const common = { itemCount: 2, likedFrom: 4, fittedOn: [] };
const ease: SavedScorer = {
  ...{ kind: 'linear', name: 'EASE', ...common },
  weights: Float32Array.of(0, 1, 2, 0),
  input: { liked: 1, disliked: 0.3 },
};
const scorers: SavedScorer[] = [
  ease,
  { ...ease, name: 'EASE, recent', input: { ...ease.input, halfLife: 20 } },
  { ...ease, name: 'SLIT', weights: Float32Array.of(3, 4, 5, 6) },
  { kind: 'popularity', name: 'popularity', itemCount: 2, scores: Float32Array.of(1, 2), fittedOn: [] },
];

test('a matrix that two blocks look at is saved once, and is one again', () => {
  const packed = packScorers(scorers);
  expect(packed.matrices).toEqual([Float32Array.of(0, 1, 2, 0), Float32Array.of(3, 4, 5, 6)]);
  const again = unpackScorers(packed);
  expect(again).toEqual(scorers);
  const [first, second] = again as [typeof ease, typeof ease];
  expect(first.weights).toBe(second.weights);
});
