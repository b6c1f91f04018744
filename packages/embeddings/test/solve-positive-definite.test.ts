import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import fc from 'fast-check';
import { solvePositiveDefinite } from '../src/solve-positive-definite.js';

test('two equations by hand, from the lower triangle only', () => {
  const matrix = Float64Array.of(4, NaN, 2, 3);
  const vector = Float64Array.of(2, 5);
  solvePositiveDefinite(matrix, vector, 2);
  expect([...vector]).toEqual(closeTo([-0.5, 2], 12));
  expect([matrix[0], matrix[2], matrix[3]]).toEqual(closeTo([2, 1, Math.SQRT2], 12));
});

test('the solution solves A x = b, for every even size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 15 }), fc.integer(), (half, seed) => {
      const size = 2 * half;
      const random = Random.fromSeed(seed);
      const draw = () => Float64Array.from({ length: size }, () => random.normal());
      const columns = Array.from({ length: size }, draw);
      const matrix = new Float64Array(size * size);
      for (let row = 0; row < size; row++) {
        for (let column = 0; column < size; column++) {
          for (const other of columns) matrix[row * size + column]! += other[row]! * other[column]!;
        }
        matrix[row * size + row]! += 0.5;
      }
      const right = draw();
      const solution = right.slice();
      solvePositiveDefinite(matrix.slice(), solution, size);
      const product = right.map((_, row) =>
        solution.reduce((sum, value, column) => sum + matrix[row * size + column]! * value, 0),
      );
      expect([...product]).toEqual(closeTo(right, 9));
    }),
    { seed: 1, numRuns: 100 },
  );
});

test.each([
  ['indefinite', [1, 0, 2, 1], '-3 as pivot 1'],
  ['singular', [1, 0, 1, 1], '0 as pivot 1'],
  ['not a number', [NaN, 0, 1, 1], 'NaN as pivot 0'],
])('a matrix that is %s is refused', (_, numbers, pivot) => {
  expect(() => solvePositiveDefinite(Float64Array.from(numbers), new Float64Array(2), 2)).toThrow(
    `matrix: expected a positive definite one, got ${pivot}`,
  );
});
