import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import fc from 'fast-check';
import { gumbelTopK, slotProbabilities } from '../src/index.js';

describe('slot probabilities', () => {
  test('are those of a softmax over what is left', () => {
    // e^0, e^1, e^2 at T = 1: 1, 2.7183, 7.3891, together 11.1073.
    const probabilities = slotProbabilities(Float64Array.of(0, 1, 2), [1, 2, 0], 1);
    expect([...probabilities]).toEqual(closeTo([2.71828 / 11.10734, 7.38906 / 8.38906, 1]));
    const warmer = slotProbabilities(Float64Array.of(0, 1, 2), [2], 0.5);
    expect([...warmer]).toEqual(closeTo([54.59815 / (1 + 7.38906 + 54.59815)]));
    expect([...slotProbabilities(Float64Array.of(0, 1), [1, 0], 0)]).toEqual([1, 1]);
  });

  test('of what is dwarfed by the places before it are right to the last digits', () => {
    // The first is e^5000 times as likely as the rest, which is more than a number holds.
    const probabilities = slotProbabilities(Float64Array.of(500, 0, 0.1), [0, 2, 1], 0.1);
    expect([...probabilities]).toEqual([1, expect.closeTo(Math.E / (1 + Math.E), 12), 1]);
    const near = slotProbabilities(Float64Array.of(4, 0, 0.1), [0, 2, 1], 0.1);
    expect(near[1]).toBeCloseTo(Math.E / (1 + Math.E), 12);
  });

  test('of all orders add up to 1', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 3, maxLength: 3 }),
        fc.double({ min: 0.05, max: 5, noNaN: true }),
        (utilities, temperature) => {
          const orders = [
            [0, 1, 2],
            [0, 2, 1],
            [1, 0, 2],
            [1, 2, 0],
            [2, 0, 1],
            [2, 1, 0],
          ];
          const all = orders.map((order) =>
            slotProbabilities(Float64Array.from(utilities), order, temperature).reduce(
              (p, each) => p * each,
              1,
            ),
          );
          expect(all.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
        },
      ),
    );
  });
});

describe('Gumbel top-k', () => {
  test('draws ordered samples as often as their slots’ probabilities say (χ²)', () => {
    const utilities = Float64Array.of(0.3, 0.1, 0.25, -0.2, 0);
    const [temperature, draws] = [0.2, 40_000];
    const seen = new Map<string, number>();
    for (let draw = 0; draw < draws; draw++) {
      const places = gumbelTopK(utilities, 2, temperature, Random.fromSeed(`event-${draw}`));
      const key = places.join();
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    let statistic = 0;
    for (let first = 0; first < 5; first++) {
      for (let second = 0; second < 5; second++) {
        if (first === second) continue;
        const [p, q] = slotProbabilities(utilities, [first, second], temperature);
        const expected = draws * p! * q!;
        statistic += ((seen.get(`${first},${second}`) ?? 0) - expected) ** 2 / expected;
      }
    }
    // 20 pairs, 19 degrees of freedom: 43.8 is passed once in a thousand.
    expect(statistic).toBeLessThan(43.8);
    // Had the second been drawn from all five, 43.8 would be passed by far: the test can fail.
    expect(seen.size).toBe(20);
  });

  test('without a temperature takes the best, of equal ones the first, and draws nothing', () => {
    const random = Random.fromSeed(1);
    const before = JSON.stringify(random.state());
    expect([...gumbelTopK(Float64Array.of(1, 3, 3, 2), 3, 0, random)]).toEqual([1, 2, 3]);
    expect(JSON.stringify(random.state())).toBe(before);
  });

  test('gives all that there are where more are asked for', () => {
    const places = gumbelTopK(Float64Array.of(1, 2, 3), 9, 1, Random.fromSeed(1));
    expect([...places].sort()).toEqual([0, 1, 2]);
    expect([...gumbelTopK(new Float64Array(0), 3, 1, Random.fromSeed(1))]).toEqual([]);
  });
});
