import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { createRatingLog } from '@rl-recsys/rating-log';
import { gatedFromLog } from '../../src/index.js';
import { countFits, fitCatalogueBlocks, whatVaries } from '../../src/gated/fit-blocks.js';

/** Four users who rated three of five items each, with two ratings, or one alone. */
function logOf(ratings: readonly number[]) {
  const rows = Array.from({ length: 12 }, (_, row) => row);
  return createRatingLog({
    ...{ userCount: 4, itemCount: 5, scale: { min: 1, max: 5 } },
    users: rows.map((row) => Math.floor(row / 3)),
    items: rows.map((row) => (row + Math.floor(row / 3)) % 5),
    ratings: rows.map((row) => ratings[row % ratings.length]!),
    timestamps: rows,
  });
}

test.each([
  { ratings: [5, 2], sequenceBlock: undefined, more: [] },
  { ratings: [5, 2], sequenceBlock: 'gru4rec', more: ['GRU4Rec'] },
  { ratings: [5, 2], sequenceBlock: 'sasrec', more: ['SASRec'] },
  { ratings: [5], sequenceBlock: undefined, more: [] },
] as const)('blocks of ratings $ratings with $sequenceBlock', async ({ ratings, sequenceBlock, more }) => {
  const log = logOf(ratings);
  let fits = 0;
  const options = { random: Random.fromSeed(1), sequenceBlock, onFit: () => fits++ };
  const { scorers } = await fitCatalogueBlocks(log, options);
  const names = ['iALS', 'EASE', 'EASE, recent', 'EASE, newest', 'SLIT', ...more, 'popularity'];
  expect(scorers.map(({ name }) => name)).toEqual([...(ratings.length > 1 ? ['ratings'] : []), ...names]);
  expect(fits).toBe(countFits(whatVaries(log), { sequenceBlock }));
});

test('fits are counted to their end, with those of a model of order, of the older ratings and of all; then moments are', async () => {
  const [told, drawn]: [string[], string[]] = [[], []];
  const { agent } = await gatedFromLog(logOf([5, 2]), {
    ...{ steps: 64, historySize: 2, hiddenSize: 2, random: Random.fromSeed(1), sequenceBlock: 'sasrec' },
    onFit: (done, total) => void told.push(`${done}/${total}`),
    onPool: (done, total) => void drawn.push(`${done}/${total}`),
  });
  const total = Number(drawn[0]!.split('/')[1]);
  expect(total).toBeGreaterThan(2);
  expect(drawn).toEqual(Array.from({ length: total + 1 }, (_, done) => `${done}/${total}`));
  expect(told).toEqual(Array.from({ length: 14 }, (_, fit) => `${fit + 1}/14`));
  agent.dispose();
});
