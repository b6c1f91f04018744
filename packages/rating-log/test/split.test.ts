import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRatingLog, splitByTime, type RatingLog } from '../src/index.js';

/** User u has `counts[u]` ratings; the item at place p is p, rated at time p. */
function logOf(counts: readonly number[]): RatingLog {
  const rows = counts.flatMap((count, user) =>
    Array.from({ length: count }, (_, place) => ({ user, place })),
  );
  return createRatingLog({
    userCount: counts.length,
    itemCount: Math.max(1, ...counts),
    users: rows.map(({ user }) => user),
    items: rows.map(({ place }) => place),
    ratings: rows.map(({ place }) => 1 + (place % 5)),
    timestamps: rows.map(({ place }) => place),
    scale: { min: 1, max: 5 },
  });
}

const countsOf = ({ offsets, userCount }: RatingLog) =>
  Array.from({ length: userCount }, (_, user) => offsets[user + 1]! - offsets[user]!);

describe('splitByTime', () => {
  test('trains on the oldest floor(0.8 · n) of a user, for n = 1 to 20', () => {
    const { train, test } = splitByTime(logOf(Array.from({ length: 20 }, (_, index) => index + 1)));
    const expected = [0, 1, 2, 3, 4, 4, 5, 6, 7, 8, 8, 9, 10, 11, 12, 12, 13, 14, 15, 16];
    expect(countsOf(train)).toEqual(expected);
    expect(countsOf(test)).toEqual(expected.map((count, index) => index + 1 - count));
  });

  test('holds out the newest, with all columns in step', () => {
    const log = logOf([5, 0, 10]);
    const { train, test } = splitByTime(log);
    expect(train).toEqual({
      userCount: 3,
      itemCount: 10,
      offsets: Int32Array.of(0, 4, 4, 12),
      items: Int32Array.of(0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7),
      ratings: Float32Array.of(1, 2, 3, 4, 1, 2, 3, 4, 5, 1, 2, 3),
      timestamps: Float64Array.of(0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7),
      scale: log.scale,
    });
    expect(test.offsets).toEqual(Int32Array.of(0, 1, 1, 3));
    expect(test.items).toEqual(Int32Array.of(4, 8, 9));
    expect(test.ratings).toEqual(Float32Array.of(5, 4, 5));
    expect(test.timestamps).toEqual(Float64Array.of(4, 8, 9));
  });

  test('copies: the parts share no memory with the log', () => {
    const log = logOf([5]);
    const { train } = splitByTime(log);
    expect(train.items.buffer).not.toBe(log.items.buffer);
    expect(train.ratings.buffer).not.toBe(log.ratings.buffer);
  });

  test('is exact where floating point falls short', () => {
    // 10 · (1 − 0.9) is 0.9999999999999998 there.
    expect(countsOf(splitByTime(logOf([10]), { testShare: 0.9 }).train)).toEqual([1]);
    for (let tenths = 1; tenths < 10; tenths++) {
      const { train } = splitByTime(logOf([10, 1000]), { testShare: tenths / 10 });
      expect(countsOf(train)).toEqual([10 - tenths, 1000 - 100 * tenths]);
    }
  });

  test('loses nothing, adds nothing and keeps the order', () => {
    const counts = fc.array(fc.nat(12), { maxLength: 8 });
    fc.assert(
      fc.property(counts, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (lengths, testShare) => {
        const { train, test } = splitByTime(logOf(lengths), { testShare });
        lengths.forEach((length, user) => {
          const own = (log: RatingLog) => [...log.items.subarray(log.offsets[user], log.offsets[user + 1])];
          expect([...own(train), ...own(test)]).toEqual(Array.from({ length }, (_, place) => place));
        });
      }),
      { seed: 1 },
    );
  });

  test.each([0, 1, -0.2, 20, NaN])('testShare %d is named', (testShare) => {
    expect(() => splitByTime(logOf([5]), { testShare })).toThrow(
      new RangeError(`testShare: expected a share above 0 and below 1, got ${testShare}`),
    );
  });
});
