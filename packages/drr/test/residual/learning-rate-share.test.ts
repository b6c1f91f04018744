import { expect, test } from '@jest/globals';
import { learningRateShare } from '../../src/residual/learning-rate-share.js';

test('learning rates stay as they are for half of the steps, and fall to a twentieth then', () => {
  const shares = [0, 50, 75, 90, 99, 100].map((step) => learningRateShare(step, 100));
  for (const [place, expected] of [1, 1, 0.5, 0.2, 0.05, 0.05].entries())
    expect(shares[place]).toBeCloseTo(expected, 12);
});
