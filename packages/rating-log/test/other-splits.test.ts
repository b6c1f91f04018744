import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  countSeen,
  fingerprintOf,
  splitAtRandom,
  splitAtTime,
  splitByTime,
  splitLeaveLastOut,
  type RatingLog,
  type TimeSplit,
} from '../src/index.js';
import { logOf, logs, rowsOf } from './logs.js';

/** Numbers from [0, 1) without a pattern that these tests could see (Park and Miller 1988). */
function uniformFrom(seed: number): { uniform(): number } {
  let state = seed;
  return { uniform: () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647 };
}

const countsOf = ({ offsets, userCount }: RatingLog) =>
  Array.from({ length: userCount }, (_, user) => offsets[user + 1]! - offsets[user]!);
const placesOf = ({ ratings }: RatingLog) => Array.from(ratings, (rating) => Math.round((rating - 1) * 1000));

describe.each<[string, (log: RatingLog) => TimeSplit]>([
  ['splitByTime', (log) => splitByTime(log, { testShare: 0.4 })],
  ['splitAtTime with a time', (log) => splitAtTime(log, { time: 2 })],
  ['splitAtTime with a share', (log) => splitAtTime(log, { testShare: 0.3 })],
  ['splitLeaveLastOut', splitLeaveLastOut],
  ['splitAtRandom', (log) => splitAtRandom(log, { testShare: 0.4, random: uniformFrom(7) })],
])('%s', (_, split) => {
  test('is a partition that keeps the order, the indices and the scale', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const { train, test } = split(log);
        const [trained, tested] = [new Set(rowsOf(train)), new Set(rowsOf(test))];
        const all = rowsOf(log);
        expect(rowsOf(train)).toEqual(all.filter((row) => trained.has(row)));
        expect(rowsOf(test)).toEqual(all.filter((row) => tested.has(row)));
        expect(trained.size + tested.size).toBe(all.length);
        expect(countSeen(fingerprintOf(train), test)).toBe(0);
        for (const part of [train, test]) {
          expect([part.userCount, part.itemCount, part.scale]).toEqual([6, 7, log.scale]);
        }
      }),
      { seed: 1 },
    );
  });
});

describe('splitAtTime', () => {
  const log = logOf(
    [
      [0, 0, 10],
      [0, 1, 20],
      [0, 2, 30],
      [1, 0, 20],
      [1, 3, 40],
      [2, 0, 50],
    ],
    3,
    4,
  );

  test('the time itself belongs to the test', () => {
    const { train, test } = splitAtTime(log, { time: 20 });
    expect(placesOf(train)).toEqual([0]);
    expect(placesOf(test)).toEqual([1, 2, 3, 4, 5]);
    expect(countsOf(test)).toEqual([2, 2, 1]);
  });

  test('a time outside of the log leaves one part empty', () => {
    expect(placesOf(splitAtTime(log, { time: 51 }).test)).toEqual([]);
    expect(placesOf(splitAtTime(log, { time: 10 }).train)).toEqual([]);
  });

  test('a share is one of all rows, not of each user', () => {
    const { train, test } = splitAtTime(log, { testShare: 1 / 3 });
    expect(countsOf(train)).toEqual([3, 1, 0]);
    expect(countsOf(test)).toEqual([0, 1, 1]);
  });

  test('rows of one time stay together, in the test', () => {
    // Row floor(0.4 · 6) = 2 in the order of time is the second of two at time 20.
    expect(placesOf(splitAtTime(log, { testShare: 0.6 }).train)).toEqual([0]);
    const same = logOf([[0, 0, 5], [1, 0, 5], [1, 1, 5]], 2, 2); // prettier-ignore
    expect(placesOf(splitAtTime(same, { testShare: 0.5 }).train)).toEqual([]);
  });

  test('nobody trains on what is later than a test, and the share is met or more', () => {
    fc.assert(
      fc.property(logs, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (any, testShare) => {
        const { train, test } = splitAtTime(any, { testShare });
        expect(Math.max(-Infinity, ...train.timestamps)).toBeLessThan(Math.min(Infinity, ...test.timestamps));
        expect(test.items.length).toBeGreaterThanOrEqual(Math.floor(testShare * any.items.length));
      }),
      { seed: 1 },
    );
  });

  test('no rows are no error', () => {
    expect(splitAtTime(logOf([], 1, 1), { testShare: 0.5 }).test.items).toHaveLength(0);
  });

  test.each([NaN, Infinity])('time %d is named', (time) => {
    expect(() => splitAtTime(log, { time })).toThrow(
      new RangeError(`time: expected a finite number, got ${time}`),
    );
  });

  test.each([0, 1, NaN])('testShare %d is named', (testShare) => {
    expect(() => splitAtTime(log, { testShare })).toThrow(
      new RangeError(`testShare: expected a share above 0 and below 1, got ${testShare}`),
    );
  });
});

describe('splitLeaveLastOut', () => {
  test('takes the newest of each user who has two, of equal times the later row', () => {
    const log = logOf([[0, 0, 9], [0, 1, 3], [1, 0, 4], [3, 2, 5], [3, 1, 5]], 4, 3); // prettier-ignore
    const { train, test } = splitLeaveLastOut(log);
    expect(rowsOf(test).map((row) => row.split(' ', 2).join(' '))).toEqual(['0 0', '3 1']);
    expect(countsOf(train)).toEqual([1, 1, 0, 1]);
  });
});

describe('splitAtRandom', () => {
  const log = logOf(
    Array.from({ length: 30 }, (_, row) => [row < 10 ? 0 : 1, row % 20, 0]),
    2,
    20,
  );

  test('trains on floor((1 − testShare) · n) of each user', () => {
    const { train, test } = splitAtRandom(log, { random: uniformFrom(1) });
    expect(countsOf(train)).toEqual([8, 16]);
    expect(countsOf(test)).toEqual([2, 4]);
  });

  test('the same stream gives the same split, another stream another one', () => {
    const testOf = (seed: number) => placesOf(splitAtRandom(log, { random: uniformFrom(seed) }).test);
    expect(testOf(5)).toEqual(testOf(5));
    expect(testOf(5)).not.toEqual(testOf(6));
  });

  test('every row has the same chance, the first and the last too', () => {
    const random = uniformFrom(3);
    const drawn = new Array<number>(30).fill(0);
    for (let round = 0; round < 2000; round++) {
      for (const place of placesOf(splitAtRandom(log, { random }).test)) drawn[place]! += 1;
    }
    // 400 expected, standard deviation √(2000 · 0.2 · 0.8) = 17.9.
    for (const count of drawn) expect(Math.abs(count - 400)).toBeLessThan(80);
  });

  test('testShare is checked', () => {
    expect(() => splitAtRandom(log, { testShare: 1, random: uniformFrom(1) })).toThrow(
      new RangeError('testShare: expected a share above 0 and below 1, got 1'),
    );
  });
});
