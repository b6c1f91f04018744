import { createRatingLog } from '@rl-recsys/rating-log';
import { expect, test } from '@jest/globals';
import { laterMoments, momentsAfter } from '../../src/gated/moments.js';

test('several moments for one: from its start, in equal steps, none twice', () => {
  const moments = {
    users: Int32Array.of(3, 5),
    starts: Int32Array.of(10, 40),
    ends: Int32Array.of(20, 42),
  };
  expect(laterMoments(moments, 4)).toEqual({
    users: Int32Array.of(3, 3, 3, 3, 5, 5),
    starts: Int32Array.of(10, 12, 15, 17, 40, 41),
    ends: Int32Array.of(20, 20, 20, 20, 42, 42),
  });
});

test('moments are those of users who rated something before them and something after', () => {
  const logOf = (users: number[]) =>
    createRatingLog({
      ...{ userCount: 4, itemCount: 3, scale: { min: 1, max: 5 } },
      users,
      items: users.map((user, row) => (users.indexOf(user) === row ? 0 : row - users.indexOf(user))),
      ratings: users.map(() => 5),
      timestamps: users.map((_, row) => row),
    });
  // User 0 rated nothing more, user 2 nothing before, user 3 nothing at all.
  expect(momentsAfter(logOf([0, 1, 1, 1, 2]), logOf([0, 1, 1]))).toEqual({
    users: Int32Array.of(1),
    starts: Int32Array.of(3),
    ends: Int32Array.of(4),
  });
});
