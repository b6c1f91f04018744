import { describe, expect, test } from '@jest/globals';
import type { TrainingMetrics } from '@rl-recsys/agent';
import { combinationsOf } from '../src/sweep/combinations.js';
import { stepsOfRounds, survivors } from '../src/sweep/halving.js';
import { lastTenth } from '../src/sweep/last-tenth.js';
import { sweepPage } from '../src/sweep/page.js';
import { parseSweep } from '../src/sweep/sweep-file.js';
import { rankedOf, type Tried } from '../src/sweep/table.js';
import { nameOf } from '../src/sweep/trial.js';

describe('a sweep file', () => {
  const parse = (sweep: unknown) => parseSweep('sweep.json', JSON.stringify(sweep));

  test('has one seed, most reward and all steps unless it says otherwise', () => {
    expect(parse({ grid: { gamma: [0, 1] } })).toEqual({
      ...{ train: {}, seeds: [1], grid: { gamma: [0, 1] }, figure: 'reward', goal: 'most' },
    });
  });

  test.each([
    ['{', /^sweep\.json: expected JSON; /],
    [{}, /^sweep\.json: grid: expected either grid or random/],
    [{ grid: { gamma: [] } }, /^sweep\.json: grid\.gamma: /],
    [{ grid: { 'batch-size': [1] } }, /expected an option as train names it, such as batchSize/],
    [{ grid: { seed: [1, 2] } }, /^sweep\.json: train: expected no seed, name, runs or watch/],
    [{ grid: { gamma: [0] }, seeds: [0.5] }, /^sweep\.json: seeds\.0: /],
    [
      { grid: { gamma: [0] }, halving: { rounds: 2 } },
      /^sweep\.json: halving: expected train\.steps beside it/,
    ],
    [
      { random: { trials: 2, options: { gamma: { from: 1, to: 0 } } } },
      /^sweep\.json: random\.options\.gamma: /,
    ],
    [{ grid: { gamma: [0] }, jobs: 3 }, /^sweep\.json: the sweep: .*jobs/],
  ])('is refused in a sentence: %j', (sweep, sentence) => {
    expect(() => (sweep === '{' ? parseSweep('sweep.json', sweep) : parse(sweep))).toThrow(sentence);
  });

  test('is every combination of a grid, the last option fastest, and each once', () => {
    expect(combinationsOf({ grid: { gamma: [0, 1, 0], batchSize: [32, 64] } })).toEqual([
      { gamma: 0, batchSize: 32 },
      { gamma: 0, batchSize: 64 },
      { gamma: 1, batchSize: 32 },
      { gamma: 1, batchSize: 64 },
    ]);
  });

  test('draws within ranges, evenly or by powers, and an option that is added changes no other', () => {
    const options = { rate: { from: 1e-4, to: 1e-2, scale: 'log' }, size: { from: 1, to: 8, integer: true } };
    const { random } = parse({ random: { trials: 400, options } });
    const drawn = combinationsOf({ random });
    expect(combinationsOf({ random })).toEqual(drawn);
    const rates = drawn.map(({ rate }) => rate as number);
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(1e-4);
    expect(Math.max(...rates)).toBeLessThanOrEqual(1e-2);
    expect(rates.filter((rate) => rate < 1e-3).length / rates.length).toBeCloseTo(0.5, 1);
    expect(new Set(drawn.map(({ size }) => size))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]));
    const more = parse({ random: { trials: 400, options: { ...options, kind: ['a', 'b'] } } }).random;
    expect(combinationsOf({ random: more }).map(({ rate }) => rate)).toEqual(rates);
  });
});

test('successive halving gives the last round all steps, and keeps the best of each', () => {
  const train = { steps: 1000 };
  expect(stepsOfRounds({ train, halving: { factor: 3, rounds: 3 } })).toEqual([112, 334, 1000]);
  expect(stepsOfRounds({ train })).toEqual([undefined]);
  const valueOf = (value: number | undefined) => value;
  expect(survivors([1, 5, undefined, 3, 4], 2, valueOf)).toEqual([5, 4]);
  expect(survivors([undefined, 2], 3, valueOf)).toEqual([2]);
});

test('a training is judged by the mean of its last tenth', () => {
  const lines = Array.from({ length: 20 }, (_, place) => ({
    ...{ reward: place, episodeReturn: place % 2 ? null : place, figures: { loss: place < 10 ? 1 : null } },
  })) as unknown as TrainingMetrics[];
  expect(lastTenth(lines, 'reward')).toBe(18.5);
  expect(lastTenth(lines, 'episodeReturn')).toBe(17);
  expect(lastTenth(lines, 'loss')).toBe(1);
  expect(lastTenth(lines, 'nothing')).toBeNull();
});

test('combinations are ranked by how far they came, then by their mean, and one that failed is last', () => {
  const outcome = (value: number | null) => ({ ...{ value, result: null, error: null, seconds: 1 } });
  const tried: Tried[] = [
    { combination: { a: '<b>' }, round: 0, outcomes: [outcome(1), outcome(3)] },
    { combination: { a: 2 }, round: 0, outcomes: [outcome(9), outcome(null)] },
    { combination: { a: 3 }, round: 0, outcomes: [outcome(4), outcome(4)] },
    { combination: { a: '<b>' }, round: 1, outcomes: [outcome(1), outcome(2)] },
  ];
  expect(rankedOf(tried, { goal: 'most' })).toEqual([
    { combination: { a: '<b>' }, round: 1, mean: 1.5, deviation: Math.sqrt(0.5) },
    { combination: { a: 3 }, round: 0, mean: 4, deviation: 0 },
    { combination: { a: 2 }, round: 0, mean: null, deviation: null },
  ]);
  const sweep = parseSweep('sweep.json', JSON.stringify({ grid: { a: [1] }, seeds: [1, 2] }));
  const page = sweepPage('my sweep', tried, sweep);
  expect(page).toContain('<h1>my sweep</h1>');
  expect(page).toContain('&lt;b&gt;');
  expect(page).not.toContain('<b>');
});

test('the same trial has the same name, in whatever order its options are given', () => {
  const trial = { options: { steps: 5, gamma: 0.5 }, figure: 'reward' };
  expect(nameOf({ options: { gamma: 0.5, steps: 5 }, figure: 'reward' })).toBe(nameOf(trial));
  expect(nameOf({ ...trial, figure: 'loss' })).not.toBe(nameOf(trial));
});
