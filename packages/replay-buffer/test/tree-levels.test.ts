import { expect, test } from '@jest/globals';
import { layTreeLevels, toParents } from '../src/tree-levels.js';

test('levels are whole groups of eight, from the leaves to a single root', () => {
  const placesOf = (capacity: number) => {
    const { offsets, leaves, length } = layTreeLevels(capacity);
    return { offsets: [...offsets], leaves, length };
  };
  expect(placesOf(1)).toEqual({ offsets: [0, 8], leaves: 8, length: 9 });
  expect(placesOf(8)).toEqual({ offsets: [0, 8], leaves: 8, length: 9 });
  expect(placesOf(9)).toEqual({ offsets: [0, 16, 24], leaves: 16, length: 25 });
  expect(placesOf(64)).toEqual({ offsets: [0, 64, 72], leaves: 64, length: 73 });
  expect(placesOf(65)).toEqual({ offsets: [0, 72, 88, 96], leaves: 72, length: 97 });
});

test('sums and minima take 10.3 bytes an item', () => {
  const { length, leaves } = layTreeLevels(1_000_000);
  expect((8 * (length + length - leaves)) / 1_000_000).toBeCloseTo(10.286, 2);
});

test('parents that neighbors share are named once', () => {
  const nodes = Int32Array.of(0, 7, 8, 9, 40, 3, 99);
  expect(toParents(nodes, 6)).toBe(4);
  expect([...nodes.subarray(0, 4)]).toEqual([0, 1, 5, 0]);
  expect(nodes[6]).toBe(99);
});
