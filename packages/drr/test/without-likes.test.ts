import { train } from '@rl-recsys/agent';
import { ItemHistory } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { createRatingLog } from '@rl-recsys/rating-log';
import { expect, test } from '@jest/globals';
import { gatedFromLog, residualFromLog } from '../src/index.js';
import './on-wasm.js';

/** Twelve users rate ten of twelve items with 1 to 3 of five stars; only the newest rating of the first may be 5. */
function logOf(newest: number) {
  const rows = Array.from({ length: 120 }, (_, row) => ({ user: Math.floor(row / 10), place: row % 10 }));
  return createRatingLog({
    ...{ userCount: 12, itemCount: 12, scale: { min: 1, max: 5 } },
    users: rows.map(({ user }) => user),
    items: rows.map(({ user, place }) => (5 * place + user) % 12),
    ratings: rows.map(({ user, place }) => (user === 0 && place === 9 ? newest : 1 + ((user + place) % 3))),
    timestamps: rows.map(({ place }) => place),
  });
}

const small = { hiddenSize: 4, candidateCount: 4, batchSize: 8, historySize: 3, random: Random.fromSeed(1) };

test.each([
  ['in all of a log', 3],
  ['before the newest', 5],
])('where nothing is liked %s, the gated variant learns without the block of likes', async (_, newest) => {
  const fits: string[] = [];
  const made = await gatedFromLog(logOf(newest), {
    ...{ ...small, steps: 128 },
    onFit: (done, total) => void fits.push(`${done}/${total}`),
  });
  expect(fits.at(-1)).toBe('10/10');
  await train({ ...made, seed: 1 });
  const { scorers } = made.agent.savedPolicy();
  expect(scorers.map(({ name }) => name)).toEqual(
    ['ratings', 'EASE', 'EASE, recent', 'EASE, newest', 'SLIT', 'popularity'], // prettier-ignore
  );
  made.agent.dispose();
});

test('where ratings do not differ either, nothing can be learned, which is said', async () => {
  const log = logOf(3);
  const same = { ...log, ratings: log.ratings.map(() => 2) };
  await expect(gatedFromLog(same, small)).rejects.toThrow(
    'log: expected likes, or ratings that differ, to learn from, got neither',
  );
});

test('the residual variant does, too', async () => {
  const fits: string[] = [];
  const made = residualFromLog(logOf(3), {
    ...{ ...small, steps: 64 },
    onFit: (done, total) => void fits.push(`${done}/${total}`),
  });
  expect(fits).toEqual(['1/4', '2/4', '3/4', '4/4']);
  expect(made.blocks.map(({ name }) => name)).not.toContain('likes');
  await train({ ...made, seed: 1 });
  const scores = new Float32Array(12);
  made.agent
    .policy()
    .score(
      { user: 2, ...new ItemHistory(3).observe() },
      Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
      scores,
    );
  expect(scores.every(Number.isFinite)).toBe(true);
  made.agent.dispose();
});
