import { expect, test } from '@jest/globals';
import { historyScorer, type SavedLinear } from '../../src/index.js';

/** Of five items it knows the second and the last. */
const saved: SavedLinear = {
  ...{ kind: 'linear', name: 'part', itemCount: 5, among: Int32Array.of(1, 4) },
  ...{ weights: Float32Array.of(0, 2, 3, 0), likedFrom: 4, fittedOn: [] },
  input: { liked: 1, disliked: 0.5, halfLife: 1, window: 2 },
};

test('a model of some items skips all others in a history, and scores them 0', () => {
  const scorer = historyScorer(saved);
  const scores = new Float32Array(5).fill(9);
  // Items 0 and 3 are as if nobody had met them: neither older for them nor out of the window is what comes before.
  const items = Int32Array.of(1, 0, 1, 3, 4, 0);
  const ratings = Float32Array.of(5, 5, 5, 5, 2, 5);
  scorer.score({ items, ratings }, scores);
  // Item 4 was met last and disliked, ½; the second item 1 is one older, ½ of a like; the first one is out of the window.
  expect([...scores]).toEqual([0, 0.5 * 3, 0, 0, 0.5 * 2]);
  scorer.score({ items: Int32Array.of(0, 3), ratings: Float32Array.of(5, 5) }, scores);
  expect([...scores]).toEqual([0, 0, 0, 0, 0]);
  expect(scorer.itemCount).toBe(5);
});

test.each([
  [{ among: Int32Array.of(4, 1) }, 'among[1]: expected ascending items from 0 to 4, got 1'],
  [{ among: Int32Array.of(1, 5) }, 'among[1]: expected ascending items from 0 to 4, got 5'],
  [{ among: Int32Array.of(1, 2, 4) }, 'weights: expected 3 × 3 numbers, got 4'],
  [{ among: undefined }, 'weights: expected 5 × 5 numbers, got 4'],
])('a model that does not fit together: %p', (wrong, message) => {
  expect(() => historyScorer({ ...saved, ...wrong } as SavedLinear)).toThrow(new RangeError(message));
});
