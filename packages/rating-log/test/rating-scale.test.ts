import { expect, test } from '@jest/globals';
import { isLiked, rewardOf } from '../src/index.js';

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
