import { expect, test } from '@jest/globals';
import { createRatingLog, takeItems } from '../src/index.js';

const log = createRatingLog({
  ...{ userCount: 3, itemCount: 4, scale: { min: 1, max: 5 } },
  ...{ users: [0, 0, 1, 2, 2, 2], items: [3, 1, 0, 1, 2, 3] },
  ...{ ratings: [5, 2, 3, 4, 1, 5], timestamps: [10, 20, 30, 40, 50, 60] },
});

test('the ratings of some items alone, over their places; who has none stays', () => {
  expect(takeItems(log, Int32Array.of(3, 1))).toEqual({
    ...{ userCount: 3, itemCount: 2, scale: log.scale },
    ...{ offsets: Int32Array.of(0, 2, 2, 4), items: Int32Array.of(0, 1, 1, 0) },
    ...{ ratings: Float32Array.of(5, 2, 4, 5), timestamps: Float64Array.of(10, 20, 40, 60) },
  });
  expect(takeItems(log, Int32Array.of(0, 1, 2, 3))).toEqual(log);
  expect(takeItems(log, new Int32Array()).items).toEqual(new Int32Array());
});

test.each([
  [Int32Array.of(1, 4), 'items[1]: expected another one from 0 to 3, got 4'],
  [Int32Array.of(2, 1, 2), 'items[2]: expected another one from 0 to 3, got 2'],
])('an item that is not there, or twice: %p', (items, message) => {
  expect(() => takeItems(log, items)).toThrow(new RangeError(message));
});
