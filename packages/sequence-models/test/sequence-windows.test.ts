import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { logOf } from './log-of.js';
import { SequenceWindows } from '../src/sequence-windows.js';

const log = logOf([[5, 6, 7, 8], [9], [1, 2]]);

test('windows lie side by side from their first step on, and know what comes next and whether it is liked', () => {
  const windows = new SequenceWindows(log, 3, 1);
  expect(
    windows.batch([
      { start: 0, end: 4 },
      { start: 5, end: 7 },
    ]),
  ).toEqual({
    ...{ length: 3, size: 2 },
    items: Int32Array.of(5, 1, 6, 0, 7, 0),
    liked: Int32Array.of(1, 1, 0, 0, 1, 0), // every second rating of a user is a like, the first one too
    rows: Int32Array.of(0, 2, 4, 1),
    targets: Int32Array.of(6, 7, 8, 2),
    targetLiked: Float32Array.of(0, 1, 0, 0),
  });
});

test('an epoch has so many windows of each user who can be learned from, none longer than asked for', () => {
  const windows = new SequenceWindows(log, 2, 4);
  expect(windows.count).toBe(8);
  const drawn = Array.from({ length: 50 }, (_, seed) => windows.epoch(Random.fromSeed(seed))).flat();
  const keys = new Set(drawn.map(({ start, end }) => `${start}-${end}`));
  expect(keys).toEqual(new Set(['0-3', '1-4', '5-7']));
  const ofFirst = drawn.filter(({ start }) => start < 4);
  expect(ofFirst).toHaveLength(200);
  // Half end where the user does, and of the others, which may end at 3 or 4, every second one.
  expect(ofFirst.filter(({ end }) => end === 4).length / 200).toBeCloseTo(0.75, 1);
});

test('a log in which nobody has two ratings is refused', () => {
  expect(() => new SequenceWindows(logOf([[1], [2]]), 3, 1)).toThrow(
    'log: expected a user with two ratings, got none',
  );
});
