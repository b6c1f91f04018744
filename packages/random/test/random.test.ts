import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { Random } from '../src/index.js';

const draw = (random: Random, count: number) => Array.from({ length: count }, () => random.uniform());

describe('reproducibility', () => {
  test('the first numbers of seed 1 are these on every machine', () => {
    const random = Random.fromSeed(1);
    expect(draw(random, 3)).toEqual([0.3081664853860775, 0.5187102496590177, 0.6319739534963973]);
  });

  test('the same seed gives the same stream, another seed another one', () => {
    expect(draw(Random.fromSeed(7), 100)).toEqual(draw(Random.fromSeed(7), 100));
    expect(draw(Random.fromSeed(7), 100)).not.toEqual(draw(Random.fromSeed(8), 100));
  });

  test('a restored stream goes on where the saved one stood, through JSON', () => {
    const random = Random.fromSeed('saved');
    draw(random, 17);
    const copy = Random.fromState(JSON.parse(JSON.stringify(random.state())) as ReturnType<Random['state']>);
    expect(draw(copy, 50)).toEqual(draw(random, 50));
    expect(draw(copy.fork('a'), 5)).toEqual(draw(random.fork('a'), 5));
  });

  test('saving does not follow the stream as it goes on', () => {
    const random = Random.fromSeed(3);
    const state = random.state();
    const expected = draw(random, 4);
    expect(draw(Random.fromState(state), 4)).toEqual(expected);
  });
});

describe('fork', () => {
  test('depends on the seed and the label, not on what was drawn, and draws nothing', () => {
    const fresh = Random.fromSeed(1);
    const used = Random.fromSeed(1);
    draw(used, 10);
    expect(draw(used.fork('noise'), 20)).toEqual(draw(fresh.fork('noise'), 20));
    draw(fresh, 10);
    expect(draw(used, 5)).toEqual(draw(fresh, 5));
  });

  test('labels, nesting and seeds all separate streams', () => {
    const root = Random.fromSeed(1);
    const streams = [
      root,
      root.fork('a'),
      root.fork('b'),
      root.fork('a').fork('b'),
      root.fork('b').fork('a'),
      root.fork('a","b'),
      Random.fromSeed(2).fork('a'),
    ];
    expect(new Set(streams.map((stream) => stream.uniform())).size).toBe(streams.length);
  });
});

describe('distributions', () => {
  test('bits are integers in [0, 2³²), each bit set half of the time', () => {
    const random = Random.fromSeed('bits');
    const numbers = Array.from({ length: 20_000 }, () => random.bits());
    expect(numbers.every((number) => Number.isInteger(number) && number >= 0 && number < 2 ** 32)).toBe(true);
    for (let bit = 0; bit < 32; bit++) {
      const share = numbers.filter((number) => (number >>> bit) & 1).length / numbers.length;
      expect(Math.abs(share - 0.5)).toBeLessThan(0.02); // more than five standard deviations
    }
  });

  test('uniform stays in [0, 1) with mean 1/2 and variance 1/12', () => {
    const values = draw(Random.fromSeed(1), 100_000);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(mean).toBeCloseTo(0.5, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
  });

  test('integer reaches every value of its range and no other', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 20 }), (seed, bound) => {
        const random = Random.fromSeed(seed);
        const seen = new Set(Array.from({ length: 40 * bound }, () => random.integer(bound)));
        return seen.size === bound && [...seen].every((value) => value >= 0 && value < bound);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  test('integers are those of pure-rand, whatever the bound, also where numbers must be drawn again', () => {
    const bounds = [1, 2, 3, 1000, 3 * 2 ** 30, 2 ** 31 + 1, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 52];
    fc.assert(
      fc.property(
        fc.integer(),
        fc.oneof(fc.constantFrom(...bounds), fc.integer({ min: 1 })),
        (seed, bound) => {
          const random = Random.fromSeed(seed);
          const theirs = xoroshiro128plusFromState(random.state().words);
          for (let draw = 0; draw < 20; draw++) {
            expect(random.integer(bound)).toBe(uniformInt(theirs, 0, bound - 1));
          }
        },
      ),
      { seed: 2, numRuns: 500 },
    );
  });

  test('normal has mean 0, variance 1, and 4.6 % of its mass beyond two', () => {
    const random = Random.fromSeed(5);
    const values = Array.from({ length: 100_000 }, () => random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(values.reduce((sum, value) => sum + value ** 2, 0) / values.length).toBeCloseTo(1, 1);
    expect(values.filter((value) => Math.abs(value) > 2).length / values.length).toBeCloseTo(0.0455, 2);
  });

  test('shuffle gives every order of three equally often and works on typed arrays', () => {
    const random = Random.fromSeed(1);
    const counts = new Map<string, number>();
    for (let round = 0; round < 6000; round++) {
      const order = random.shuffle(Int32Array.of(0, 1, 2)).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

test('bad arguments are named', () => {
  expect(() => Random.fromSeed(1.5)).toThrow('seed: expected a safe integer or a text, got 1.5');
  expect(() => Random.fromSeed(1).integer(0)).toThrow('bound: expected a positive integer, got 0');
  expect(() => Random.fromState({ path: 'x', words: [1] })).toThrow('state: expected { path, words');
});

test('restoring in place goes on where the other stood, forks too, and a wrong state changes nothing', () => {
  const [random, other] = [Random.fromSeed(1), Random.fromSeed(2).fork('elsewhere')];
  other.uniform();
  random.restore(other.state());
  const expected = [other.uniform(), other.fork('x').uniform()];
  expect([random.uniform(), random.fork('x').uniform()]).toEqual(expected);
  const state = random.state();
  for (const wrong of [
    null,
    {},
    { path: 'x', words: 'four' },
    { path: 'x', words: [0, 0, 0, 0] },
    { path: 1, words: [1, 2, 3, 4] },
  ])
    expect(() => random.restore(wrong)).toThrow('state: expected { path, words');
  expect(random.state()).toEqual(state);
});
