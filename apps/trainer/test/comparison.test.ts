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
      /│ worst, the best single block +│ – +│ −1\.00 +│\n│ +│ +│ \(−1\.00 to −1\.00\) │/,
    );
  });
});

test('a strong model that it is not built on is the best single model where no block is as good', () => {
  const users = upTo(8);
  const train = logOf(30, users.map(() => [0, 1, 2, 3])); // prettier-ignore
  const test = logOf(30, users.map((user) => [4 + user, 12 + user])); // prettier-ignore
  const made = compareWithBaselines({
    ...{ split: { train, test }, historySize: 5, seed: 1 },
    compared: { policy: scoredBy('mine', () => 0), blocks: [scoredBy('block', (_, item) => item)] },
    strong: [scoredBy('SLIT', (user, item) => (item === 4 + user || item === 12 + user ? 1 : 0))],
  });
  const [first] = made.table.differences;
  expect(first).toMatchObject({ of: 'fullRanking', policy: 'SLIT', role: 'strong' });
  expect(made.table.advice[0]).toMatch(/use SLIT instead of mine: NDCG@\d+ 1\.0000/);
  const printed = formatComparison(made);
  expect(printed).toMatch(/│ SLIT, the best single model +│/);
  expect(printed).toContain('SLIT: strong models that mine is not built on');
});
/** 12 users rated three of items 4 to 11 later, as many stars as a policy can only know in part. */
const fewLater = upTo(12).map((user) => upTo(3).map((place) => 4 + ((user + place) % 8)));
const few = {
  train: logOf(30, upTo(12).map((user) => [0, 1, 2, 3, 12 + user])), // prettier-ignore
  test: {
    ...logOf(30, fewLater),
    ratings: Float32Array.from(logOf(30, fewLater).items, (item) => 1 + (item % 5)),
  },
};
const knowsFew = (name: string) => scoredBy(name, (_user, item) => -item);

describe('what compares nothing is not printed as a comparison', () => {
  /** Each user held out `count` of items 4 to 11, with these stars; before they rated 0 to 3. */
  function compare(count: number, starsOf: (item: number) => number, staticMix?: Policy) {
    const users = upTo(12);
    const later = users.map((user) => upTo(count).map((place) => 4 + ((user + place) % 8)));
    const train = logOf(30, users.map((user) => [0, 1, 2, 3, 12 + user])); // prettier-ignore
    const all = logOf(30, later);
    const test = { ...all, ratings: Float32Array.from(all.items, starsOf) };
    const policy = scoredBy('mine', (_user, item) => -item);
    const blocks = [scoredBy('block', (user, item) => (user * item) % 7)] as const;
    const start = staticMix?.name ?? 'block';
    const compared = { policy, blocks, start, ...(staticMix && { staticMix }) };
    const made = compareWithBaselines({ split: { train, test }, historySize: 5, seed: 1, compared });
    const [whole, own] = formatComparison(made).split('Ordering what users rated later: ') as [
      string,
      string,
    ];
    return { ...made, whole, own };
  }

  test('where users liked all that they rated later, as with clicks alone', () => {
    const { whole, own, table } = compare(3, () => 5);
    expect(own).toContain('Nothing to compare: users liked all that they rated later');
    expect(own).not.toContain('│');
    expect(whole).toMatch(/│ mine +│ 0\.\d{4} │ +0\.\d{4} │/);
    expect(table.differences.filter(({ of }) => of === 'reranking')).toEqual([]);
  });

  test('where users rated one item later', () => {
    const { whole, own } = compare(1, (item) => 1 + (item % 5));
    expect(own).toMatch(
      /^12 of 12 users, who rated 1 or more items later \(NDCG: \d+, who liked one\); K is 1, the most that half of the users allow\n/,
    );
    expect(own).toContain('Nothing to compare: most users rated one item later');
    expect(own).not.toContain('│');
    expect(whole).toContain('│ mine');
  });

  test('where nobody liked anything later', () => {
    const { whole, own, table } = compare(3, () => 2);
    for (const part of [whole, own]) {
      expect(part).toContain('Nothing to compare: nobody liked anything later.');
      expect(part).not.toContain('│');
    }
    expect([table.differences, table.advice]).toEqual([[], []]);
  });

  test('one measure is left out by itself, and said', () => {
    const { own, table } = compare(2, (item) => (item % 2 === 0 ? 5 : 1));
    expect(own).toContain('The same for every policy, and so not shown: P@2 0.5000.');
    expect(own).toMatch(/│ policy +│ NDCG@2 │/);
    expect(table.differences.filter(({ measure }) => measure === 'precision')).toEqual([]);
  });

  test('what does as the mix that it starts at for every user has not learned yet', () => {
    const sentence = /^mine has not learned yet: more --steps\. For every user it does what mix does/;
    const starsOf = (item: number) => 1 + (item % 5);
    const same = compare(
      6,
      starsOf,
      scoredBy('mix', (_user, item) => -2 * item),
    );
    expect(same.table.advice[0]).toMatch(sentence);
    expect(same.whole).toMatch(/│ mix +│ 0 for everybody +│/);
    const other = compare(
      6,
      starsOf,
      scoredBy('mix', (_user, item) => item),
    );
    expect(other.table.advice.filter((each) => sentence.test(each))).toEqual([]);
  });

  test('so does what does as the only block, where it starts at that', () => {
    const compared = (start: string | undefined) => {
      const policy = knowsFew('mine');
      const made = { policy, blocks: [knowsFew('block')] as const, ...(start !== undefined && { start }) };
      return compareWithBaselines({ split: few, historySize: 5, seed: 1, compared: made }).table.advice;
    };
    expect(compared('block')[0]).toBe(
      'mine has not learned yet: more --steps. For every user it does what block does, at which it starts.',
    );
    expect(compared(undefined).filter((each) => each.includes('not learned'))).toEqual([]);
  });

  test('a line explains each kind of row whose name does not', () => {
    const { whole } = compare(
      3,
      (item) => 1 + (item % 5),
      scoredBy('static mix', (_user, item) => item),
    );
    for (const line of [
      "item mean: by what an item's ratings are on average",
      'block: what mine is built on, each by itself',
      'static mix: one mix of these for everybody, at which mine starts',
      'oracle: knows what it is judged by, the limit that nothing passes',
    ])
      expect(whole).toContain(`\n  ${line}\n`);
  });
});
