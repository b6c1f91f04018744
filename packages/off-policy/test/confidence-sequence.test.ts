import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import fc from 'fast-check';
import { alphaOfRound, ConfidenceSequence, differenceOfArms } from '../src/index.js';

const range = { low: 0, high: 1 };

test('two values by hand', () => {
  const sequence = new ConfidenceSequence({ range, alpha: 0.05 });
  expect(sequence.interval()).toEqual(range);
  const logarithm = Math.log(40);
  sequence.push(1);
  sequence.push(0.5);
  // λ₁ = min(√(2 · 3.69 / (.25 · 1 · ln 2)), .5) = .5 as is λ₂; the means before are .5 and (.5 + 1) / 2.
  const cost = -Math.log(0.5) - 0.5;
  const margin = (logarithm + (0.5 ** 2 + 0.25 ** 2) * cost) / 1;
  expect(margin).toBeGreaterThan(1);
  expect(sequence.interval()).toEqual(range);
  for (let more = 0; more < 98; more++) sequence.push(0.5);
  const { low, high } = sequence.interval();
  // λ is .5 for all of them: with so little variance a larger one would pay.
  const spent = [0.5 ** 2, 0.25 ** 2];
  for (let values = 2; values < 100; values++)
    spent.push((0.5 - (0.5 + 1.5 + 0.5 * (values - 2)) / (values + 1)) ** 2);
  const wanted = (logarithm + cost * spent.reduce((sum, each) => sum + each, 0)) / 50;
  expect((low + high) / 2).toBeCloseTo(50.5 / 100, 12);
  expect((high - low) / 2).toBeCloseTo(wanted, 12);
  expect(sequence.count).toBe(100);
});

/** Values from 0 to 1 whose mean is known. */
const draws: Record<string, { mean: number; draw: (random: Random) => number }> = {
  'a rare 1': { mean: 0.02, draw: (random) => (random.uniform() < 0.02 ? 1 : 0) },
  'a coin': { mean: 0.5, draw: (random) => (random.uniform() < 0.5 ? 1 : 0) },
  uniform: { mean: 0.5, draw: (random) => random.uniform() },
  narrow: { mean: 0.5, draw: (random) => 0.5 + 0.04 * (random.uniform() - 0.5) },
  skewed: { mean: 1 / 3, draw: (random) => random.uniform() ** 2 },
};

describe('over 200 sequences of 1000 values the truth is ever outside of 5 % at most', () => {
  test.each(Object.entries(draws))('%s', (name, { mean, draw }) => {
    let missed = 0;
    for (let repetition = 0; repetition < 200; repetition++) {
      const random = Random.fromSeed(repetition).fork(name);
      const sequence = new ConfidenceSequence({ range });
      let isInside = true;
      for (let value = 0; value < 1000; value++) {
        sequence.push(draw(random));
        const { low, high } = sequence.interval();
        isInside &&= low <= mean && mean <= high;
      }
      if (!isInside) missed += 1;
    }
    expect(missed).toBeLessThanOrEqual(10);
  });

  test('the interval of the central limit theorem, read as often, misses a third', () => {
    let missed = 0;
    for (let repetition = 0; repetition < 200; repetition++) {
      const random = Random.fromSeed(repetition).fork('coin');
      let [sum, isInside] = [0, true];
      for (let count = 1; count <= 2000; count++) {
        sum += random.uniform() < 0.5 ? 1 : 0;
        const mean = sum / count;
        const margin = 1.96 * Math.sqrt((mean * (1 - mean)) / count);
        if (count >= 30) isInside &&= Math.abs(mean - 0.5) <= margin;
      }
      if (!isInside) missed += 1;
    }
    expect(missed).toBeGreaterThan(60);
  });
});

test('it narrows as one of a fixed number of values does: by the deviation over the root of their number', () => {
  const random = Random.fromSeed(1);
  const sequence = new ConfidenceSequence({ range: { low: -20, high: 20 } });
  for (let value = 0; value < 10_000; value++) sequence.push(4 * (random.uniform() - 0.5));
  const { low, high } = sequence.interval();
  // The deviation is 1.15: 1.96 of it over the root of 10,000 are .023, and always-valid costs about double.
  expect((high - low) / 2).toBeGreaterThan(0.023);
  expect((high - low) / 2).toBeLessThan(0.06);
});

test('it narrows for a coin too, where bets that never fall would stop at .1', () => {
  const random = Random.fromSeed(2);
  const sequence = new ConfidenceSequence({ range });
  for (let value = 0; value < 10_000; value++) sequence.push(random.uniform() < 0.5 ? 1 : 0);
  const { low, high } = sequence.interval();
  expect((high - low) / 2).toBeGreaterThan(0.0098); // 1.96 deviations of the mean
  expect((high - low) / 2).toBeLessThan(0.03);
});

test('values are of any scale', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: -50, max: 50 }),
      fc.integer({ min: 1, max: 100 }),
      (values, start, width) => {
        const plain = new ConfidenceSequence({ range });
        const scaled = new ConfidenceSequence({ range: { low: start, high: start + width } });
        for (const value of values) {
          plain.push(value);
          scaled.push(Math.min(start + width, start + width * value));
        }
        const [one, two] = [plain.interval(), scaled.interval()];
        expect(two.low).toBeCloseTo(start + width * one.low, 6);
        expect(two.high).toBeCloseTo(start + width * one.high, 6);
      },
    ),
  );
});

test('a forecast comes true where values go on as they were', () => {
  const sequence = new ConfidenceSequence({ range: { low: -1, high: 1 } });
  const push = (index: number) => sequence.push(index % 2 === 0 ? 0.3 : -0.2);
  for (let index = 0; index < 200; index++) push(index);
  const wanted = sequence.wantedUntilOutside(0)!;
  expect(sequence.interval().low).toBeLessThan(0);
  let took = 0;
  while (!(sequence.interval().low > 0)) push(200 + took++);
  expect(wanted / took).toBeGreaterThan(0.8);
  expect(wanted / took).toBeLessThan(1.25);
  expect(sequence.wantedUntilOutside(0)).toBe(0);
});

test('nothing decides about values that say nothing', () => {
  const sequence = new ConfidenceSequence({ range: { low: -1, high: 1 } });
  for (let index = 0; index < 100; index++) sequence.push(index % 2 === 0 ? 1 : -1);
  expect(sequence.wantedUntilOutside(0)).toBeNull();
});

test('it goes on where it was saved', () => {
  const random = Random.fromSeed(1);
  const first = new ConfidenceSequence({ range });
  const second = new ConfidenceSequence({ range });
  for (let value = 0; value < 50; value++) first.push(random.uniform());
  second.restore(JSON.parse(JSON.stringify(first.state())) as never);
  for (let value = 0; value < 50; value++) {
    const next = random.uniform();
    first.push(next);
    second.push(next);
  }
  expect(second.interval()).toEqual(first.interval());
  expect(() => second.restore({ values: 1 })).toThrow('state.sum: expected a number from 0, got undefined');
  expect(second.interval()).toEqual(first.interval());
});

test('two arms: the difference lies between what both intervals allow', () => {
  const arms = [1, 0].map((value) => {
    const sequence = new ConfidenceSequence({ range, alpha: 0.025 });
    for (let index = 0; index < 400; index++) sequence.push(value);
    return sequence;
  });
  const [one, two] = arms.map((arm) => arm.interval());
  expect(differenceOfArms(arms[0]!, arms[1]!)).toEqual({
    low: one!.low - two!.high,
    high: one!.high - two!.low,
  });
});

test('α is spent over rounds without end', () => {
  let sum = 0;
  for (let round = 1; round <= 1000; round++) sum += alphaOfRound(0.05, round);
  expect(alphaOfRound(0.05, 1)).toBe(0.025);
  expect(sum).toBeLessThan(0.05);
  expect(sum).toBeGreaterThan(0.0499);
});

test.each([
  ['value: expected from 0 to 1, got 1.5', () => new ConfidenceSequence({ range }).push(1.5)],
  ['value: expected from 0 to 1, got NaN', () => new ConfidenceSequence({ range }).push(NaN)],
  [
    'range: expected finite low below high, got 1 and 1',
    () => new ConfidenceSequence({ range: { low: 1, high: 1 } }),
  ],
  ['alpha: expected a number above 0 and below 1, got 5', () => new ConfidenceSequence({ range, alpha: 5 })],
  ['round: expected a positive integer, got 0', () => alphaOfRound(0.05, 0)],
])('%s', (message, make) => expect(make).toThrow(message));
