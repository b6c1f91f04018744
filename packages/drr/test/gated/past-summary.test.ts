import { expect, test } from '@jest/globals';
import { closeTo } from '@rl-recsys/testing';
import { pastSummary, summarySize } from '../../src/gated/past-summary.js';

const scale = { min: 1, max: 5 };

test('says how much was rated, how much of it liked, and how popular all and the newest ten are', () => {
  // Twelve ratings of items 0 to 11, each as popular as its number: six of 5 stars, six of 1.
  const items = Int32Array.from({ length: 12 }, (_, item) => item);
  const past = { items, ratings: Float32Array.from(items, (item) => (item % 2 ? 5 : 1)) };
  const popularity = Float32Array.from(items);
  const summary = pastSummary(past, new Float32Array(12), 1, { scale, popularity });
  expect(Array.from(summary)).toEqual(closeTo([Math.log(13), 0.5, 0, 5.5, 6.5], 5));
});

test('says of each two blocks how much they agree', () => {
  const nothing = { items: new Int32Array(), ratings: new Float32Array() };
  const scores = Float32Array.of(1, 2, -1, 3, -2, 4); // two items, three blocks
  const summary = pastSummary(nothing, scores, 3, { scale, popularity: new Float32Array(2) });
  expect(summary.length).toBe(summarySize(3));
  // Of nobody's past all else is 0. First and second: (1 · 2 + 3 · −2) / 2, and so on.
  expect(Array.from(summary)).toEqual([0, 0, 0, 0, 0, -2, 5.5, -5]);
});
