import { expect, jest, test } from '@jest/globals';
import { useWasmBackend } from '../src/backend.js';
import { strongBaselines } from '../src/comparison/strong-baselines.js';
import { compared, halves, namesOf } from './halves.js';

test('beyond 20,000 items models of pairs know a part, and those that begin at them are left out: both is said', async () => {
  await useWasmBackend();
  const printed = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  const log = halves(20_001, () => 5);
  const policies = await strongBaselines(log, { baselines: 'all', seed: 1 }, compared('none'));
  expect(namesOf(policies)).toEqual(['iALS', 'item-kNN', 'EASE', 'SLIT', 'BPR']);
  for (const line of [
    'GRU4Rec, SASRec: left out, as there are more than 20,000 items',
    'item-kNN, EASE, SLIT: of 20,001 items the 4,000 alone that were rated most; others score 0',
  ])
    expect(printed).toHaveBeenCalledWith(line);
  printed.mockRestore();
}, 300_000);
