import { Random } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { activeKernels } from '../../src/index.js';
import { install } from '../on-both-backends.js';
import { draws, each, expectClose, results, written } from './on-addresses.js';

beforeAll(() => install(true));

const shapes = fc.record({
  ...{ rows: fc.integer({ min: 1, max: 5 }), columns: fc.integer({ min: 1, max: 21 }), seed: fc.integer() },
});

/** y, x̂, 1 / deviation, dx, dscale and doffset, with a number behind each that stays as it was. */
function normalized(
  x: Float32Array,
  scale: Float32Array,
  offset: Float32Array,
  dy: Float32Array,
): number[][] {
  const fast = activeKernels()!;
  const columns = scale.length;
  const rows = x.length / columns;
  const lengths = [x.length, x.length, rows, x.length, columns, columns];
  const starts = lengths.map((_, part) =>
    lengths.slice(0, part).reduce((sum, length) => sum + length + 1, 0),
  );
  const all = written(fast, (room) => {
    const length = starts.at(-1)! + columns + 1;
    const out = results(room, length);
    const [y, normal, inverses, dx, dScale, dOffset] = starts.map((start) => out + 4 * start) as [
      ...[number, number, number, number, number, number],
    ];
    const ofScale = room.hold(scale);
    fast.exports.layerNorm(
      ...([room.hold(x), ofScale, room.hold(offset), normal, y, inverses] as const),
      ...([rows, columns] as const),
    );
    fast.floats(dx, dy.length).set(dy); // in place
    fast.exports.layerNormGradient(
      ...([dx, normal, inverses, ofScale, dx, dScale, dOffset] as const),
      ...([rows, columns] as const),
    );
    return { out, length };
  });
  for (const [part, start] of starts.entries()) expect(all[start + lengths[part]!]).toBeNaN();
  return starts.map((start, part) => all.slice(start, start + lengths[part]!));
}

test('two numbers, by hand: x̂ is ±1, and dx is nearly nothing, since their size does not count', () => {
  const [x, scale, offset, dy] = [
    [5, 1],
    [2, 3],
    [0, 10],
    [1, 0.5],
  ].map((numbers) => Float32Array.from(numbers)) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const [y, normal, inverses, dx, dScale, dOffset] = normalized(x, scale, offset, dy);
  expectClose(normal!, [1, -1]);
  expectClose(y!, [2, 7]);
  expectClose(inverses!, [0.5]);
  expectClose(dx!, [0, 0]);
  expectClose(dScale!, [1, -0.5]);
  expectClose(dOffset!, [1, 0.5]);
});

test('results and gradients are those of plain operations and autograd on the cpu backend', async () => {
  const property = fc.asyncProperty(shapes, async ({ rows, columns, seed }) => {
    const random = Random.fromSeed(seed);
    // Rows far from 0 and rows of small numbers; a row of one column has no variance.
    const size = each(rows, () => 10 ** (2 * random.uniform() - 1));
    const mean = each(rows, () => 4 * random.uniform() - 2);
    const x = draws(random, rows * columns).map((number, place) => {
      const row = Math.floor(place / columns);
      return size[row]! * number + mean[row]!;
    });
    const [scale, offset, dy] = [columns, columns, rows * columns].map((length) => draws(random, length)) as [
      ...[Float32Array, Float32Array, Float32Array],
    ];
    const got = normalized(x, scale, offset, dy);
    await tf.setBackend('cpu');
    const expected = tf.tidy(() => {
      const shape: [number, number] = [rows, columns];
      const normal = (of: tf.Tensor): [normal: tf.Tensor, inverse: tf.Tensor] => {
        const centred = tf.sub(of, tf.mean(of, 1, true));
        const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 1, true), 1e-5));
        return [tf.mul(centred, inverse), inverse];
      };
      const y = (of: tf.Tensor, by: tf.Tensor, to: tf.Tensor): tf.Tensor =>
        tf.add(tf.mul(normal(of)[0], by), to);
      const given = [tf.tensor2d(x, shape), tf.tensor1d(scale), tf.tensor1d(offset)];
      const direction = tf.tensor2d(dy, shape);
      const loss = (...[of, by, to]: tf.Tensor[]) => tf.sum(tf.mul(direction, y(of!, by!, to!)));
      const forward = [y(given[0]!, given[1]!, given[2]!), ...normal(given[0]!)];
      return [...forward, ...tf.grads(loss)(given)].map((tensor) => [...tensor.dataSync()]);
    });
    await tf.setBackend('wasm');
    // Gradients are as large as 1 / deviation, and rounded at that.
    const worst = Math.max(1, ...expected[2]!);
    expect(got.length).toBe(expected.length);
    for (const [part, numbers] of expected.entries()) {
      expectClose(
        got[part]!.map((number) => number / worst),
        numbers.map((number) => number / worst),
      );
    }
  });
  await fc.assert(property, { numRuns: 100 });
});

test('equal numbers become the offset, and all that is written is finite', () => {
  for (const columns of [1, 3, 4, 9]) {
    const [x, ones] = [new Float32Array(2 * columns).fill(7), new Float32Array(columns).fill(1)];
    const [y, normal, inverses, ...gradients] = normalized(x, ones, ones, x);
    expect(normal).toEqual(each(2 * columns, () => 0));
    expect(y).toEqual(each(2 * columns, () => 1));
    expectClose(
      inverses!.map((inverse) => inverse * Math.sqrt(1e-5)),
      [1, 1],
    );
    expect(gradients.flat().every(Number.isFinite)).toBe(true);
  }
});
