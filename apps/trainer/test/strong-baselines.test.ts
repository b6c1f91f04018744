import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { useWasmBackend } from '../src/backend.js';
import { strongBaselines } from '../src/comparison/strong-baselines.js';
import { compared, halves, namesOf } from './halves.js';

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

  test('are left out and named where nothing is liked', async () => {
    const printed = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    const disliked = halves(10, (user) => 1 + (user % 2));
    const policies = await strongBaselines(disliked, { baselines: 'closed-form', seed: 1 }, compared('none'));
    expect(namesOf(policies)).toEqual([]);
    expect(printed).toHaveBeenCalledWith('iALS, item-kNN, EASE, SLIT: left out, as nothing is liked');
  });
});
