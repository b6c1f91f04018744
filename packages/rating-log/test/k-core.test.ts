import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { kCore, type RatingLog } from '../src/index.js';
import { logOf, logs, rowsOf } from './logs.js';

const degreesOf = ({ userCount, itemCount, offsets, items }: RatingLog) => ({
  users: Array.from({ length: userCount }, (_, user) => offsets[user + 1]! - offsets[user]!),
  items: Array.from({ length: itemCount }, (_, item) => items.filter((one) => one === item).length),
});

/** Which users and items stay, by removing all that have too few again and again. */
function coreByHand(log: RatingLog, minimumPerUser: number, minimumPerItem: number) {
  let users = new Set(Array.from({ length: log.userCount }, (_, user) => user));
  let items = new Set(Array.from({ length: log.itemCount }, (_, item) => item));
  for (;;) {
    const pairs = rowsOf(log)
      .map((row) => row.split(' ').map(Number))
      .filter(([user, item]) => users.has(user!) && items.has(item!));
    const keptUsers = [...users].filter(
      (one) => pairs.filter(([user]) => user === one).length >= minimumPerUser,
    );
    const keptItems = [...items].filter(
      (one) => pairs.filter(([, item]) => item === one).length >= minimumPerItem,
    );
    if (keptUsers.length === users.size && keptItems.length === items.size) return { users, items };
    users = new Set(keptUsers);
    items = new Set(keptItems);
  }
}

describe('kCore', () => {
  test('a chain falls link by link, and the square behind it stays', () => {
    // user 0 – item 0 – user 1 – item 1 – user 2, and users 3 and 4 both rated items 2 and 4.
    const log = logOf(
      [
        [0, 0, 1],
        [1, 0, 1],
        [1, 1, 2],
        [2, 1, 1],
        [3, 4, 7],
        [3, 2, 5],
        [4, 2, 6],
        [4, 4, 8],
      ],
      5,
      5,
    );
    const core = kCore(log, { minimumPerUser: 2, minimumPerItem: 2 });
    expect(core).toEqual({
      users: Int32Array.of(3, 4),
      items: Int32Array.of(2, 4),
      log: {
        userCount: 2,
        itemCount: 2,
        offsets: Int32Array.of(0, 2, 4),
        items: Int32Array.of(0, 1, 0, 1),
        ratings: Float32Array.of(1.005, 1.004, 1.006, 1.007),
        timestamps: Float64Array.of(5, 7, 6, 8),
        scale: { min: 1, max: 5 },
      },
    });
  });

  test('by default only who has nothing is removed', () => {
    const { log, users, items } = kCore(
      logOf(
        [
          [1, 2, 1],
          [3, 0, 1],
        ],
        5,
        4,
      ),
    );
    expect([...users]).toEqual([1, 3]);
    expect([...items]).toEqual([0, 2]);
    expect(rowsOf(log)).toEqual(['0 1 1 1', `1 0 ${Math.fround(1.001)} 1`]);
  });

  test('a minimum of 0 leaves that side whole', () => {
    const log = logOf([[0, 1, 1]], 3, 3);
    const core = kCore(log, { minimumPerItem: 0 });
    expect([core.log.userCount, core.log.itemCount]).toEqual([1, 3]);
    expect(kCore(log, { minimumPerUser: 0, minimumPerItem: 0 }).log).toEqual(log);
  });

  test('may leave nothing', () => {
    const { log, users, items } = kCore(logOf([[0, 0, 1]], 1, 1), { minimumPerUser: 2 });
    expect([log.userCount, log.itemCount, log.items.length]).toEqual([0, 0, 0]);
    expect([...log.offsets, ...users, ...items]).toEqual([0]);
  });

  test('keeps what removing by hand keeps, every row of it, in order', () => {
    fc.assert(
      fc.property(logs, fc.nat(4), fc.nat(4), (log, minimumPerUser, minimumPerItem) => {
        const core = kCore(log, { minimumPerUser, minimumPerItem });
        const expected = coreByHand(log, minimumPerUser, minimumPerItem);
        expect([...core.users]).toEqual([...expected.users]);
        expect([...core.items]).toEqual([...expected.items]);
        const { users, items } = degreesOf(core.log);
        expect(Math.min(Infinity, ...users)).toBeGreaterThanOrEqual(minimumPerUser);
        expect(Math.min(Infinity, ...items)).toBeGreaterThanOrEqual(minimumPerItem);
        const withOldIndices = rowsOf(core.log).map((row) => {
          const [user, item, ...rest] = row.split(' ');
          return [core.users[Number(user)], core.items[Number(item)], ...rest].join(' ');
        });
        expect(withOldIndices).toEqual(
          rowsOf(log).filter((row) => {
            const [user, item] = row.split(' ').map(Number);
            return expected.users.has(user!) && expected.items.has(item!);
          }),
        );
      }),
      { seed: 1 },
    );
  });

  test.each([-1, 1.5, NaN])('a minimum of %d is named', (minimum) => {
    const log = logOf([], 0, 0);
    expect(() => kCore(log, { minimumPerUser: minimum })).toThrow(
      new RangeError(`minimumPerUser: expected an integer from 0, got ${minimum}`),
    );
    expect(() => kCore(log, { minimumPerItem: minimum })).toThrow(
      new RangeError(`minimumPerItem: expected an integer from 0, got ${minimum}`),
    );
  });
});
