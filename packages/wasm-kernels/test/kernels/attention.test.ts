import { Random } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { activeKernels } from '../../src/index.js';
import { install } from '../on-both-backends.js';
import { draws, each, expectClose, results, sum, written } from './on-addresses.js';

beforeAll(() => install(true));

/** What attention is asked. */
interface Attention {
  readonly batch: number;
  readonly length: number;
  readonly heads: number;
  readonly size: number;
  /** `[batch, size]` */
  readonly queries: Float32Array;
  /** `[batch, length, size]` */
  readonly keys: Float32Array;
  readonly values: Float32Array;
  /** `[batch, length]` */
  readonly mask: Float32Array;
  /** `[batch, size]` */
  readonly gradient: Float32Array;
}

const cases = fc
  .record({
    ...{ batch: fc.integer({ min: 1, max: 4 }), length: fc.integer({ min: 1, max: 9 }) },
    ...{ heads: fc.integer({ min: 1, max: 3 }), d: fc.integer({ min: 1, max: 11 }), seed: fc.integer() },
  })
  .map(({ batch, length, heads, d, seed }): Attention => {
    const random = Random.fromSeed(seed);
    const size = heads * d;
    const draw = (count: number) => draws(random, count * size).map((number) => 2 * number);
    return {
      ...{ batch, length, heads, size },
      ...{ queries: draw(batch), keys: draw(batch * length), values: draw(batch * length) },
      mask: Float32Array.from({ length: batch * length }, () => random.integer(2)),
      gradient: draw(batch),
    };
  });

/** What is found, the shares, and the gradients of queries, keys and values, with a number behind each that stays as it was. */
function attended(of: Attention): number[][] {
  const fast = activeKernels()!;
  const { batch, length, size, heads } = of;
  const sizes = [batch, length, size, heads] as const;
  const lengths = [batch * size, batch * heads * length, batch * size, of.keys.length, of.values.length];
  const starts = lengths.map((_, part) => sum(lengths.slice(0, part).map((count) => count + 1)));
  const all = written(fast, (room) => {
    const total = starts.at(-1)! + of.values.length + 1;
    const out = results(room, total);
    const [found, shares, dQueries, dKeys, dValues] = starts.map((start) => out + 4 * start) as [
      ...[number, number, number, number, number],
    ];
    const given = [room.hold(of.queries), room.hold(of.keys), room.hold(of.values)] as const;
    fast.exports.attention(...given, room.hold(of.mask), shares, found, ...sizes);
    const back = [room.hold(of.gradient), found, ...given, shares, dQueries, dKeys, dValues] as const;
    fast.exports.attentionGradient(...back, ...sizes);
    return { out, length: total };
  });
  for (const [part, start] of starts.entries()) expect(all[start + lengths[part]!]).toBeNaN();
  return starts.map((start, part) => all.slice(start, start + lengths[part]!));
}

/** The same by TensorFlow.js's operations, as the transformer layer has them, and by autograd. */
function expectedOf({ batch, length, heads, size, mask, ...given }: Attention): number[][] {
  return tf.tidy(() => {
    const d = size / heads;
    const byHead = (x: tf.Tensor, rows: number): tf.Tensor =>
      tf.transpose(tf.reshape(x, [batch, rows, heads, d]), [0, 2, 1, 3]);
    const there = tf.tensor(mask, [batch, 1, 1, length]);
    const shares = (q: tf.Tensor, k: tf.Tensor): tf.Tensor => {
      const scores = tf.matMul(byHead(q, 1), byHead(k, length), false, true);
      const barred = tf.mul(tf.sub(there, 1), 1e9);
      return tf.mul(tf.softmax(tf.add(tf.div(scores, Math.sqrt(d)), barred)), there);
    };
    const find = (q: tf.Tensor, k: tf.Tensor, v: tf.Tensor): tf.Tensor =>
      tf.reshape(tf.matMul(shares(q, k), byHead(v, length)), [batch, size]);
    const inputs = [given.queries, given.keys, given.values].map((numbers) => tf.tensor1d(numbers));
    const [q, k, v] = inputs as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
    const direction = tf.tensor2d(given.gradient, [batch, size]);
    const loss = (...x: tf.Tensor[]) => tf.sum(tf.mul(direction, find(x[0]!, x[1]!, x[2]!)));
    return [find(q, k, v), shares(q, k), ...tf.grads(loss)(inputs)].map((tensor) => [...tensor.dataSync()]);
  });
}

test('one head and two rows, by hand; the third is padding', () => {
  const [found, shares, dQueries, dKeys, dValues] = attended({
    ...{ batch: 1, length: 3, heads: 1, size: 1 },
    queries: Float32Array.of(1),
    keys: Float32Array.of(0, Math.log(3), 5),
    values: Float32Array.of(4, 8, 100),
    ...{ mask: Float32Array.of(1, 1, 0), gradient: Float32Array.of(2) },
  });
  // e⁰ : e^ln 3 is 1 : 3, so 4 / 4 + 8 · 3 / 4 = 7, and of the scores dsᵢ = sᵢ · 2 (vᵢ − 7) = −1.5 and 1.5.
  expectClose(found!, [7]);
  expectClose(shares!, [0.25, 0.75, 0]);
  expectClose(dQueries!, [1.5 * Math.log(3)]);
  expectClose(dKeys!, [-1.5, 1.5, 0]);
  expectClose(dValues!, [0.5, 1.5, 0]);
});

test('results and gradients are those of plain operations and autograd on the cpu backend', async () => {
  const property = fc.asyncProperty(cases, async (each) => {
    const got = attended(each);
    await tf.setBackend('cpu');
    const expected = expectedOf(each);
    await tf.setBackend('wasm');
    expect(got.length).toBe(expected.length);
    // Shares times values, both up to some units: sums of some tens are rounded at that.
    const scaled = (numbers: number[]) => numbers.map((number) => number / 4);
    for (const [part, numbers] of expected.entries()) expectClose(scaled(got[part]!), scaled(numbers));
  });
  await fc.assert(property, { numRuns: 150 });
});

test('shares of each head and user add up to 1, or 0 where there is nothing', () => {
  const property = fc.property(cases, (of) => {
    const { batch, heads, length, mask } = of;
    const [, shares] = attended(of);
    const sums = each(batch * heads, (row) => sum(shares!.slice(row * length, (row + 1) * length)));
    const isAnyThere = (row: number) =>
      mask.slice(row * length, (row + 1) * length).some((there) => there === 1);
    expectClose(
      sums,
      each(batch * heads, (row) => +isAnyThere(Math.floor(row / heads))),
    );
  });
  fc.assert(property, { numRuns: 50 });
});

test('what stands at padding is not read', () => {
  const property = fc.property(cases, (of) => {
    const { mask, size } = of;
    const spoilt = (rows: Float32Array) => rows.map((x, at) => (mask[Math.floor(at / size)] === 0 ? NaN : x));
    expect(attended({ ...of, keys: spoilt(of.keys), values: spoilt(of.values) })).toEqual(attended(of));
  });
  fc.assert(property, { numRuns: 50 });
});

test('without any row nothing is found, and no gradient is left', () => {
  const property = fc.property(cases, (of) => {
    for (const part of attended({ ...of, mask: of.mask.map(() => 0) })) {
      expect(part).toEqual(part.map(() => 0));
    }
  });
  fc.assert(property, { numRuns: 50 });
});

test('scores far apart, and far from 0, neither overflow nor lose the largest', () => {
  const given = { batch: 1, heads: 1, size: 1, length: 5, values: Float32Array.of(1, 2, 3, 4, 5) };
  const others = { mask: new Float32Array(5).fill(1), gradient: Float32Array.of(1) };
  for (const sign of [1, -1]) {
    const keys = Float32Array.of(1000, 2000, -3000, 2001, 0).map((key) => sign * key);
    const [found, ...rest] = attended({ ...given, ...others, keys, queries: Float32Array.of(sign * 50) });
    expectClose(found!, [4]);
    expect(rest.flat().every(Number.isFinite)).toBe(true);
  }
});
