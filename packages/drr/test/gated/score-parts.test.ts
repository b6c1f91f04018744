import { expect, test } from '@jest/globals';
import { partsOfScores } from '../../src/gated/score-parts.js';

test('each of a batch has its own parts: gate times score of each block, and residual times vector', () => {
  const decided = {
    gates: Float32Array.of(1, 2, 3, 4),
    scores: Float32Array.of(10, 20, 30, 40),
    residual: Float32Array.of(1, 2, 3, 4, 5, 6),
    vectors: Float32Array.of(1, 1, 1, 2, 2, 2),
  };
  expect(partsOfScores(decided, ['likes', 'fame'])).toEqual([
    { likes: 10, fame: 40, learned: 6 },
    { likes: 90, fame: 160, learned: 30 },
  ]);
});
