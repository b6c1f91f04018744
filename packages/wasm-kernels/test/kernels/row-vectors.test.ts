import { Random } from '@rl-recsys/random';
import { beforeAll, test } from '@jest/globals';
import fc from 'fast-check';
import { activeKernels } from '../../src/index.js';
import { install } from '../on-both-backends.js';
import { draws, each, expectClose, results, sum, written } from './on-addresses.js';

beforeAll(() => install(true));

const shapes = fc.record({
  ...{ batch: fc.integer({ min: 1, max: 4 }), terms: fc.integer({ min: 1, max: 3 }) },
  ...{ gap: fc.integer({ min: 0, max: 3 }), seed: fc.integer(), adds: fc.constantFrom(0, 1) },
  sizes: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }), // of blocks
});
const startsOf = (sizes: readonly number[]) =>
  Int32Array.of(0, ...sizes.map((_, b) => sum(sizes.slice(0, b + 1))));
const blockOf = (starts: Int32Array, d: number) => starts.filter((start) => start <= d).length - 1;

test("a row's vector times several of its own, also on top of what is there", () => {
  const fast = activeKernels()!;
  const property = fc.property(shapes, ({ batch, terms, gap, adds, sizes, seed }) => {
    const random = Random.fromSeed(seed);
    const size = sum(sizes);
    const stride = terms * size + gap;
    const [vectors, x, before] = [batch * size, batch * stride, batch * terms * size].map((length) =>
      draws(random, length),
    ) as [Float32Array, Float32Array, Float32Array];
    const got = written(fast, (room) => {
      const out = room.hold(before);
      fast.exports.vectorProducts(
        ...([room.hold(vectors), room.hold(x), 4 * stride, out, 4 * terms * size] as const),
        ...([batch, terms, size, adds] as const),
      );
      return { out, length: before.length };
    });
    const expected = each(before.length, (place) => {
      const [row, column] = [Math.floor(place / (terms * size)), place % (terms * size)];
      const product = vectors[row * size + (column % size)]! * x[row * stride + column]!;
      return product + adds * before[place]!;
    });
    expectClose(got, expected);
  });
  fc.assert(property, { numRuns: 200 });
});

test('columns are scaled and moved', () => {
  const fast = activeKernels()!;
  const property = fc.property(shapes, ({ batch: rows, sizes, seed }) => {
    const random = Random.fromSeed(seed);
    const columns = sum(sizes);
    const [x, scale, offset] = [rows * columns, columns, columns].map((length) => draws(random, length)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const got = written(fast, (room) => {
      const out = room.hold(x); // where it is
      fast.exports.scaleColumns(out, room.hold(scale), room.hold(offset), out, rows, columns);
      return { out, length: x.length };
    });
    expectClose(
      got,
      each(x.length, (at) => x[at]! * scale[at % columns]! + offset[at % columns]!),
    );
  });
  fc.assert(property, { numRuns: 100 });
});

test('a vector times a number is added', () => {
  const fast = activeKernels()!;
  const property = fc.property(shapes, fc.integer({ min: -3, max: 3 }), ({ sizes, seed }, scale) => {
    const random = Random.fromSeed(seed);
    const length = sum(sizes);
    const [x, before] = [draws(random, length), draws(random, length + 1)];
    const got = written(fast, (room) => {
      const out = room.hold(before);
      fast.exports.addScaled(room.hold(x), scale, out, 4 * length);
      return { out, length: length + 1 };
    });
    const added = (at: number) => (at < length ? scale * x[at]! : 0); // nothing behind it
    expectClose(
      got,
      each(length + 1, (at) => before[at]! + added(at)),
    );
  });
  fc.assert(property, { numRuns: 100 });
});

test('inner products block by block, and vectors with a number for each block', () => {
  const fast = activeKernels()!;
  const property = fc.property(shapes, ({ batch, gap, sizes, seed }) => {
    const random = Random.fromSeed(seed);
    const starts = startsOf(sizes);
    const [size, blocks] = [sum(sizes), sizes.length];
    const [stride, wide] = [size + gap, blocks + gap];
    const [x, y, values] = [batch * stride, batch * size, batch * wide].map((length) =>
      draws(random, length),
    ) as [Float32Array, Float32Array, Float32Array];
    const sums = written(fast, (room) => {
      const out = results(room, batch * blocks);
      fast.exports.blockSums(
        ...([room.hold(x), 4 * stride, room.hold(y), 4 * size, room.hold(starts)] as const),
        ...([out, 4 * blocks, batch, blocks] as const),
      );
      return { out, length: batch * blocks };
    });
    const products = (row: number) => each(size, (d) => x[row * stride + d]! * y[row * size + d]!);
    const expectedSums = each(batch * blocks, (place) => {
      const [row, block] = [Math.floor(place / blocks), place % blocks];
      return sum(products(row).slice(starts[block], starts[block + 1]));
    });
    expectClose(sums, expectedSums);

    const added = written(fast, (room) => {
      const out = room.hold(y);
      fast.exports.addBlockProducts(
        ...([room.hold(x), 4 * stride, room.hold(values), 4 * wide, room.hold(starts)] as const),
        ...([out, 4 * size, batch, blocks] as const),
      );
      return { out, length: y.length };
    });
    const expected = each(y.length, (place) => {
      const [row, d] = [Math.floor(place / size), place % size];
      return y[place]! + x[row * stride + d]! * values[row * wide + blockOf(starts, d)]!;
    });
    expectClose(added, expected);
  });
  fc.assert(property, { numRuns: 200 });
});
