import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import fc from 'fast-check';
import { NormalEquations } from '../src/normal-equations.js';

interface Row {
  readonly features: readonly number[];
  readonly target: number;
}

function solve(equations: NormalEquations, rows: readonly Row[], penalties: readonly number[]): number[] {
  equations.reset();
  for (const { features, target } of rows) equations.nextFeatures(target).set(features);
  return [...equations.solve((feature) => penalties[feature]!)];
}

/** Gauss and Jordan's elimination on the whole system, which needs no pivoting where it is definite. */
function bruteForce(rows: readonly Row[], penalties: readonly number[]): number[] {
  const system = penalties.map((penalty, i) => [
    ...penalties.map((_, j) =>
      rows.reduce((sum, { features }) => sum + features[i]! * features[j]!, i === j ? penalty : 0),
    ),
    rows.reduce((sum, { features, target }) => sum + features[i]! * target, 0),
  ]);
  for (const [i, pivotRow] of system.entries()) {
    const pivot = pivotRow[i]!;
    for (const [k, value] of pivotRow.entries()) pivotRow[k] = value / pivot;
    for (const other of system) {
      if (other === pivotRow) continue;
      const factor = other[i]!;
      for (const [k, value] of pivotRow.entries()) other[k]! -= factor * value;
    }
  }
  return system.map((row) => row.at(-1)!);
}

function drawRows(random: Random, count: number, width: number): Row[] {
  return Array.from({ length: count }, () => ({
    features: Array.from({ length: width }, () => random.normal()),
    target: random.normal(),
  }));
}

describe('one feature, by hand', () => {
  const equations = new NormalEquations(1);

  test('(1·2 + 2·3) / (1² + 2² + 1)', () => {
    const rows = [
      { features: [1], target: 2 },
      { features: [2], target: 3 },
    ];
    expect(solve(equations, rows, [1])).toEqual(closeTo([8 / 6], 12));
  });

  test('no rows give no weight, even after others', () => {
    expect(solve(equations, [], [1])).toEqual([0]);
  });
});

test('agrees with brute force for every number of rows, and forgets on reset', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 13 }),
      fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 4 }),
      fc.integer(),
      (width, counts, seed) => {
        const random = Random.fromSeed(seed);
        const penalties = Array.from({ length: width }, () => 0.1 + random.uniform());
        const equations = new NormalEquations(width);
        for (const count of counts) {
          const rows = drawRows(random, count, width);
          expect(solve(equations, rows, penalties)).toEqual(closeTo(bruteForce(rows, penalties), 8));
        }
      },
    ),
    { seed: 1, numRuns: 150 },
  );
});

test('a reset forgets rows that were never solved', () => {
  const random = Random.fromSeed(1);
  const equations = new NormalEquations(3);
  for (const { features, target } of drawRows(random, 7, 3)) equations.nextFeatures(target).set(features);
  const rows = drawRows(random, 2, 3);
  expect(solve(equations, rows, [1, 1, 2])).toEqual(closeTo(bruteForce(rows, [1, 1, 2]), 10));
});
