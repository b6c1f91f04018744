import { expect, test } from '@jest/globals';
import { inspectedFigures } from '../src/inspected.js';

test('a batch of two in figures: means over its rows, entropy where there are candidates', () => {
  const figures = inspectedFigures(
    {
      values: Float32Array.of(1, 3),
      shares: Float32Array.of(0.5, 0.5, 0, 0.25, 0.25, 0.5),
      gates: Float32Array.of(1, 2, 3, 6),
      residual: Float32Array.of(3, 4, 0, 0, 6, 8),
    },
    ['taste', 'fame'],
  );
  expect(figures).toMatchObject({ meanQ: 2, maxQ: 3, 'gate/taste': 2, 'gate/fame': 4, residualSize: 7.5 });
  expect(figures['candidateEntropy']).toBeCloseTo((Math.LN2 + 1.5 * Math.LN2) / 2, 6);
});
