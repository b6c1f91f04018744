import { describe, expect, test } from '@jest/globals';
import { whereDataIs } from '@rl-recsys/testing';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRatingLog, type RatingColumns, type RatingLog } from '../src/index.js';

interface Row {
  readonly user: number;
  readonly item: number;
  readonly rating: number;
  readonly time: number;
}

const scale = { min: 1, max: 5 };

function columnsOf(rows: readonly Row[], userCount: number, itemCount: number): RatingColumns {
  return {
    userCount,
    itemCount,
    users: rows.map(({ user }) => user),
    items: rows.map(({ item }) => item),
    ratings: rows.map(({ rating }) => rating),
    timestamps: rows.map(({ time }) => time),
    scale,
  };
}

function rowsOf(log: RatingLog): Row[] {
  return Array.from({ length: log.userCount }, (_, user) => {
    const [from, to] = [log.offsets[user]!, log.offsets[user + 1]!];
    return Array.from({ length: to - from }, (_, place) => ({
      user,
      item: log.items[from + place]!,
      rating: log.ratings[from + place]!,
      time: log.timestamps[from + place]!,
    }));
  }).flat();
}

describe('createRatingLog', () => {
  test('sorts by user and then by time', () => {
    const log = createRatingLog({
      userCount: 2,
      itemCount: 3,
      users: [1, 0, 1, 0, 0],
      items: [0, 1, 2, 0, 2],
      ratings: [5, 1, 4, 3, 2],
      timestamps: [20, 30, 10, 10, 20],
      scale,
    });
    expect(log).toEqual({
      userCount: 2,
      itemCount: 3,
      offsets: Int32Array.of(0, 3, 5),
      items: Int32Array.of(0, 2, 1, 2, 0),
      ratings: Float32Array.of(3, 2, 1, 4, 5),
      timestamps: Float64Array.of(10, 20, 30, 10, 20),
      scale,
    });
  });

  test('rows of equal time keep their order', () => {
    const items = Array.from({ length: 50 }, (_, place) => (place * 7) % 50);
    const rows = items.map((item) => ({ user: 0, item, rating: 3, time: 1 }));
    expect([...createRatingLog(columnsOf(rows, 1, 50)).items]).toEqual(items);
  });

  test('of an item rated more than once the latest stays, at its own time, wherever its row is', () => {
    const rows = [
      { user: 0, item: 7, rating: 5, time: 30 },
      { user: 0, item: 3, rating: 4, time: 20 },
      { user: 0, item: 7, rating: 1, time: 10 },
      { user: 1, item: 7, rating: 2, time: 5 },
    ];
    expect(rowsOf(createRatingLog(columnsOf(rows, 2, 8)))).toEqual([rows[1], rows[0], rows[3]]);
  });

  test('of an item rated twice at the same time the later row stays', () => {
    const rows = [
      { user: 0, item: 1, rating: 5, time: 1 },
      { user: 0, item: 0, rating: 3, time: 1 },
      { user: 0, item: 1, rating: 2, time: 1 },
    ];
    expect(rowsOf(createRatingLog(columnsOf(rows, 1, 2)))).toEqual([rows[1], rows[2]]);
  });

  test('users without ratings stay, in front, between and at the end, also beside replaced rows', () => {
    const rows = [
      { user: 2, item: 0, rating: 1, time: 1 },
      { user: 2, item: 0, rating: 2, time: 2 },
      { user: 2, item: 0, rating: 3, time: 3 },
      { user: 4, item: 0, rating: 4, time: 1 },
      { user: 4, item: 0, rating: 5, time: 2 },
    ];
    const log = createRatingLog(columnsOf(rows, 7, 1));
    expect(log.offsets).toEqual(Int32Array.of(0, 0, 0, 1, 1, 2, 2, 2));
    expect(log.ratings).toEqual(Float32Array.of(3, 5));
  });

  test('ratings lie on the scale as float32 too', () => {
    const rows = [4.51, 0.7].map((rating, item) => ({ user: 0, item, rating, time: item }));
    const { ratings } = createRatingLog({ ...columnsOf(rows, 1, 2), scale: { min: 0.7, max: 4.51 } });
    expect(Math.max(...ratings)).toBeLessThanOrEqual(4.51);
    expect(Math.min(...ratings)).toBeGreaterThanOrEqual(0.7);
  });

  test('a log may be empty', () => {
    expect(createRatingLog(columnsOf([], 0, 0)).offsets).toEqual(Int32Array.of(0));
    expect(createRatingLog(columnsOf([], 3, 2)).offsets).toEqual(Int32Array.of(0, 0, 0, 0));
  });

  test('reads typed arrays and leaves its input as it was', () => {
    const columns = {
      ...columnsOf([], 1, 2),
      users: Uint8Array.of(0, 0, 0),
      items: Int32Array.of(1, 0, 1),
      ratings: Float32Array.of(1, 2, 3),
      timestamps: Float64Array.of(3, 2, 1),
    };
    const before = structuredClone(columns);
    const log = createRatingLog(columns);
    expect(columns).toEqual(before);
    expect(log.items).toEqual(Int32Array.of(0, 1));
    expect(log.ratings).toEqual(Float32Array.of(2, 1));
  });

  test('is what a naive program makes of any rows', () => {
    const row = fc.record({
      user: fc.nat(4),
      item: fc.nat(5),
      rating: fc.integer(scale),
      time: fc.integer({ min: -3, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const latest = new Map<string, Row>();
        const byTime = [...rows].sort((a, b) => a.time - b.time);
        for (const each of byTime) latest.set(`${each.user} ${each.item}`, each);
        const expected = byTime
          .filter((each) => latest.get(`${each.user} ${each.item}`) === each)
          .sort((a, b) => a.user - b.user);
        const log = createRatingLog(columnsOf(rows, 5, 6));
        expect(rowsOf(log)).toEqual(expected);
        expect([log.ratings.length, log.timestamps.length]).toEqual([log.items.length, log.items.length]);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('bad columns', () => {
  const good = columnsOf(
    [
      { user: 0, item: 0, rating: 1, time: 0 },
      { user: 1, item: 2, rating: 5, time: 0 },
    ],
    2,
    3,
  );

  test.each<[string, Partial<RatingColumns>]>([
    ['userCount: expected an integer from 0, got 1.5', { userCount: 1.5 }],
    ['userCount: expected an integer from 0, got NaN', { userCount: NaN }],
    ['itemCount: expected an integer from 0, got -1', { itemCount: -1 }],
    ['users: expected a column of numbers, got undefined', { users: undefined as never }],
    ['ratings: expected a column of numbers, got null', { ratings: null as never }],
    ['ratings[1]: expected 1 to 5, got 2', { ratings: [1, '2' as never] }],
    ['items: expected 2 rows like users, got 1', { items: [0] }],
    ['ratings: expected 2 rows like users, got 3', { ratings: [1, 2, 3] }],
    ['timestamps: expected 2 rows like users, got 0', { timestamps: [] }],
    ['scale: expected min below max, both finite, got 5 to 5', { scale: { min: 5, max: 5 } }],
    ['scale: expected min below max, both finite, got NaN to 5', { scale: { min: NaN, max: 5 } }],
    ['scale: expected min below max, both finite, got 1 to 5', { scale: { min: 1, max: 5n as never } }],
    ['scale: expected min below max, both finite, got 0 to Infinity', { scale: { min: 0, max: Infinity } }],
    ['users[1]: expected an index below 2, got 2', { users: [0, 2] }],
    ['users[0]: expected an index below 2, got -1', { users: [-1, 0] }],
    ['users[0]: expected an index below 2, got 0.5', { users: [0.5, 0] }],
    ['items[1]: expected an index below 3, got 3', { items: [0, 3] }],
    ['items[0]: expected an index below 3, got NaN', { items: [NaN, 3] }],
    ['ratings[1]: expected 1 to 5, got 5.5', { ratings: [1, 5.5] }],
    ['ratings[0]: expected 1 to 5, got 0', { ratings: [0, 5] }],
    ['ratings[0]: expected 1 to 5, got NaN', { ratings: [NaN, 5] }],
    ['timestamps[1]: expected a finite number, got Infinity', { timestamps: [0, Infinity] }],
    ['timestamps[0]: expected a finite number, got NaN', { timestamps: [NaN, 0] }],
  ])('%s', (message, change) => {
    expect(() => createRatingLog(good)).not.toThrow();
    expect(() => createRatingLog({ ...good, ...change })).toThrow(new RangeError(message));
  });
});

whereDataIs('ml-100k', (folder) => {
  test('holds 100,000 ratings, each user in order of time', () => {
    const lines = readFileSync(join(folder, 'u.data'), 'utf8').trim().split('\n');
    const rows = lines.map((line) => {
      const [user, item, rating, time] = line.split('\t').map(Number);
      return { user: user! - 1, item: item! - 1, rating: rating!, time: time! };
    });
    const log = createRatingLog(columnsOf(rows, 943, 1682));
    expect(log.items.length).toBe(100_000);
    expect([1, 2, 3, 4, 5].map((stars) => log.ratings.filter((rating) => rating === stars).length)).toEqual([
      6110, 11370, 27145, 34174, 21201,
    ]);
    for (let user = 0; user < 943; user++) {
      const times = log.timestamps.subarray(log.offsets[user], log.offsets[user + 1]);
      expect(times.every((time, place) => place === 0 || time >= times[place - 1]!)).toBe(true);
    }
  });
});
