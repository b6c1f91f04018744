import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { countSeen, fingerprintOf, kCore } from '../src/index.js';
import { logOf, logs, rowsOf } from './logs.js';

describe('fingerprintOf', () => {
  const log = logOf(
    [
      [0, 3, 1],
      [0, 1, 2],
      [2, 2, 1],
    ],
    3,
    4,
  );

  test('holds the items of each user, ascending', () => {
    expect(fingerprintOf(log)).toEqual({
      userCount: 3,
      itemCount: 4,
      offsets: Int32Array.of(0, 2, 2, 3),
      items: Int32Array.of(1, 3, 2),
    });
  });

  test('leaves the log as it is and shares nothing with it', () => {
    const { offsets, items } = fingerprintOf(log);
    expect([...log.items]).toEqual([3, 1, 2]);
    expect(items.buffer).not.toBe(log.items.buffer);
    expect(offsets.buffer).not.toBe(log.offsets.buffer);
  });
});

describe('countSeen', () => {
  test('counts pairs, not items: what somebody else rated is unseen', () => {
    const seen = fingerprintOf(logOf([[0, 1, 1], [0, 3, 2], [1, 2, 1]], 2, 4)); // prettier-ignore
    const asked = logOf([[0, 3, 9], [0, 2, 8], [1, 1, 1], [1, 2, 5]], 2, 4); // prettier-ignore
    expect(countSeen(seen, asked)).toBe(2);
  });

  test('is the size of the intersection', () => {
    fc.assert(
      fc.property(logs, logs, (one, other) => {
        const pairsOf = (log: typeof one) => rowsOf(log).map((row) => row.split(' ', 2).join(' '));
        const known = new Set(pairsOf(one));
        expect(countSeen(fingerprintOf(one), other)).toBe(
          pairsOf(other).filter((pair) => known.has(pair)).length,
        );
        expect(countSeen(fingerprintOf(one), one)).toBe(one.items.length);
      }),
      { seed: 1 },
    );
  });

  test('refuses a log whose indices mean others', () => {
    const log = logOf([[1, 1, 1]], 2, 2);
    const seen = fingerprintOf(log);
    expect(() => countSeen(seen, kCore(log).log)).toThrow(
      new RangeError('log.userCount: expected 2 as when the model was fitted, got 1'),
    );
    expect(() => countSeen(seen, logOf([[1, 1, 1]], 2, 3))).toThrow(
      new RangeError('log.itemCount: expected 2 as when the model was fitted, got 3'),
    );
  });
});
