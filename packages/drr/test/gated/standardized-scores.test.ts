import type { HistoryScorer } from '@rl-recsys/embeddings/scores';
import { expect, test } from '@jest/globals';
import { StandardizedScores } from '../../src/gated/standardized-scores.js';

const constant = (name: string, values: readonly number[]): HistoryScorer => ({
  name,
  itemCount: values.length,
  fittedOn: [],
  score: (_, scores) => scores.set(values),
});

test('brings each block to mean 0 and deviation 1 over what was not rated', () => {
  const blocks = new StandardizedScores([constant('a', [1, 2, 3, 100]), constant('b', [0, 0, 30, 5])]);
  const scores = blocks.of({ items: Int32Array.of(3), ratings: Float32Array.of(5) });
  // Of 1, 2, 3: mean 2, deviation √(2/3); of 0, 0, 30: mean 10, deviation √200.
  const [a, b] = [Math.sqrt(2 / 3), Math.sqrt(200)];
  const expected = [-1 / a, -10 / b, 0, -10 / b, 1 / a, 20 / b, 98 / a, -5 / b];
  for (const [place, score] of expected.entries()) expect(scores[place]).toBeCloseTo(score, 3);
  // What one user rated is not remembered for the next.
  const all = blocks.of({ items: new Int32Array(), ratings: new Float32Array() });
  expect(all[0]! + all[2]! + all[4]! + all[6]!).toBeCloseTo(0, 5);
});

test('a unit makes no difference, and equal scores are all 0', () => {
  const past = { items: Int32Array.of(0), ratings: Float32Array.of(1) };
  const one = new StandardizedScores([constant('a', [1, 2, 4, 7]), constant('same', [3, 3, 3, 3])]).of(past);
  const other = new StandardizedScores([
    constant('a', [20, 40, 80, 140]),
    constant('same', [60, 60, 60, 60]),
  ]);
  expect([...other.of(past)].map((score) => score.toFixed(5))).toEqual(
    [...one].map((score) => score.toFixed(5)),
  );
  expect([one[1], one[3], one[5], one[7]]).toEqual([0, 0, 0, 0]);
});

test('refuses blocks that do not belong together', () => {
  const a = constant('a', [1, 2]);
  expect(() => new StandardizedScores([])).toThrow('scorers: expected at least one, got none');
  expect(() => new StandardizedScores([a, a])).toThrow('scorers: expected different names, got a, a');
  expect(() => new StandardizedScores([a, constant('b', [1, 2, 3])])).toThrow(
    'scorers: expected b to score 2 items, got 3',
  );
});
