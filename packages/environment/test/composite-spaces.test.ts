import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import {
  box,
  dict,
  discrete,
  multiBinary,
  multiDiscrete,
  tuple,
  type BoxSpace,
  type DiscreteSpace,
  type Infer,
} from '../src/index.js';

const others = [undefined, null, '0', true, 0, {}, [], [0, 0], NaN, 1n, Symbol('0')];

describe('multiDiscrete', () => {
  const space = multiDiscrete([3, 1, 2]);

  test('holds Int32Arrays with each choice below its size', () => {
    expect(space.contains(Int32Array.of(2, 0, 1))).toBe(true);
    expect(space.contains(Int32Array.of(0, 0, 0))).toBe(true);
    for (const value of [
      Int32Array.of(3, 0, 1),
      Int32Array.of(2, 1, 1),
      Int32Array.of(2, 0, 2),
      Int32Array.of(-1, 0, 0),
      Int32Array.of(0, 0),
      Int32Array.of(0, 0, 0, 0),
      Float32Array.of(0, 0, 0),
      [0, 0, 0],
      ...others,
    ]) {
      expect(space.contains(value)).toBe(false);
    }
  });

  test('samples all of its members and no other, the same for the same seed', () => {
    const random = Random.fromSeed(1);
    const samples = Array.from({ length: 200 }, () => space.sample(random));
    expect(samples.every((sample) => space.contains(sample))).toBe(true);
    expect(new Set(samples.map(String)).size).toBe(6);
    expect(space.sample(Random.fromSeed(2))).toEqual(space.sample(Random.fromSeed(2)));
    expect(space.sample(random)).not.toBe(space.sample(random));
  });

  test('the largest size fits', () => {
    const largest = multiDiscrete([2 ** 31]);
    expect(largest.contains(Int32Array.of(2 ** 31 - 1))).toBe(true);
    expect(largest.contains(largest.sample(Random.fromSeed(1)))).toBe(true);
  });

  test('keeps the sizes that it was given', () => {
    const sizes = [2, 2];
    const own = multiDiscrete(sizes);
    sizes[0] = 9;
    expect(own.sizes).toEqual([2, 2]);
    expect(own.contains(Int32Array.of(5, 0))).toBe(false);
  });

  test('names bad arguments', () => {
    expect(() => multiDiscrete(undefined as never)).toThrow('sizes: expected at least one, got none');
    expect(() => multiDiscrete([])).toThrow(new RangeError('sizes: expected at least one, got none'));
    for (const size of [0, -1, 1.5, NaN, 2 ** 31 + 1]) {
      expect(() => multiDiscrete([2, size])).toThrow(
        new RangeError(`sizes[1]: expected an integer from 1 to 2 ** 31, got ${size}`),
      );
    }
  });
});

describe('multiBinary', () => {
  const space = multiBinary(2);

  test('holds Int8Arrays of zeros and ones', () => {
    expect(space.contains(Int8Array.of(0, 1))).toBe(true);
    for (const value of [
      Int8Array.of(0, 2),
      Int8Array.of(-1, 0),
      Int8Array.of(0),
      Int8Array.of(0, 0, 0),
      Uint8Array.of(0, 1),
      [0, 1],
      [true, false],
      ...others,
    ]) {
      expect(space.contains(value)).toBe(false);
    }
  });

  test('samples all of its members and no other, the same for the same seed', () => {
    const random = Random.fromSeed(1);
    const samples = Array.from({ length: 100 }, () => space.sample(random));
    expect(samples.every((sample) => space.contains(sample))).toBe(true);
    expect(new Set(samples.map(String)).size).toBe(4);
    expect(space.sample(Random.fromSeed(2))).toEqual(space.sample(Random.fromSeed(2)));
  });

  test('names bad lengths', () => {
    for (const length of [0, -1, 2.5, NaN]) {
      expect(() => multiBinary(length)).toThrow(
        new RangeError(`length: expected a positive integer, got ${length}`),
      );
    }
  });
});

describe('tuple', () => {
  const space = tuple([discrete(3), box({ low: 0, high: 1, length: 2 }), dict({ on: multiBinary(1) })]);
  const member: Infer<typeof space> = [2, Float32Array.of(0, 1), { on: Int8Array.of(1) }];

  test('holds arrays with a value of each space in order, no less and no more', () => {
    expect(space.contains(member)).toBe(true);
    expect(space.contains([3, member[1], member[2]])).toBe(false);
    expect(space.contains([member[1], member[0], member[2]])).toBe(false);
    expect(space.contains([member[0], member[1]])).toBe(false);
    expect(space.contains([...member, 0])).toBe(false);
    expect(space.contains({ ...member, length: 3 })).toBe(false);
    for (const value of others) expect(space.contains(value)).toBe(false);
  });

  test('samples are inside, and the same for the same seed', () => {
    const random = Random.fromSeed(1);
    for (let draw = 0; draw < 50; draw++) expect(space.contains(space.sample(random))).toBe(true);
    expect(space.sample(Random.fromSeed(1))).toEqual(space.sample(Random.fromSeed(1)));
    expect(space.sample(Random.fromSeed(1))).not.toEqual(space.sample(Random.fromSeed(2)));
  });

  test('infers the type of its values', () => {
    type Pair = Infer<ReturnType<typeof tuple<[BoxSpace, DiscreteSpace]>>>;
    const pair: Pair = [Float32Array.of(1), 2];
    const numbers: Float32Array = pair[0];
    const number: number = pair[1];
    // @ts-expect-error: the second is a number
    const wrongEntry: Pair = [numbers, 'two'];
    // @ts-expect-error: the wrong way round
    const wrongOrder: Pair = [number, numbers];
    // @ts-expect-error: there are two
    const tooMany: Pair = [numbers, number, number];
    // @ts-expect-error: there are two
    const tooFew: Pair = [numbers];
    const pairs = tuple([box({ low: 0, high: 2, length: 1 }), discrete(3)]);
    const inferred: Pair = pairs.sample(Random.fromSeed(1));
    expect([pair, inferred].every((value) => pairs.contains(value))).toBe(true);
    for (const value of [wrongEntry, wrongOrder, tooMany, tooFew] as unknown[]) {
      expect(pairs.contains(value)).toBe(false);
    }

    const value: unknown = member;
    if (space.contains(value)) {
      const bits: Int8Array = value[2].on; // contains narrows
      expect(bits[0]).toBe(1);
    }
  });
});

describe('dict and tuple refuse', () => {
  test('nothing to choose from', () => {
    expect(() => dict({})).toThrow(new RangeError('spaces: expected at least one, got none'));
    expect(() => tuple([])).toThrow(new RangeError('spaces: expected at least one, got none'));
  });

  test('what is no space', () => {
    expect(() => dict({ a: discrete(2), b: undefined as never })).toThrow(
      'spaces.b: expected a space, got undefined',
    );
    expect(() => tuple([3 as never])).toThrow('spaces.0: expected a space, got 3');
  });
});
