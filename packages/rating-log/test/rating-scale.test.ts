import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { float32Scale, isLiked, rewardOf } from '../src/index.js';

const stars = { min: 1, max: 5 };

test('five stars earn (rating − 3) / 2', () => {
  expect([1, 2, 3, 4, 5].map((rating) => rewardOf(rating, stars))).toEqual([-1, -0.5, 0, 0.5, 1]);
});

test('any scale is mapped to −1 … 1', () => {
  expect([-10, 0, 5, 10].map((rating) => rewardOf(rating, { min: -10, max: 10 }))).toEqual([-1, 0, 0.5, 1]);
  expect([0, 1].map((rating) => rewardOf(rating, { min: 0, max: 1 }))).toEqual([-1, 1]);
});

test('of five stars 4 and 5 are liked, which are those with a positive reward', () => {
  const liked = [1, 2, 3, 4, 5].filter((rating) => isLiked(rating, stars));
  expect(liked).toEqual([4, 5]);
  expect(liked).toEqual([1, 2, 3, 4, 5].filter((rating) => rewardOf(rating, stars) > 0));
});

test('a like is three quarters up the scale', () => {
  expect([3.5, 4, 4.5].map((rating) => isLiked(rating, { min: 0.5, max: 5 }))).toEqual([false, true, true]);
  expect([4.99, 5].map((rating) => isLiked(rating, { min: -10, max: 10 }))).toEqual([false, true]);
  expect([0, 1].map((rating) => isLiked(rating, { min: 0, max: 1 }))).toEqual([false, true]);
});

test('the float32 scale is the widest within the scale', () => {
  expect(float32Scale({ min: 1, max: 5 })).toEqual({ min: 1, max: 5 });
  expect(float32Scale({ min: 4.51, max: 4.51 })).toEqual({
    min: Math.fround(4.51),
    max: Math.fround(4.51) - 2 ** -21,
  });
  expect(float32Scale({ min: -(10 ** -50), max: 10 ** -50 })).toEqual({ min: -0, max: 0 });
  const end = fc.double({ min: -1e30, max: 1e30, noNaN: true });
  fc.assert(
    fc.property(end, end, (min, max) => {
      const within = float32Scale({ min, max });
      expect([within.min, within.max].map(Math.fround)).toEqual([within.min, within.max]);
      expect(within.min).toBeGreaterThanOrEqual(min);
      expect(within.max).toBeLessThanOrEqual(max);
      // Rounding to the nearest is off by half a step at most, so that the next one is off by less than a whole.
      expect(within.min - min).toBeLessThanOrEqual(2 ** -23 * Math.abs(min) + 2 ** -149);
      expect(max - within.max).toBeLessThanOrEqual(2 ** -23 * Math.abs(max) + 2 ** -149);
    }),
  );
});
