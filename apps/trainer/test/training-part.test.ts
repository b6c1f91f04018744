import { describe, expect, test } from '@jest/globals';
import { createRatingLog } from '@rl-recsys/rating-log';
import { assertEnoughRatings, withoutLikes } from '../src/commands/training-part.js';
import { gated } from '../src/variants/gated/index.js';
import { paper } from '../src/variants/paper/index.js';
import { residual } from '../src/variants/residual/index.js';
import type { LogRunOptions } from '../src/options/run-options.js';
import { holdOutNewest, ratingsToLeave } from '../src/scenarios/hold-out.js';

/** One user's ratings, oldest first, and another's first two. */
function logOf(ratings: readonly number[]) {
  const users = [...ratings.map(() => 0), ...ratings.slice(0, 2).map(() => 1)];
  return createRatingLog({
    ...{ userCount: 2, itemCount: ratings.length, scale: { min: 1, max: 5 }, users },
    items: users.map((user, row) => (user === 0 ? row : row - ratings.length)),
    ratings: users.map((user, row) => ratings[user === 0 ? row : row - ratings.length]!),
    timestamps: users.map((_, row) => row),
  });
}

test('so many ratings are needed that enough are left, and no more', () => {
  for (let left = 1; left < 60; left++) {
    const leftOf = (count: number) => {
      const { train } = holdOutNewest(logOf(Array.from({ length: count }, () => 3)));
      return train.offsets[1]!;
    };
    expect(leftOf(ratingsToLeave(left))).toBeGreaterThanOrEqual(left);
    if (left > 1) expect(leftOf(ratingsToLeave(left) - 1)).toBeLessThan(left);
  }
});

describe('assertEnoughRatings', () => {
  const sessions = { sessionLength: 10 } as unknown as LogRunOptions;

  test.each([
    ['gated', gated, 3],
    ['residual', residual, 5],
    ['paper', paper, 14],
  ] as const)('says how many a user of the whole log needs: %s', (_, variant, needed) => {
    const check = (count: number) => {
      const log = logOf(Array.from({ length: count }, (_each, place) => 1 + (place % 5)));
      return () => assertEnoughRatings(log, holdOutNewest(log), variant.fewestRatings(sessions));
    };
    expect(check(needed)).not.toThrow();
    expect(check(needed - 1)).toThrow(
      new RegExp(`^log: expected a user with ${needed} ratings or more, .*, got ${needed - 1} at most$`),
    );
  });
});

test('it is said where nothing to learn from is liked', () => {
  const warning = (ratings: readonly number[]) => withoutLikes(holdOutNewest(logOf(ratings)));
  expect(warning([1, 2, 3, 3, 5])).toMatch(
    /^nothing to learn from is liked, three quarters up the scale from 1 to 5/,
  );
  expect(warning([1, 2, 4, 3, 5])).toBeUndefined();
});
