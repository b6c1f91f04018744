import { describe, expect, test } from '@jest/globals';
import { scoredBy, type Policy } from '@rl-recsys/evaluation';
import { createRatingLog, type RatingLog } from '@rl-recsys/rating-log';
import { compareWithBaselines } from '../src/comparison/compare.js';
import { cutoffsOf } from '../src/comparison/cutoffs.js';
import { formatComparison } from '../src/comparison/format.js';
import type { MeasureSessions } from '../src/scenarios/scenario.js';
import type { Compared } from '../src/variants/variant.js';

/** Five stars for every item of a user, in this order. */
function logOf(itemCount: number, itemsOf: readonly (readonly number[])[]): RatingLog {
  const rows = itemsOf.flatMap((items, user) => items.map((item, time) => ({ user, item, time })));
  return createRatingLog({
    ...{ userCount: itemsOf.length, itemCount, scale: { min: 1, max: 5 } },
    users: rows.map(({ user }) => user),
    items: rows.map(({ item }) => item),
    ratings: rows.map(() => 5),
    timestamps: rows.map(({ time }) => time),
  });
}

const upTo = (count: number) => Array.from({ length: count }, (_, item) => item);

describe('cutoffsOf', () => {
  const cutoffs = (heldOut: readonly number[], trained = 0, itemCount = 40) =>
    cutoffsOf({
      train: logOf(itemCount, heldOut.map(() => upTo(trained).map((item) => itemCount - 1 - item))), // prettier-ignore
      test: logOf(itemCount, heldOut.map(upTo)),
    });

  test('are 5 of what users held out and 10 of the catalogue where half of them have as many', () => {
    expect(cutoffs([1, 1, 5, 9])).toEqual({ reranking: 5, fullRanking: 10 });
    expect(cutoffs([1, 1, 1, 9]).reranking).toBe(1);
    expect(cutoffs([1, 4, 5]).reranking).toBe(4);
    expect(cutoffs([4, 4, 4, 4]).reranking).toBe(4); // a shop of 20 ratings a user
  });

  test('are not moved by who held out nothing', () => {
    expect(cutoffs([0, 0, 0, 0, 4, 5]).reranking).toBe(5);
    expect(cutoffs([0]).reranking).toBe(5);
  });

  test('are fewer where hardly anything of the catalogue is left', () => {
    expect(cutoffs([2, 2], 33).fullRanking).toBe(7);
    expect(cutoffs([2], 31).fullRanking).toBe(9);
  });
});

describe('compareWithBaselines', () => {
  // 40 users rated items 0 to 3 before and liked two of 4 to 11 later; item 20 + user was nobody else's.
  const users = upTo(40);
  const later = users.map((user) => [4 + (user % 8), 4 + ((user + 1) % 8)]);
  const split = { train: logOf(60, users.map((user) => [0, 1, 2, 3, 20 + user])), test: logOf(60, later) }; // prettier-ignore
  const knows = (name: string, share: number): Policy =>
    scoredBy(name, (user, item) => (user < share * 40 && later[user]!.includes(item) ? 1 : 0) - item / 1000);
  const worst = scoredBy('worst', (_user, item) => item);
  const compare = (compared: Compared, measure?: MeasureSessions) =>
    compareWithBaselines({ split, historySize: 5, seed: 1, compared, measure });

  test('has a row for each policy by both protocols, and says who counts', () => {
    const { table, warning } = compare({
      policy: knows('mine', 1),
      blocks: [worst, knows('half', 0.5)],
      staticMix: knows('mix', 0.75),
    });
    expect(table.fullRanking).toEqual({ cutoff: 10, users: 40, precisionUsers: 40, ndcgUsers: 40 });
    expect(table.reranking).toEqual({ cutoff: 2, users: 40, precisionUsers: 40, ndcgUsers: 40 });
    expect(table.rows.map(({ policy }) => policy)).toEqual(
      ['random', 'popularity', 'item mean', 'worst', 'half', 'mix', 'mine', 'oracle'], // prettier-ignore
    );
    const mine = table.rows.find(({ policy }) => policy === 'mine')!;
    expect(mine.fullRanking).toEqual({ precision: expect.closeTo(0.2, 12), ndcg: 1, recall: 1, hitRate: 1 });
    expect(mine.reranking).toEqual({ precision: 1, ndcg: 1 }); // all that they held out was liked
    expect(warning).toBeUndefined();
  });

  test('measures differences from the best block of all, the static mix and popularity', () => {
    const { table } = compare({
      policy: knows('mine', 1),
      blocks: [worst, knows('half', 0.5), knows('third', 0.3)],
      staticMix: knows('mix', 0.75),
    });
    const full = table.differences.filter(({ of }) => of === 'fullRanking');
    expect(full.map(({ policy, role, measure }) => [policy, role, measure])).toEqual([
      ['half', 'block', 'ndcg'],
      ['mix', 'mix', 'ndcg'],
      ['popularity', 'baseline', 'ndcg'],
    ]);
    const ndcg = (name: string) => table.rows.find(({ policy }) => policy === name)!.fullRanking.ndcg!;
    expect(full[0]!.difference.mean).toBeCloseTo(1 - ndcg('half'), 12);
    expect(full[0]!.difference.low).toBeGreaterThan(0);
    expect(table.differences.filter(({ of }) => of === 'session')).toEqual([]);
    expect(table.advice).toEqual([]);
  });

  test('says what to use instead where something else is better, and where it may be as good', () => {
    const beaten = compare({ policy: knows('mine', 0.5), blocks: [knows('block', 1)] });
    expect(beaten.table.advice).toEqual([
      expect.stringMatching(
        /^For lists of 10 from the whole catalogue use block instead of mine: NDCG@10 1\.0000, not 0\.\d{4}\.$/,
      ),
    ]);
    expect(formatComparison(beaten)).toContain(beaten.table.advice[0]);
    const close = compare({ policy: knows('mine', 1), blocks: [knows('block', 39 / 40)] });
    expect(close.table.advice[0]).toMatch(
      /catalogue block may serve as well as mine: NDCG@10 0\.\d{4} and 1\.0000, which may be chance\.$/,
    );
    const same = compare({ policy: knows('mine', 1), blocks: [knows('block', 1)] });
    expect(same.table.advice[0]).toContain('block may serve as well as mine: NDCG@10 1.0000 and 1.0000');
  });

  test('judges sessions by themselves: another block may be the best, and another policy be advised', () => {
    const rewards: Record<string, number> = { mine: 2, worst: 3, half: 1, random: 0.5 };
    const measure: MeasureSessions = ({ name }) =>
      users.map((user) => ({ reward: (rewards[name] ?? 0) + (user % 3), length: 4, bait: 0, mood: 0 }));
    const { table, warning } = compare(
      { policy: knows('mine', 1), blocks: [worst, knows('half', 0.5)] },
      measure,
    );
    const session = table.differences.filter(({ of }) => of === 'session');
    expect(session.map(({ policy, difference }) => [policy, difference.mean])).toEqual([
      ['worst', -1],
      ['popularity', 2],
    ]);
    expect(table.advice).toEqual(['For sessions use worst instead of mine: reward 3.98, not 2.98.']);
    // NDCG@10 is compared with another block.
    expect(formatComparison({ table, warning })).toMatch(
      /│ worst, the best single block +│ – +│ −1\.00 \(−1\.00 to −1\.00\) │/,
    );
  });
});
