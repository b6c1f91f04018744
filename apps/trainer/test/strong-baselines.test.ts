import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomPolicy, type Policy } from '@rl-recsys/evaluation';
import { Random } from '@rl-recsys/random';
import { createRatingLog, type RatingLog } from '@rl-recsys/rating-log';
import { useWasmBackend } from '../src/backend.js';
import { strongBaselines } from '../src/comparison/strong-baselines.js';

/** Users who like the items of their own half; `ratingOf` says how much. */
function halves(itemCount: number, ratingOf: (user: number) => number): RatingLog {
  const rows = Array.from({ length: 12 }, (_, user) =>
    Array.from({ length: 4 }, (_, place) => ({ user, item: (user % 2) * 5 + ((user + place) % 5) })),
  ).flat();
  return createRatingLog({
    ...{ userCount: 12, itemCount, scale: { min: 1, max: 5 } },
    users: rows.map(({ user }) => user),
    items: rows.map(({ item }) => item),
    ratings: rows.map(({ user }) => ratingOf(user)),
    timestamps: rows.map((_, time) => time),
  });
}

const named = (name: string): Policy => ({ ...randomPolicy(Random.fromSeed(1)), name });
const compared = (...blocks: readonly [string, ...string[]]) => {
  const [first, ...more] = blocks;
  return { policy: named('mine'), blocks: [named(first), ...more.map(named)] as const };
};
const namesOf = (policies: readonly Policy[]) => policies.map(({ name }) => name);

beforeAll(() => useWasmBackend());

afterEach(() => {
  jest.restoreAllMocks();
});

describe('strong baselines', () => {
  const log = halves(10, () => 5);

  test('are the closed forms; blocks are not fitted again', async () => {
    const policies = await strongBaselines(
      log,
      { baselines: 'closed-form', seed: 1 },
      compared('EASE', 'iALS'),
    );
    expect(namesOf(policies)).toEqual(['item-kNN', 'SLIT']);
  });

  test('are with them all that takes minutes, and rank what others of the same taste like first', async () => {
    const policies = await strongBaselines(log, { baselines: 'all', seed: 1 }, compared('EASE', 'iALS'));
    expect(namesOf(policies)).toEqual(['item-kNN', 'SLIT', 'BPR', 'GRU4Rec', 'SASRec']);
    const candidates = Int32Array.from({ length: 10 }, (_, item) => item);
    const history = new Int32Array(5).fill(-1);
    const nothingLiked = { user: 0, history, rewards: new Float32Array(5), candidates };
    // Attention has nothing to learn from a dozen pasts of four.
    for (const policy of policies.filter(({ name }) => name !== 'SASRec')) {
      const scores = new Float32Array(10);
      policy.score(nothingLiked, candidates, scores);
      // The fifth item of the user's half, which the user has not met, before all of the other half.
      expect([policy.name, scores[4]! > Math.max(...scores.slice(5))]).toEqual([policy.name, true]);
      expect(policy.fittedOn).toHaveLength(1);
    }
  });

  test.each<[string, RatingLog, string[], string]>([
    [
      'pairs of items are too many',
      halves(20_001, () => 5),
      ['iALS'],
      'item-kNN, EASE, SLIT: left out, as there are more than 20,000 items',
    ],
    [
      'nothing is liked',
      halves(10, (user) => 1 + (user % 2)),
      [],
      'iALS, item-kNN, EASE, SLIT: left out, as nothing is liked',
    ],
  ])('are left out and named where %s', async (_, of, fitted, line) => {
    const printed = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    const policies = await strongBaselines(of, { baselines: 'closed-form', seed: 1 }, compared('none'));
    expect(namesOf(policies)).toEqual(fitted);
    expect(printed).toHaveBeenCalledWith(line);
  });
});
