import { expect, test } from '@jest/globals';
import { learningRateAt } from '../src/learning-rate.js';

test('the rate rises to its largest in a tenth of the way and falls to a twentieth', () => {
  expect(learningRateAt(0)).toBeCloseTo(0.05, 12);
  expect(learningRateAt(0.05)).toBeCloseTo(0.525, 12);
  expect(learningRateAt(0.1)).toBeCloseTo(1, 12);
  expect(learningRateAt(0.55)).toBeCloseTo(0.525, 12);
  expect(learningRateAt(1)).toBeCloseTo(0.05, 12);
});
