import { expect, test } from '@jest/globals';
import { importanceWeight, proportionalPriority } from '../src/index.js';

test('a priority is (|δ| + ε)^α', () => {
  expect(proportionalPriority(-3, { alpha: 0.5, epsilon: 1 })).toBe(2);
  expect(proportionalPriority(0, { alpha: 1, epsilon: 0.25 })).toBe(0.25);
  expect(proportionalPriority(-9, { alpha: 0, epsilon: 1 })).toBe(1);
});

test('a weight is (N · P)^−β over the largest of them', () => {
  const priorities = [1, 2, 5];
  const [count, total] = [3, 8];
  for (const beta of [0, 0.4, 1]) {
    const raw = priorities.map((priority) => ((count * priority) / total) ** -beta);
    const expected = raw.map((weight) => weight / Math.max(...raw));
    for (const [index, priority] of priorities.entries()) {
      expect(importanceWeight(priority, 1, beta)).toBeCloseTo(expected[index]!, 12);
    }
  }
});
