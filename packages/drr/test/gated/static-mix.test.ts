import { createRatingLog } from '@rl-recsys/rating-log';
import { expect, test } from '@jest/globals';
import type { CandidatePools } from '../../src/gated/candidate-pools.js';
import { gainsOf, judgedMoments } from '../../src/gated/judged-moments.js';
import { mixedScore } from '../../src/gated/mixed-score.js';
import { tuneStaticMix } from '../../src/gated/static-mix.js';

/** Twelve users who rate items 0 to 5 next, and like the last two of them. */
const users = Array.from({ length: 72 }, (_, row) => Math.floor(row / 6));
const items = users.map((_, row) => row % 6);
const log = createRatingLog({
  ...{ users, items, userCount: 12, itemCount: 12, scale: { min: 1, max: 5 } },
  ratings: items.map((item) => (item > 3 ? 5 : 1)),
  timestamps: items,
});
const moments = {
  users: Int32Array.from({ length: 12 }, (_, user) => user),
  starts: Int32Array.from({ length: 12 }, (_, user) => 6 * user),
  ends: Int32Array.from({ length: 12 }, (_, user) => 6 * user + 6),
};

/** Pools of all twelve items, scored by item alone. */
function poolsOf(blocks: readonly ((item: number) => number)[]): CandidatePools {
  const rows = Array.from({ length: 144 }, (_, row) => row % 12);
  return {
    blockCount: blocks.length,
    offsets: Int32Array.from({ length: 13 }, (_, moment) => 12 * moment),
    unratedCounts: moments.users.map(() => 12),
    foundFrom: moments.users.map((moment) => 12 * moment),
    unratedFrom: moments.users.map((moment) => 12 * moment + 6),
    items: Int32Array.from(rows),
    scores: Float32Array.from(rows.flatMap((item) => blocks.map((score) => score(item)))),
    summaries: new Float32Array(12),
  };
}

const noise = (item: number) => Math.sin(7 * item);
const isRated = (item: number) => (item < 6 ? 1 : -1);
const isLiked = (item: number) => (item === 4 || item === 5 ? 1 : -1);

test('finds the blocks that rank the likes first, for each kind of candidates, and no others', () => {
  // Of the whole catalogue two blocks are needed to be sure; of the rated items it is only the last that matters.
  const pools = poolsOf([noise, isRated, (item) => (item > 5 ? 0.6 : item > 3 ? 0.5 : -1)]);
  const catalogue = tuneStaticMix('catalogue', { log, moments, pools, goal: 'likes' });
  expect(catalogue[1]).toBeGreaterThan(0);
  expect(catalogue[2]).toBeGreaterThan(0);
  const few = tuneStaticMix('few', { log, moments, pools, goal: 'likes' });
  expect(few[2]).toBeGreaterThan(few[0]!);
  for (const mix of [catalogue, few]) expect(mix.reduce((sum, weight) => sum + weight)).toBeCloseTo(2);
});

test('is one block where one is perfect', () => {
  const mix = tuneStaticMix('catalogue', {
    ...{ log, moments, pools: poolsOf([noise, isLiked]) },
    goal: 'likes',
  });
  expect(mix[1]).toBeGreaterThan(mix[0]!);
  expect(Math.min(...mix)).toBeGreaterThanOrEqual(0);
});

test('is tuned for the next item where that is the goal', () => {
  // Item 0 comes next for everybody, and is not liked.
  const pools = poolsOf([noise, isLiked, (item) => -item]);
  const mix = tuneStaticMix('catalogue', { log, moments, pools, goal: 'next-item' });
  expect(mix[2]).toBeGreaterThan(mix[1]!);
  expect(tuneStaticMix('few', { log, moments, pools, goal: 'next-item' })[1]).toBeGreaterThan(0);
});

test('leaves out a block that is wrong, where it takes two of the others', () => {
  // One says that an item is one of 2 to 5, one that it is none of 2 and 3: only both say 4 and 5. The third says the contrary.
  const pools = poolsOf([
    (item) => (item > 1 && item < 6 ? 1 : -1),
    (item) => (item < 2 || item > 3 ? 1 : -1),
    (item) => -3 * isLiked(item),
  ]);
  const mix = tuneStaticMix('catalogue', { log, moments, pools, goal: 'likes' });
  const judged = judgedMoments('catalogue', log, moments, pools, 'likes');
  const gains = gainsOf('catalogue', judged, (row) => mixedScore(pools, row, mix));
  expect([...gains]).toEqual(Array(12).fill(1));
});
