import { createRatingLog } from '@rl-recsys/rating-log';
import { expect, test } from '@jest/globals';
import type { CandidatePools } from '../../src/gated/candidate-pools.js';
import { judgedUsers } from '../../src/gated/judged-users.js';

/** Three users, who rated items 0 and 1, and then 2 to 6, all with likes but for item 1. */
const rows = Array.from({ length: 21 }, (_, row) => row);
const log = createRatingLog({
  ...{ userCount: 3, itemCount: 8, scale: { min: 1, max: 5 } },
  users: rows.map((row) => Math.floor(row / 7)),
  items: rows.map((row) => row % 7),
  ratings: rows.map((row) => (row % 7 === 1 ? 1 : 5)),
  timestamps: rows,
});
const moments = {
  users: Int32Array.of(0, 1, 2),
  starts: Int32Array.of(2, 9, 16),
  ends: Int32Array.of(7, 14, 21),
};
const pools = {
  blockCount: 1,
  offsets: Int32Array.of(0, 6, 12, 18),
  unratedFrom: Int32Array.of(5, 11, 17),
  items: Int32Array.from({ length: 18 }, (_, row) => 2 + (row % 6)),
} as unknown as CandidatePools;

test('users are judged from a moment of the pools on, as they then were', () => {
  const { moments: judged, histories } = judgedUsers(log, moments, 1, pools, 3, 'likes');
  expect(judged.catalogue.map(({ moment }) => moment)).toEqual([1, 2]);
  expect(judged.few.map(({ moment, from, to }) => [moment, from, to])).toEqual([
    [1, 6, 11],
    [2, 12, 17],
  ]);
  expect(Array.from(histories.user)).toEqual([1, 2]);
  expect([...histories.history]).toEqual([-1, -1, 0, -1, -1, 0]); // the only like before
  expect([...histories.rewards]).toEqual([0, 0, 1, 0, 0, 1]);
});
