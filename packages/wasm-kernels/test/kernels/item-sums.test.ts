import { Random } from '@rl-recsys/random';
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { activeKernels } from '../../src/index.js';
import { install } from '../on-both-backends.js';
import { draws, each, expectClose, results, sum, written } from './on-addresses.js';

beforeAll(() => install(true));

const ITEMS = 5;
const shapes = fc.record({
  ...{ batch: fc.integer({ min: 1, max: 4 }), length: fc.integer({ min: 1, max: 6 }) },
  ...{ terms: fc.integer({ min: 1, max: 4 }), size: fc.integer({ min: 1, max: 13 }) },
  ...{ gap: fc.integer({ min: 0, max: 3 }), seed: fc.integer() },
});

/** Items, which of them a row has, some of them none, and what they count. */
function inputs({
  batch,
  length,
  terms,
  size,
  seed,
}: Record<'batch' | 'length' | 'terms' | 'size' | 'seed', number>) {
  const random = Random.fromSeed(seed);
  const rows = Int32Array.from({ length: batch * length }, () => random.integer(ITEMS));
  const coefficients = draws(random, batch * length).map((number) => (number < -0.5 ? 0 : number));
  return {
    ...{ items: draws(random, ITEMS * size), rows, coefficients },
    ...{ weights: draws(random, terms * length), random },
  };
}

test('weighted sums over items of any shape, with gaps between their rows', () => {
  const fast = activeKernels()!;
  const property = fc.property(shapes, (shape) => {
    const { batch, length, terms, size, gap } = shape;
    const { items, rows, coefficients, weights } = inputs(shape);
    const stride = terms * size + gap;
    const got = written(fast, (room) => {
      const out = room.hold(new Float32Array(batch * stride).fill(7));
      fast.exports.itemSums(
        ...([room.hold(items), room.hold(rows), room.hold(coefficients), room.hold(weights)] as const),
        ...([out, 4 * stride, batch, length, terms, size] as const),
      );
      return { out, length: batch * stride };
    });
    const expected = each(batch * stride, (place) => {
      const [row, column] = [Math.floor(place / stride), place % stride];
      if (column >= terms * size) return 7;
      const [term, d] = [Math.floor(column / size), column % size];
      return sum(
        each(length, (a) => {
          const at = row * length + a;
          return coefficients[at]! * weights[term * length + a]! * items[rows[at]! * size + d]!;
        }),
      );
    });
    expectClose(got, expected);
  });
  fc.assert(property, { numRuns: 200 });
});

test('their gradient for the weights', () => {
  const fast = activeKernels()!;
  const property = fc.property(shapes, (shape) => {
    const { batch, length, terms, size, gap } = shape;
    const { items, rows, coefficients, random } = inputs(shape);
    const stride = terms * size + gap;
    const gradient = draws(random, batch * stride);
    const got = written(fast, (room) => {
      const out = results(room, terms * length);
      fast.exports.itemSumsGradient(
        ...([room.hold(items), room.hold(rows), room.hold(coefficients), room.hold(gradient)] as const),
        ...([4 * stride, out, batch, length, terms, size] as const),
      );
      return { out, length: terms * length };
    });
    const expected = each(terms * length, (place) => {
      const [term, a] = [Math.floor(place / length), place % length];
      return sum(
        each(batch * size, (at) => {
          const [row, d] = [Math.floor(at / size), at % size];
          const item = rows[row * length + a]!;
          return (
            coefficients[row * length + a]! *
            items[item * size + d]! *
            gradient[row * stride + term * size + d]!
          );
        }),
      );
    });
    expectClose(got, expected);
  });
  fc.assert(property, { numRuns: 200 });
});

test('an item that counts nothing is not even read', () => {
  const fast = activeKernels()!;
  const got = written(fast, (room) => {
    const out = results(room, 2);
    const [items, rows] = [room.hold(Float32Array.of(1, 2)), room.hold(Int32Array.of(1 << 28, 0))];
    const [coefficients, weights] = [room.hold(Float32Array.of(0, 3)), room.hold(Float32Array.of(1, 1))];
    fast.exports.itemSums(items, rows, coefficients, weights, out, 8, 1, 2, 1, 2);
    return { out, length: 2 };
  });
  expect(got).toEqual([3, 6]);
});
