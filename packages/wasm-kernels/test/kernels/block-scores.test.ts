import { Random } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { activeKernels } from '../../src/index.js';
import { install } from '../on-both-backends.js';
import { draws, each, expectClose, results, sum, written } from './on-addresses.js';

beforeAll(() => install(true));

const KINDS = 2;
const shapes = fc.record({
  ...{ batch: fc.integer({ min: 1, max: 4 }), count: fc.integer({ min: 1, max: 10 }) },
  ...{ blocks: fc.integer({ min: 1, max: 6 }), seed: fc.integer() },
});

/** 1 at a candidate, 0 where there is none. */
const maskOf = (random: Random, length: number) => Float32Array.from({ length }, () => random.integer(2));

test('what blocks say is added to scores as each row counts it, and its gradient is that of a sum', () => {
  const fast = activeKernels()!;
  const property = fc.property(shapes, ({ batch, count, blocks, seed }) => {
    const random = Random.fromSeed(seed);
    const stride = blocks + 1;
    const [weights, z] = [draws(random, batch * stride), draws(random, batch * count * blocks)];
    const [before, gradient] = [draws(random, batch * count), draws(random, batch * count)];
    const scoreAt = (place: number, block: number) => z[place * blocks + block]!;
    const added = written(fast, (room) => {
      const out = room.hold(Float32Array.of(...before, NaN));
      const at = [room.hold(weights), 4 * stride, room.hold(z), out] as const;
      fast.exports.addBlockScores(...at, batch, count, blocks);
      return { out, length: batch * count + 1 };
    });
    const expected = each(batch * count, (place) => {
      const row = Math.floor(place / count);
      return (
        before[place]! + sum(each(blocks, (block) => weights[row * stride + block]! * scoreAt(place, block)))
      );
    });
    expectClose(added.slice(0, -1), expected);
    expect(added.at(-1)).toBeNaN();

    const back = written(fast, (room) => {
      const out = results(room, batch * stride);
      const at = [room.hold(gradient), room.hold(z), out, 4 * stride] as const;
      fast.exports.blockScoresGradient(...at, batch, count, blocks);
      return { out, length: batch * stride };
    });
    for (let row = 0; row < batch; row++) {
      const own = each(blocks, (block) =>
        sum(each(count, (place) => gradient[row * count + place]! * scoreAt(row * count + place, block))),
      );
      expectClose(back.slice(row * stride, row * stride + blocks), own);
      expect(back[row * stride + blocks]).toBeNaN();
    }
  });
  fc.assert(property, { numRuns: 100 });
});

test('scores brought to one spread have mean 0 and deviation 1 over the candidates, and the gradient of autograd', () => {
  const fast = activeKernels()!;
  const property = fc.property(shapes, ({ batch, count, seed }) => {
    const random = Random.fromSeed(seed);
    const scores = draws(random, batch * count).map((score) => 5 * score + 3);
    const [mask, gradient] = [maskOf(random, batch * count), draws(random, batch * count)];
    const length = batch * count;
    const got = written(fast, (room) => {
      const out = room.hold(Float32Array.of(...scores, ...gradient));
      const [there, deviations] = [room.hold(mask), results(room, batch)];
      fast.exports.spreadScores(out, there, deviations, batch, count);
      fast.exports.spreadScoresGradient(out + 4 * length, out, there, deviations, batch, count);
      return { out, length: 2 * length };
    });
    const expected = tf.tidy(() => {
      const [there, dy] = [tf.tensor2d(mask, [batch, count]), tf.tensor2d(gradient, [batch, count])];
      const spread = (x: tf.Tensor): tf.Tensor => {
        const many = tf.maximum(tf.sum(there, 1, true), 1);
        const centred = tf.mul(tf.sub(x, tf.div(tf.sum(tf.mul(x, there), 1, true), many)), there);
        const variance = tf.div(tf.sum(tf.square(centred), 1, true), many);
        return tf.div(centred, tf.sqrt(tf.add(variance, 1e-6)));
      };
      const x = tf.tensor2d(scores, [batch, count]);
      const back = tf.grad((given) => tf.sum(tf.mul(spread(given), tf.mul(dy, there))))(x);
      const values = tf.add(spread(x), tf.mul(tf.sub(1, there), -1e9));
      return [...values.dataSync(), ...back.dataSync()];
    });
    // Where scores hardly differ, what is left of them is rounding, divided by a small deviation.
    const ranges = each(batch, (row) => {
      const there = [...scores.slice(row * count, (row + 1) * count)].filter(
        (_, place) => mask[row * count + place] === 1,
      );
      return Math.max(...there) - Math.min(...there);
    });
    const counts = (place: number) => ranges[Math.floor((place % length) / count)]! > 1;
    expectClose(
      got.filter((_, place) => counts(place)).map((value) => value / 10),
      expected.filter((_, place) => counts(place)).map((value) => value / 10),
    );
    got.forEach((value, place) => expect(Number.isFinite(value) || `${place}`).toBe(true));
  });
  fc.assert(property, { numRuns: 100, examples: [[{ batch: 4, count: 2, blocks: 1, seed: -21 }]] });
});

test('the values of candidates are those of the network, written out, and 0 where there is none', () => {
  const fast = activeKernels()!;
  const property = fc.property(shapes, fc.integer({ min: 1, max: 3 }), (shape, eights) => {
    const { batch, count, blocks, seed } = shape;
    const random = Random.fromSeed(seed);
    const units = 8 * eights;
    const [z, mask] = [draws(random, batch * count * blocks), maskOf(random, batch * count)];
    const kinds = Int32Array.from({ length: batch }, () => random.integer(KINDS));
    const [ofRow, weights] = [draws(random, batch * units), draws(random, KINDS * blocks * units)];
    const [heads, biases] = [draws(random, KINDS * units), draws(random, KINDS)];
    const got = written(fast, (room) => {
      const out = results(room, batch * count + 1);
      fast.exports.blockValues(
        ...([room.hold(z), room.hold(mask), room.hold(kinds), room.hold(ofRow)] as const),
        ...([room.hold(weights), room.hold(heads), room.hold(biases), out] as const),
        ...([batch, count, blocks, units] as const),
      );
      return { out, length: batch * count + 1 };
    });
    const expected = each(batch * count, (place) => {
      const row = Math.floor(place / count);
      const kind = kinds[row]!;
      const hidden = (unit: number) => {
        const of = (block: number) => weights[(kind * blocks + block) * units + unit]!;
        return (
          ofRow[row * units + unit]! + sum(each(blocks, (block) => z[place * blocks + block]! * of(block)))
        );
      };
      const value = sum(each(units, (unit) => heads[kind * units + unit]! * Math.max(0, hidden(unit))));
      return mask[place] === 1 ? value + biases[kind]! : 0;
    });
    expectClose(got.slice(0, -1), expected);
    expect(got.at(-1)).toBeNaN();
  });
  fc.assert(property, { numRuns: 200 });
});
