import { Random } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runs } from '@rl-recsys/testing';
import { activeKernels } from '../../src/index.js';
import { install } from '../on-both-backends.js';
import { draws, each, expectClose, results, sum, written } from './on-addresses.js';

beforeAll(() => install(true));

/** What attention is asked. */
interface Attention {
  readonly batch: number;
  readonly terms: number;
  readonly length: number;
  readonly size: number;
  readonly scale: number;
  /** `[batch, terms, size]`, like the gradient of what is found. */
  readonly queries: Float32Array;
  readonly gradient: Float32Array;
  /** `[batch, length, size]` */
  readonly rows: Float32Array;
  /** `[batch, length]` */
  readonly mask: Float32Array;
}

const cases = fc
  .record({
    ...{ batch: fc.integer({ min: 1, max: 4 }), length: fc.integer({ min: 1, max: 9 }) },
    ...{ terms: fc.integer({ min: 1, max: 3 }), size: fc.integer({ min: 1, max: 21 }), seed: fc.integer() },
  })
  .map(({ batch, length, terms, size, seed }): Attention => {
    const random = Random.fromSeed(seed);
    const draw = (count: number) => draws(random, count * size).map((number) => 2 * number);
    return {
      ...{ batch, terms, length, size, scale: 2 * random.uniform() },
      ...{ queries: draw(batch * terms), gradient: draw(batch * terms), rows: draw(batch * length) },
      mask: Float32Array.from({ length: batch * length }, () => random.integer(2)),
    };
  });

/** What is found, the shares, and the gradients of queries and rows, with a number behind each that stays as it was. */
function attended(of: Attention): number[][] {
  const fast = activeKernels()!;
  const { batch, terms, length, size, scale } = of;
  const sizes = [batch, terms, length, size] as const;
  const lengths = [of.queries.length, batch * terms * length, of.queries.length, of.rows.length];
  const starts = lengths.map((_, part) => sum(lengths.slice(0, part).map((count) => count + 1)));
  const all = written(fast, (room) => {
    const total = starts.at(-1)! + of.rows.length + 1;
    const out = results(room, total);
    const [found, shares, dQueries, dRows] = starts.map((start) => out + 4 * start) as [
      ...[number, number, number, number],
    ];
    const [queries, rows] = [room.hold(of.queries), room.hold(of.rows)];
    fast.exports.attention(queries, rows, room.hold(of.mask), scale, shares, found, ...sizes);
    const back = [room.hold(of.gradient), found, queries, rows, scale, shares, dQueries, dRows] as const;
    fast.exports.attentionGradient(...back, ...sizes);
    return { out, length: total };
  });
  for (const [part, start] of starts.entries()) expect(all[start + lengths[part]!]).toBeNaN();
  return starts.map((start, part) => all.slice(start, start + lengths[part]!));
}

/** The same by TensorFlow.js's operations and by autograd. */
function expectedOf({ batch, terms, length, size, scale, mask, ...given }: Attention): number[][] {
  return tf.tidy(() => {
    const there = tf.tensor(mask, [batch, 1, length]);
    const shares = (q: tf.Tensor, x: tf.Tensor): tf.Tensor => {
      const barred = tf.mul(tf.sub(there, 1), 1e9);
      const scores = tf.mul(tf.matMul(q, x, false, true), scale);
      return tf.mul(tf.softmax(tf.add(scores, barred)), there);
    };
    const find = (q: tf.Tensor, x: tf.Tensor): tf.Tensor => tf.matMul(shares(q, x), x);
    const direction = tf.tensor(given.gradient, [batch, terms, size]);
    const loss = (...[q, x]: tf.Tensor[]) => tf.sum(tf.mul(direction, find(q!, x!)));
    const [q, x] = [
      tf.tensor(given.queries, [batch, terms, size]),
      tf.tensor(given.rows, [batch, length, size]),
    ];
    return [find(q, x), shares(q, x), ...tf.grads(loss)([q, x])].map((tensor) => [...tensor.dataSync()]);
  });
}

test('one query and two rows, by hand; the third is padding', () => {
  const [found, shares, dQueries, dRows] = attended({
    ...{ batch: 1, terms: 1, length: 3, size: 1, scale: 0.5 },
    queries: Float32Array.of(2),
    rows: Float32Array.of(0, Math.log(3), 100),
    ...{ mask: Float32Array.of(1, 1, 0), gradient: Float32Array.of(4) },
  });
  // e⁰ : e^ln 3 is 1 : 3, so ¾ ln 3 is found; of the scores ds = ¼ · 4 (0 − ¾ ln 3) and ¾ · 4 (ln 3 − ¾ ln 3), that is ∓¾ ln 3.
  const change = 0.75 * Math.log(3);
  expectClose(found!, [change]);
  expectClose(shares!, [0.25, 0.75, 0]);
  expectClose(dQueries!, [0.5 * change * Math.log(3)]);
  expectClose(dRows!, [1 - change, 3 + change, 0]);
});

test('results and gradients are those of plain operations and autograd on the cpu backend', async () => {
  const property = fc.asyncProperty(cases, async (of) => {
    const got = attended(of);
    await tf.setBackend('cpu');
    const expected = expectedOf(of);
    await tf.setBackend('wasm');
    expect(got.length).toBe(expected.length);
    // Scores are sums of tens of products up to 8: rounded at that, before they become exponents.
    const scaled = (numbers: number[]) => numbers.map((number) => number / 10);
    for (const [part, numbers] of expected.entries()) expectClose(scaled(got[part]!), scaled(numbers));
  });
  await fc.assert(property, { numRuns: runs(150) });
});

test('shares of each query add up to 1, or 0 where there is nothing', () => {
  const property = fc.property(cases, (of) => {
    const { batch, terms, length, mask } = of;
    const [, shares] = attended(of);
    const sums = each(batch * terms, (row) => sum(shares!.slice(row * length, (row + 1) * length)));
    const isAnyThere = (user: number) => mask.slice(user * length, (user + 1) * length).includes(1);
    expectClose(
      sums,
      each(batch * terms, (row) => +isAnyThere(Math.floor(row / terms))),
    );
  });
  fc.assert(property, { numRuns: runs(50) });
});

test('what stands at padding is not read', () => {
  const property = fc.property(cases, (of) => {
    const { mask, size } = of;
    const rows = of.rows.map((x, at) => (mask[Math.floor(at / size)] === 0 ? NaN : x));
    expect(attended({ ...of, rows })).toEqual(attended(of));
  });
  fc.assert(property, { numRuns: runs(50) });
});

test('without any row nothing is found, and no gradient is left', () => {
  const property = fc.property(cases, (of) => {
    for (const part of attended({ ...of, mask: of.mask.map(() => 0) })) {
      expect(part).toEqual(part.map(() => 0));
    }
  });
  fc.assert(property, { numRuns: runs(50) });
});

test('scores far apart, and far from 0, neither overflow nor lose the largest', () => {
  for (const sign of [1, -1]) {
    const [found, ...rest] = attended({
      ...{ batch: 1, terms: 1, length: 5, size: 1, scale: 1 },
      ...{ queries: Float32Array.of(sign * 50), gradient: Float32Array.of(1) },
      rows: Float32Array.of(1000, 2000, -3000, 2001, 0).map((row) => sign * row),
      mask: new Float32Array(5).fill(1),
    });
    expectClose(found!, [sign * 2001]);
    expect(rest.flat().every(Number.isFinite)).toBe(true);
  }
});
