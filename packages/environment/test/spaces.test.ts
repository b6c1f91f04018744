import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { box, dict, discrete, type Infer, type Space } from '../src/index.js';

/** Samples of many seeds, all of which must be members. */
function expectSamplesInside(space: Space<unknown>, count = 200): void {
  const random = Random.fromSeed(1);
  for (let draw = 0; draw < count; draw++) {
    const value = space.sample(random);
    if (!space.contains(value)) throw new Error(`a sample is not contained: ${String(value)}`);
  }
}

const notNumbers = [undefined, null, '0', true, [0], {}, NaN, Infinity, 0.5, 1n, Symbol('0')];

describe('discrete', () => {
  test('holds the integers from start on', () => {
    expect([-1, 0, 1, 2, 3].map((value) => discrete(3).contains(value))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect([-3, -2, -1, 0].map((value) => discrete(2, -2).contains(value))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('holds nothing else and never throws', () => {
    for (const value of notNumbers) expect(discrete(3).contains(value)).toBe(false);
  });

  test('samples each of its values and no other', () => {
    const random = Random.fromSeed(1);
    const seen = new Set(Array.from({ length: 200 }, () => discrete(4, -1).sample(random)));
    expect([...seen].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2]);
    expectSamplesInside(discrete(1));
  });

  test('names bad arguments', () => {
    for (const size of [0, -1, 1.5, NaN]) {
      expect(() => discrete(size)).toThrow(`size: expected a positive integer, got ${size}`);
    }
    expect(() => discrete(2, 0.5)).toThrow('start: expected an integer, got 0.5');
  });
});

describe('box', () => {
  test('holds arrays of its type and length within its bounds, which belong to it', () => {
    const space = box({ low: [-1, 0], high: [1, 0], length: 2 });
    expect(space.contains(Float32Array.of(-1, 0))).toBe(true);
    expect(space.contains(Float32Array.of(1, 0))).toBe(true);
    for (const value of [
      Float32Array.of(1.001, 0),
      Float32Array.of(0, 0.001),
      Float32Array.of(NaN, 0),
      Float32Array.of(0),
      Float32Array.of(0, 0, 0),
      Float64Array.of(0, 0),
      Int32Array.of(0, 0),
      [0, 0],
      ...notNumbers,
    ]) {
      expect(space.contains(value)).toBe(false);
    }
  });

  test('of int32 holds Int32Arrays only', () => {
    const space = box({ low: -1, high: 9, length: 2 }, 'int32');
    expect(space.contains(Int32Array.of(-1, 9))).toBe(true);
    expect(space.contains(Int32Array.of(-2, 9))).toBe(false);
    expect(space.contains(Int32Array.of(-1, 10))).toBe(false);
    expect(space.contains(Float32Array.of(0, 0))).toBe(false);
  });

  test('a bound that float32 rounds is inside, on either side', () => {
    // 0.1 is rounded up and 0.3 is too; 0.7 is rounded down. Both sides must allow for it.
    for (const bound of [0.1, 0.3, 0.7, -0.1, -0.3, -0.7, 1 / 3, 1e-50]) {
      const point = box({ low: bound, high: bound, length: 1 });
      expect(point.contains(Float32Array.of(bound))).toBe(true);
      expectSamplesInside(point, 3);
      const neighbors = box({ low: bound - 1e-9, high: bound + 1e-9, length: 1 });
      expectSamplesInside(neighbors);
    }
  });

  test('samples are inside, whatever the bounds', () => {
    const random = Random.fromSeed(2);
    for (let round = 0; round < 200; round++) {
      const magnitude = 10 ** (random.integer(60) - 30);
      const ends = [magnitude * random.normal(), magnitude * random.normal()].sort((a, b) => a - b);
      const low = random.integer(4) === 0 ? -Infinity : ends[0]!;
      const high = random.integer(4) === 0 ? Infinity : ends[1]!;
      expectSamplesInside(box({ low, high, length: 3 }), 5);
    }
    expectSamplesInside(box({ low: -(2 ** 31), high: 2 ** 31 - 1, length: 5 }, 'int32'));
    expectSamplesInside(box({ low: [0, -3], high: [0, 3], length: 2 }, 'int32'));
  });

  test('samples are uniform between two bounds and reach both ends of integers', () => {
    const random = Random.fromSeed(3);
    const wide = box({ low: 10, high: 20, length: 10_000 }).sample(random);
    expect(wide.reduce((sum, value) => sum + value) / wide.length).toBeCloseTo(15, 0);
    expect(wide.filter((value) => value < 12.5).length / wide.length).toBeCloseTo(0.25, 1);
    const whole = box({ low: -1, high: 2, length: 400 }, 'int32').sample(random);
    expect([...new Set(whole)].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2]);
  });

  test('samples are normal without bounds and exponential from a single one', () => {
    const random = Random.fromSeed(4);
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value) / values.length;
    const length = 10_000;
    expect(mean(box({ low: -Infinity, high: Infinity, length }).sample(random))).toBeCloseTo(0, 1);
    expect(mean(box({ low: 5, high: Infinity, length }).sample(random))).toBeCloseTo(6, 1);
    expect(mean(box({ low: -Infinity, high: 5, length }).sample(random))).toBeCloseTo(4, 1);
  });

  test('samples and bounds belong to the caller', () => {
    const low = [0];
    const space = box({ low, high: [1], length: 1 });
    low[0] = -5;
    expect(space.contains(Float32Array.of(-1))).toBe(false);
    const random = Random.fromSeed(1);
    expect(space.sample(random)).not.toBe(space.sample(random));
  });

  test.each<[string, Parameters<typeof box>[0], 'float32' | 'int32']>([
    ['length: expected a positive integer, got 0', { low: 0, high: 1, length: 0 }, 'float32'],
    ['low: expected a number or 2 of them, got undefined', { high: 1, length: 2 } as never, 'float32'],
    [
      'high: expected a number or 2 of them, got 1,2',
      { low: 0, high: ['1', '2'] as never, length: 2 },
      'float32',
    ],
    ['low: expected 2 bounds, got 1', { low: [0], high: 1, length: 2 }, 'float32'],
    ['high: expected 2 bounds, got 3', { low: 0, high: [1, 1, 1], length: 2 }, 'float32'],
    ['low[1]: expected at most high[1] = 1, got 2', { low: [0, 2], high: 1, length: 2 }, 'float32'],
    ['low[0]: expected at most high[0] = 1, got NaN', { low: NaN, high: 1, length: 1 }, 'float32'],
    [
      'low[0], high[0]: expected a number between, got Infinity and Infinity',
      { low: Infinity, high: Infinity, length: 1 },
      'float32',
    ],
    [
      'low[0], high[0]: expected a number between, got -Infinity and -Infinity',
      { low: -Infinity, high: -Infinity, length: 1 },
      'float32',
    ],
    ['low[0], high[0]: expected float32, got 0 and 1e+39', { low: 0, high: 1e39, length: 1 }, 'float32'],
    ['low[0], high[0]: expected int32, got 0.5 and 1', { low: 0.5, high: 1, length: 1 }, 'int32'],
    ['low[0], high[0]: expected int32, got 0 and Infinity', { low: 0, high: Infinity, length: 1 }, 'int32'],
    ['low[0], high[0]: expected int32, got 0 and 2147483648', { low: 0, high: 2 ** 31, length: 1 }, 'int32'],
  ])('%s', (message, options, dtype) => {
    const make = () => (dtype === 'int32' ? box(options, dtype) : box(options));
    expect(make).toThrow(new RangeError(message));
  });
});

describe('dict', () => {
  const space = dict({
    user: discrete(5),
    history: box({ low: -1, high: 9, length: 2 }, 'int32'),
    nested: dict({ mood: box({ low: 0, high: 1, length: 1 }) }),
  });
  const member = { user: 4, history: Int32Array.of(-1, 9), nested: { mood: Float32Array.of(0.5) } };

  test('holds records with a value of each space, no less and no more', () => {
    expect(space.contains(member)).toBe(true);
    expect(space.contains({ ...member, user: 5 })).toBe(false);
    expect(space.contains({ ...member, nested: {} })).toBe(false);
    expect(space.contains({ ...member, more: 1 })).toBe(false);
    expect(space.contains({ user: 4, history: member.history })).toBe(false);
    for (const value of notNumbers) expect(space.contains(value)).toBe(false);
  });

  test('samples are inside, and the same for the same seed', () => {
    expectSamplesInside(space);
    expect(space.sample(Random.fromSeed(1))).toEqual(space.sample(Random.fromSeed(1)));
    expect(space.sample(Random.fromSeed(1))).not.toEqual(space.sample(Random.fromSeed(2)));
  });

  test('infers the type of its values', () => {
    type Value = Infer<typeof space>;
    const right: Value = member;
    // @ts-expect-error: user is a number
    const wrongEntry: Value = { ...member, user: 'ann' };
    // @ts-expect-error: history holds integers
    const wrongArray: Value = { ...member, history: Float32Array.of(0, 0) };
    // @ts-expect-error: mood is a Float32Array
    const wrongNested: Value = { ...member, nested: { mood: 0.5 } };
    // @ts-expect-error: nested is missing
    const missing: Value = { user: 1, history: Int32Array.of(0, 0) };
    for (const value of [wrongEntry, wrongArray, wrongNested, missing] as unknown[]) {
      expect(space.contains(value)).toBe(false);
    }
    expect(space.contains(right)).toBe(true);

    const value: unknown = member;
    if (space.contains(value)) {
      const mood: Float32Array = value.nested.mood; // contains narrows
      expect(mood[0]).toBe(0.5);
    }
  });
});
