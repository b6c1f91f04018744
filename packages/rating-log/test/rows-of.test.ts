import { expect, test } from '@jest/globals';
import { createRatingLog, fingerprintOf, rowsOf } from '../src/index.js';

const log = createRatingLog({
  users: [2, 0, 2, 0, 2],
  items: [0, 1, 1, 0, 2],
  ratings: [1, 2, 3, 4, 5],
  timestamps: [1, 2, 3, 4, 5],
  userCount: 3,
  itemCount: 3,
  scale: { min: 1, max: 5 },
});

test.each([
  [0, { start: 0, end: 2 }],
  [1, { start: 2, end: 2 }], // has rated nothing
  [2, { start: 2, end: 5 }],
])('the rows of user %d, in a log and in its fingerprint', (user, rows) => {
  expect(rowsOf(log, user)).toEqual(rows);
  expect(rowsOf(fingerprintOf(log), user)).toEqual(rows);
});

test.each([-1, 3, 0.5, NaN])('user %d is refused', (user) => {
  expect(() => rowsOf(log, user)).toThrow(new RangeError(`user: expected 0 to 2, got ${user}`));
});
