import { Random } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { activeKernels } from '../../src/index.js';
import { install } from '../on-both-backends.js';
import { draws, each, expectClose, results, sum, written } from './on-addresses.js';

beforeAll(() => install(true));

const ITEMS = 5;
const shapes = fc.record({
  ...{ batch: fc.integer({ min: 1, max: 4 }), count: fc.integer({ min: 1, max: 9 }) },
  ...{ sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }), seed: fc.integer() },
});

test('scores are inner products, and far below all where there is no candidate', () => {
  const fast = activeKernels()!;
  const property = fc.property(shapes, ({ batch, count, sizes, seed }) => {
    const random = Random.fromSeed(seed);
    const size = sum(sizes);
    const [actions, items] = [draws(random, batch * size), draws(random, ITEMS * size)];
    const rows = Int32Array.from({ length: batch * count }, () => random.integer(ITEMS));
    const mask = Float32Array.from(rows, () => random.integer(2));
    const got = written(fast, (room) => {
      const out = results(room, batch * count);
      fast.exports.candidateScores(
        ...([room.hold(actions), room.hold(items), room.hold(rows), room.hold(mask)] as const),
        ...([out, batch, count, size] as const),
      );
      return { out, length: batch * count };
    });
    const expected = each(batch * count, (place) => {
      const row = Math.floor(place / count);
      const score = sum(each(size, (d) => actions[row * size + d]! * items[rows[place]! * size + d]!));
      return mask[place] === 1 ? score : Math.fround(-1e9);
    });
    expectClose(got, expected);
  });
  fc.assert(property, { numRuns: 200 });
});

test('scores of items are added up in float64, to the bit', () => {
  const fast = activeKernels()!;
  const property = fc.property(shapes, ({ count, sizes, seed }) => {
    const random = Random.fromSeed(seed);
    const size = sum(sizes);
    const [action, items] = [draws(random, size), draws(random, ITEMS * size)];
    const rows = Int32Array.from({ length: count }, () => random.integer(ITEMS));
    const got = written(fast, (room) => {
      const [a, table, which] = [room.hold(action), room.hold(items), room.hold(rows)];
      const out = results(room, count + 1);
      fast.exports.itemScores(a, table, which, out, count, size);
      return { out, length: count + 1 };
    });
    const expected = each(count, (place) => {
      const products = each(size, (d) => action[d]! * items[rows[place]! * size + d]!);
      return Math.fround(sum(products));
    });
    expect(got).toEqual([...expected, NaN]);
  });
  fc.assert(property, { numRuns: 200 });
});

test('the softmax policy loss and its gradient are those of autograd, also where candidates are barred', () => {
  const fast = activeKernels()!;
  const property = fc.property(shapes, ({ batch, count, seed }) => {
    const random = Random.fromSeed(seed);
    const temperature = 0.1 + random.uniform();
    const scores = draws(random, batch * count).map((score) => (score < -0.7 ? -1e9 : 10 * score));
    const values = draws(random, batch * count);
    const got = written(fast, (room) => {
      const out = results(room, batch * (count + 1));
      fast.exports.softmaxPolicyLoss(
        ...([room.hold(scores), room.hold(values), out, out + 4 * batch * count] as const),
        ...([batch, count, temperature] as const),
      );
      return { out, length: batch * (count + 1) };
    });
    const expected = tf.tidy(() => {
      const q = tf.tensor2d(values, [batch, count]);
      const losses = (x: tf.Tensor): tf.Tensor =>
        tf.neg(tf.sum(tf.mul(tf.softmax(tf.div(x, temperature)), q), 1));
      const x = tf.tensor2d(scores, [batch, count]);
      const gradient = tf.grad((given) => tf.mean(losses(given)))(x);
      return [...gradient.dataSync(), ...losses(x).dataSync()];
    });
    expectClose(got, expected);
  });
  fc.assert(property, { numRuns: 100 });
});

test('the first layer over many items of a row is that over all its inputs, written out', () => {
  const fast = activeKernels()!;
  const property = fc.property(
    shapes,
    fc.integer({ min: 2, max: 9 }),
    ({ batch, count, sizes, seed }, units) => {
      const random = Random.fromSeed(seed);
      const [size, blocks] = [sum(sizes), sizes.length];
      const starts = Int32Array.of(0, ...sizes.map((_, block) => sum(sizes.slice(0, block + 1))));
      const lengths = { x: batch * count * 2 * size, scaled: batch * 2 * size, vectors: batch * 2 * size };
      const [x, scaled, vectors] = Object.values(lengths).map((length) => draws(random, length)) as [
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      const weights = draws(random, (3 * size + 2 * blocks) * units);
      const ofRow = draws(random, batch * units);
      const got = written(fast, (room) => {
        const out = results(room, batch * count * units);
        const kernel = room.hold(weights);
        fast.exports.itemLayer(
          ...([room.hold(x), room.hold(scaled), room.hold(vectors), kernel] as const),
          ...([kernel + 4 * 3 * size * units, room.hold(ofRow), room.hold(starts)] as const),
          ...([room.take(2 * size * units), out, fast.productScratch(2 * size)] as const),
          ...([batch, count, size, blocks, units] as const),
        );
        return { out, length: batch * count * units };
      });
      const expected = each(batch * count * units, (place) => {
        const [item, unit] = [Math.floor(place / units), place % units];
        const row = Math.floor(item / count);
        const [standard, raw] = [0, size].map((from) => each(size, (d) => x[item * 2 * size + from + d]!));
        const products = [0, size].flatMap((from) =>
          each(size, (d) => standard![d]! * scaled[row * 2 * size + from + d]!),
        );
        const sums = [0, size].flatMap((from) =>
          each(blocks, (block) =>
            sum(
              each(sizes[block]!, (d) => {
                const at = starts[block]! + d;
                return raw![at]! * vectors[row * 2 * size + from + at]!;
              }),
            ),
          ),
        );
        const inputs = [...standard!, ...products, ...sums];
        return Math.max(
          0,
          ofRow[row * units + unit]! + sum(inputs.map((input, at) => input * weights[at * units + unit]!)),
        );
      });
      expectClose(got, expected);
    },
  );
  fc.assert(property, { numRuns: 100 });
});
