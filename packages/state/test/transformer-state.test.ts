import * as tf from '@tensorflow/tfjs-core';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import { describe, expect, test } from '@jest/globals';
import { learningCall, TransformerState, type TransformerStateOptions } from '../src/index.js';
import { moduleFor, stateOf, type Inputs } from './state-of.js';

const [n, k] = [4, 4];
const random = Random.fromSeed('transformer');
const numbers = (length: number) => Array.from({ length }, () => 2 * random.uniform() - 1);
const matrix = (rows: number, columns: number) => Array.from({ length: rows }, () => numbers(columns));

/** Every weight by its name, at random. */
const given = {
  position_vectors: matrix(n, k),
  query_kernel: matrix(k, k),
  key_kernel: matrix(k, k),
  value_kernel: matrix(k, k),
  attention_scale: numbers(k),
  attention_offset: numbers(k),
  hidden_kernel: matrix(k, k),
  hidden_bias: numbers(k),
  output_kernel: matrix(k, k),
  output_bias: numbers(k),
  feed_forward_scale: numbers(k),
  feed_forward_offset: numbers(k),
};
type Weights = { [Name in keyof typeof given]: (typeof given)[Name] };

const history = { user: [[4, 3, 2, 1]], items: [matrix(n, k)], mask: [[1, 1, 1, 1]] };

function moduleWith(inputs: Inputs, weights: Weights, options: Partial<TransformerStateOptions> = {}) {
  return moduleFor(new TransformerState({ seed: 1, ...options }), inputs, Object.values(weights));
}

const hidden = (inputs: Inputs, weights: Weights = given, options: Partial<TransformerStateOptions> = {}) =>
  stateOf(moduleWith(inputs, weights, options), inputs).slice(inputs.user[0]!.length);

/** x W */
const times = (x: number[], kernel: number[][]) =>
  kernel[0]!.map((_, column) => x.reduce((sum, value, row) => sum + value * kernel[row]![column]!, 0));
const plus = (x: number[], y: number[]) => x.map((value, place) => value + y[place]!);
const dot = (x: number[], y: number[]) => x.reduce((sum, value, place) => sum + value * y[place]!, 0);

function layerNorm(x: number[], scale: number[], offset: number[]): number[] {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
  return x.map((value, place) => ((value - mean) / Math.sqrt(variance)) * scale[place]! + offset[place]!);
}

/**
 * h of every position by the equations of SASRec one number after the other, each position attending to itself and
 * to those before it, from the first that holds an item.
 */
function block(items: number[][], first: number, heads: number, w: Weights): number[][] {
  const x = items.map((item, a) => plus(item, w.position_vectors[a]!));
  const z = x.map((each) => layerNorm(each, w.attention_scale, w.attention_offset));
  const [queries, keys, values] = [w.query_kernel, w.key_kernel, w.value_kernel].map((kernel) =>
    z.map((each) => times(each, kernel)),
  ) as [number[][], number[][], number[][]];
  const d = k / heads;
  return x.map((own, a) => {
    const attended = Array.from({ length: heads }, (_, head) => {
      const part = (each: number[]) => each.slice(head * d, (head + 1) * d);
      const exponentials = keys.map((key, b) =>
        b < first || b > a ? 0 : Math.exp(dot(part(queries[a]!), part(key)) / Math.sqrt(d)),
      );
      const total = exponentials.reduce((sum, value) => sum + value, 0);
      return Array.from({ length: d }, (_, column) =>
        exponentials.reduce((sum, value, b) => sum + (value / total) * part(values[b]!)[column]!, 0),
      );
    }).flat();
    const y = plus(own, attended);
    const normal = layerNorm(y, w.feed_forward_scale, w.feed_forward_offset);
    const inner = plus(times(normal, w.hidden_kernel), w.hidden_bias).map((value) => Math.max(0, value));
    return plus(y, plus(times(inner, w.output_kernel), w.output_bias));
  });
}

test('one item, by hand: attention is its own, and both sublayers are added to it', () => {
  const [identity, zeros] = [
    [
      [1, 0],
      [0, 1],
    ],
    [0, 0],
  ];
  const weights = {
    position_vectors: [[1, -1]],
    ...{ query_kernel: identity, key_kernel: identity, value_kernel: identity },
    ...{ attention_scale: [2, 2], attention_offset: [0, 1] },
    ...{ hidden_kernel: identity, hidden_bias: [0.5, 0], output_kernel: identity, output_bias: [0, 10] },
    ...{ feed_forward_scale: [1, 1], feed_forward_offset: zeros },
  };
  // x = [2, 2] + [1, −1] = [3, 1], whose norm is [1, −1], so z = [2, −1] and y = [5, 0]; its norm is [1, −1] again,
  // of which relu([1.5, −1]) = [1.5, 0] is left, so h = [5, 0] + [1.5, 0] + [0, 10]
  const one = { user: [[7, 8]], items: [[[2, 2]]], mask: [[1]] };
  expect(stateOf(moduleWith(one, weights), one)).toEqual(closeTo([7, 8, 6.5, 10], 4));
});

describe.each([1, 2, 4])('with %s heads', (heads) => {
  test.each([0, 1, 2, 3])('h is that of the equations, of items from position %s on', (first) => {
    const mask = [[0, 1, 2, 3].map((position) => (position < first ? 0 : 1))];
    const expected = block(history.items[0]!, first, heads, given).at(-1)!;
    expect(hidden({ ...history, mask }, given, { heads })).toEqual(closeTo(expected, 3));
  });

  test.each([0, 1, 2, 3])('is causal: what follows position %s does not change its h', (newest) => {
    // The equations see all items and hide the later ones; the layer gets a history that ends here.
    const mask = [[0, 1, 2, 3].map((position) => (position > newest ? 0 : 1))];
    const expected = block(history.items[0]!, 0, heads, given)[newest]!;
    expect(hidden({ ...history, mask }, given, { heads })).toEqual(closeTo(expected, 3));
  });
});

test('the order of older items counts by their positions alone', () => {
  const [first, second, third, newest] = history.items[0]! as [number[], number[], number[], number[]];
  const swapped = { ...history, items: [[second, third, first, newest]] };
  expect(hidden(swapped)).not.toEqual(closeTo(hidden(history), 2));
  const nowhere = { ...given, position_vectors: given.position_vectors.map(() => [0, 0, 0, 0]) };
  expect(hidden(swapped, nowhere)).toEqual(closeTo(hidden(history, nowhere)));
  const renewed = { ...history, items: [[newest, second, third, first]] };
  expect(hidden(renewed, nowhere)).not.toEqual(closeTo(hidden(history, nowhere), 2));
});

test('users of a batch do not see each other', () => {
  const other = { user: [[0, 0, 0, 1]], items: [matrix(n, k)], mask: [[0, 0, 1, 1]] };
  const both = {
    user: [...history.user, ...other.user],
    items: [...history.items, ...other.items],
    mask: [...history.mask, ...other.mask],
  };
  const states = [history, other].flatMap((inputs) => stateOf(moduleWith(inputs, given), inputs));
  expect(stateOf(moduleWith(both, given), both)).toEqual(closeTo(states));
});

describe('dropout', () => {
  const rate = 0.2;
  const kept = 1 / (1 - rate);
  const row = (value: number) => [value, value, value, value];
  /** Items give 1 to each number of h, attention 10 and the feed-forward network 100. */
  const sum = {
    ...given,
    position_vectors: Array.from({ length: n }, () => row(0)),
    value_kernel: [row(10), row(0), row(0), row(0)],
    ...{ attention_scale: row(0), attention_offset: [1, 0, 0, 0] },
    ...{ output_kernel: Array.from({ length: k }, () => row(0)), output_bias: row(100) },
  };
  const ones = { ...history, items: [Array.from({ length: n }, () => row(1))] };

  function learning(inputs: Inputs, weights: Weights, seed: number | string, options = {}): number[] {
    const module = moduleWith(inputs, weights, { dropout: rate, ...options });
    return tf.tidy(() => {
      const tensors = [tf.tensor2d(inputs.user), tf.tensor3d(inputs.items), tf.tensor2d(inputs.mask)];
      const state = module.apply(tensors, learningCall(Random.fromSeed(seed))) as tf.Tensor;
      return Array.from(tf.slice(state, [0, inputs.user[0]!.length]).dataSync());
    });
  }

  test('drops numbers of the items, of attention and of the feed-forward network, each by itself', () => {
    const repeat = <T>(each: readonly T[]) => Array.from({ length: 100 }, () => each[0]!);
    const many = { user: repeat(ones.user), items: repeat(ones.items), mask: repeat(ones.mask) };
    const draws = Array.from({ length: 20 }, (_, seed) => learning(many, sum, seed)).flat();
    expect(hidden(ones, sum)).toEqual(closeTo(row(111)));
    const mean = draws.reduce((total, value) => total + value, 0) / draws.length;
    expect(Math.abs(mean - 111)).toBeLessThan((4 * 100 * Math.sqrt(rate * kept)) / Math.sqrt(draws.length));
    const counts = new Map<string, number>();
    for (const value of draws) {
      const digits = String(Math.round(value / kept)).padStart(3, '0');
      expect(value).toBeCloseTo(Number(digits) * kept, 3);
      counts.set(digits, (counts.get(digits) ?? 0) + 1);
    }
    for (const digits of ['000', '001', '010', '011', '100', '101', '110', '111']) {
      const expected = [...digits].reduce((p, digit) => p * (digit === '1' ? 1 - rate : rate), 1);
      const error = Math.sqrt((expected * (1 - expected)) / draws.length);
      expect([digits, Math.abs((counts.get(digits) ?? 0) / draws.length - expected) < 4 * error]).toEqual([
        digits,
        true,
      ]);
    }
    expect(counts.size).toBe(8);
  });

  test('is there in training alone, and by the seed', () => {
    const draw = learning(history, given, 1);
    expect(learning(history, given, 1)).toEqual(draw);
    expect(learning(history, given, 2)).not.toEqual(draw);
    expect(hidden(history)).not.toEqual(draw);
    expect(learning(history, given, 1, { dropout: 0 })).toEqual(hidden(history));
  });

  test('draws anew at each call, and for each user', () => {
    const module = moduleWith(history, given);
    const two = [history.user, history.items, history.mask].map((each) => tf.tensor([...each, ...each]));
    const stream = Random.fromSeed(1);
    const states = [1, 2].flatMap(() => (module.apply(two, learningCall(stream)) as tf.Tensor2D).arraySync());
    expect(new Set(states.map(String)).size).toBe(4);
  });

  test('has the gradients of the masks that it drew', () => {
    const module = moduleWith(history, given, { heads: 2 });
    const [user, mask] = [tf.tensor2d(history.user), tf.tensor2d(history.mask)];
    const direction = tf.tensor2d([numbers(2 * k)]);
    const loss = (items: tf.Tensor): tf.Scalar =>
      tf.sum(
        tf.mul(direction, module.apply([user, items, mask], learningCall(Random.fromSeed(3))) as tf.Tensor),
      );
    const items = tf.tensor3d(history.items);
    const analytic = tf.grad(loss)(items).dataSync();
    const values = items.dataSync();
    const at = (index: number, change: number) =>
      loss(
        tf.tensor(
          values.map((value, place) => (place === index ? value + change : value)),
          [1, n, k],
        ),
      ).dataSync()[0]!;
    const numeric = Array.from(values, (_, index) => (at(index, 1e-3) - at(index, -1e-3)) / 2e-3);
    expect(Array.from(analytic)).toEqual(closeTo(numeric, 2));
  });

  test('leaks no tensor', () => {
    const module = moduleWith(history, given);
    const inputs = [tf.tensor2d(history.user), tf.tensor3d(history.items), tf.tensor2d(history.mask)];
    const before = tf.memory().numTensors;
    (module.apply(inputs, learningCall(Random.fromSeed(1))) as tf.Tensor).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('needs something to draw from, where there is any', () => {
    const module = moduleWith(history, given);
    const inputs = [tf.tensor2d(history.user), tf.tensor3d(history.items), tf.tensor2d(history.mask)];
    expect(() => module.apply(inputs, { training: true })).toThrow(
      new RangeError('random: expected a Random where the layer is training, got undefined'),
    );
    const without = moduleWith(history, given, { dropout: 0 });
    const state = without.apply(inputs, { training: true }) as tf.Tensor;
    expect([...state.dataSync()]).toEqual([...(without.predict(inputs) as tf.Tensor).dataSync()]);
  });
});

test('options that make no layer are refused by name', () => {
  for (const dropout of [1, -0.1, NaN]) {
    expect(() => new TransformerState({ seed: 1, dropout })).toThrow(
      new RangeError(`dropout: expected a number in [0, 1), got ${dropout}`),
    );
  }
  expect(() => new TransformerState({ seed: 1, heads: 0.5 })).toThrow(
    new RangeError('heads: expected a positive integer, got 0.5'),
  );
  expect(() => moduleFor(new TransformerState({ seed: 1, heads: 3 }), history)).toThrow(
    new RangeError('heads: expected a divisor of k = 4, got 3'),
  );
});

test('is saved with its options', () => {
  const options = { seed: 3, heads: 2, dropout: 0.5, name: 'mine' };
  const config = new TransformerState(options).getConfig();
  expect(config).toMatchObject(options);
  expect(tf.serialization.SerializationMap.getMap().classNameMap['TransformerState']![0]).toBe(
    TransformerState,
  );
  expect(TransformerState.fromConfig(TransformerState as never, config).getConfig()).toEqual(config);
});
