import { expect, test } from '@jest/globals';
import { Random, type SavedState } from '@rl-recsys/random';
import { syntheticRatingLog } from '@rl-recsys/simulators';
import { keptLog } from '../src/variants/residual/kept-log.js';

const log = syntheticRatingLog({ users: 6, items: 16, ratingsPerUser: 4, random: Random.fromSeed(1) });
const kept = log as unknown as Record<string, SavedState>;
const sizes = { userCount: 6, itemCount: 16 };

test('a log that was kept comes back as it was', () => {
  expect(keptLog('kept', kept, sizes)).toEqual(log);
});

test.each([
  ['none', null, /^kept: expected a record of offsets, items/],
  [
    'that of fewer items',
    { items: log.items.map((item) => item + 12) },
    /^items\[\d+\]: expected an index below 16/,
  ],
  ['that of other users', { offsets: new Int32Array(9) }, /^kept\.offsets: expected 7 numbers, got 9/],
  [
    'one with rows that are not there',
    { offsets: log.offsets.map((offset) => 9 * offset) },
    /^kept\.offsets\[\d\]: expected an integer from 0 to/,
  ],
  [
    'one whose columns differ',
    { ratings: new Float32Array(3) },
    /^ratings: expected \d+ rows like users, got 3/,
  ],
  [
    'one of numbers that are none',
    { timestamps: log.timestamps.map(() => NaN) },
    /^timestamps\[0\]: expected/,
  ],
  ['one of no scale', { scale: { min: 1, max: 'x' } }, /^scale: expected min below max/],
])('%s is refused', (_, changed, sentence) => {
  expect(() => keptLog('kept', changed && { ...kept, ...changed }, sizes)).toThrow(sentence);
});
