import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import {
  box,
  dict,
  discrete,
  flatSize,
  flattenInto,
  multiBinary,
  multiDiscrete,
  recommendationSpace,
  tuple,
  type Space,
} from '../src/index.js';

/** The vector, written into a dirty array with a margin of one on either side. */
function flat<T>(space: Space<T>, value: T): number[] {
  const target = new Float32Array(flatSize(space) + 2).fill(9);
  expect(flattenInto(space, value, target, 1)).toBe(target.length - 1);
  expect([target[0], target.at(-1)]).toEqual([9, 9]);
  return [...target.subarray(1, -1)];
}

test('a box gives its numbers', () => {
  const floats = box({ low: -1, high: 1, length: 3 });
  expect(flatSize(floats)).toBe(3);
  expect(flat(floats, Float32Array.of(-1, 0.5, 0))).toEqual([-1, 0.5, 0]);
  expect(flat(box({ low: -1, high: 9, length: 2 }, 'int32'), Int32Array.of(-1, 9))).toEqual([-1, 9]);
});

test('a discrete value is one-hot, counted from its start', () => {
  expect(flat(discrete(3), 0)).toEqual([1, 0, 0]);
  expect(flat(discrete(3), 2)).toEqual([0, 0, 1]);
  expect(flat(discrete(3, -1), -1)).toEqual([1, 0, 0]);
  expect(flat(discrete(2, 5), 6)).toEqual([0, 1]);
});

test('each choice of a multi-discrete value is one-hot', () => {
  const space = multiDiscrete([3, 1, 2]);
  expect(flatSize(space)).toBe(6);
  expect(flat(space, Int32Array.of(1, 0, 1))).toEqual([0, 1, 0, 1, 0, 1]);
});

test('a multi-binary value gives its zeros and ones', () => {
  expect(flat(multiBinary(3), Int8Array.of(1, 0, 1))).toEqual([1, 0, 1]);
});

test('a dict is sorted by name, whatever the order of its entries', () => {
  const [b, a, Z] = [discrete(2), box({ low: 0, high: 9, length: 1 }), multiBinary(1)];
  const value = { b: 1, a: Float32Array.of(7), Z: Int8Array.of(1) };
  expect(flat(dict({ b, a, Z }), value)).toEqual([1, 7, 0, 1]);
  expect(flat(dict({ a, Z, b }), { Z: value.Z, b: 1, a: value.a })).toEqual([1, 7, 0, 1]);
});

test('a tuple is in order, and all nest', () => {
  const space = tuple([dict({ b: discrete(2), a: multiDiscrete([2, 2]) }), tuple([discrete(3)])]);
  expect(flatSize(space)).toBe(9);
  expect(flat(space, [{ b: 0, a: Int32Array.of(1, 0) }, [2]])).toEqual([0, 1, 1, 0, 1, 0, 0, 0, 1]);
});

test('different samples give different vectors of the same size', () => {
  const space = dict({ one: discrete(4), many: multiDiscrete([2, 3]), pair: tuple([multiBinary(2)]) });
  const random = Random.fromSeed(1);
  const vectors = new Map<string, string>();
  for (let draw = 0; draw < 1000; draw++) {
    const value = space.sample(random);
    const vector = flat(space, value);
    expect(vector).toHaveLength(11);
    const name = JSON.stringify(value);
    expect(vectors.get(String(vector)) ?? name).toBe(name);
    vectors.set(String(vector), name);
  }
  expect(vectors.size).toBe(4 * 6 * 4);
});

describe('errors', () => {
  const known = 'box, discrete, multiDiscrete, multiBinary, dict, tuple';

  test('an unknown space is named with its place', () => {
    const shop = recommendationSpace({ userCount: 1, itemCount: 2, historySize: 1 });
    expect(() => flatSize(shop)).toThrow(
      new TypeError(`space.kind: expected one of ${known}, got recommendation`),
    );
    const bare = { ...discrete(2), kind: undefined } as Space<number>;
    expect(() => flatSize(bare)).toThrow(
      new TypeError(`space.kind: expected one of ${known}, got undefined`),
    );
    const nested = dict({ pair: tuple([discrete(2), { ...discrete(2), kind: 'text' }]) });
    expect(() => flatSize(nested)).toThrow(
      new TypeError(`space.pair[1].kind: expected one of ${known}, got text`),
    );
    const target = new Float32Array(9);
    expect(() => flattenInto(nested, { pair: [0, 1] }, target, 0)).toThrow(TypeError);
  });

  test('a value outside and a target too small are named, and nothing is written', () => {
    const space = tuple([discrete(2), discrete(2)]);
    const target = new Float32Array(5).fill(9);
    expect(() => flattenInto(space, [0, 2], target, 0)).toThrow(
      new RangeError('value: expected a member of the space, got another'),
    );
    for (const offset of [2, -1, 0.5, NaN, 9]) {
      expect(() => flattenInto(space, [0, 1], target, offset)).toThrow(
        new RangeError(`offset: expected room for 4 numbers of the 5 in target, got ${offset}`),
      );
    }
    expect([...target]).toEqual([9, 9, 9, 9, 9]);
    expect(flattenInto(space, [0, 1], target, 1)).toBe(5);
  });
});
