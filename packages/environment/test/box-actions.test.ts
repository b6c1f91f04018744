import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import { box, clipAction, discrete, rescaleAction, type Environment } from '../src/index.js';
import { attempt, later, play, playActions, scripted } from './scripted.js';

type BoxEnvironment = Environment<number, Float32Array>;

/** What the inner environment got for `action`. */
async function passedOn(
  inner: ReturnType<typeof playActions>,
  wrap: (environment: BoxEnvironment) => BoxEnvironment,
  action: Float32Array,
) {
  await wrap(inner).step(action);
  return (inner.calls[0] as { action: Float32Array }).action;
}

describe('clipAction', () => {
  test('clips each number to its own bounds', async () => {
    const clipped = await passedOn(
      playActions([-1, 0, -Infinity, 2], [1, 5, 0.5, Infinity], 4),
      clipAction,
      Float32Array.of(-3, 4, 7, -2),
    );
    expect(clipped).toEqual(Float32Array.of(-1, 4, 0.5, 2));
  });

  test('takes infinite numbers and leaves the given action alone', async () => {
    const action = Float32Array.of(Infinity, -Infinity);
    const clipped = await passedOn(playActions(-1, 1, 2), clipAction, action);
    expect(clipped).toEqual(Float32Array.of(1, -1));
    expect(action).toEqual(Float32Array.of(Infinity, -Infinity));
  });

  test('shows an unbounded space of the same length', () => {
    const inner = playActions(-1, 1, 3);
    const { actionSpace, observationSpace } = clipAction(inner);
    expect(actionSpace).toMatchObject({ kind: 'box', length: 3, dtype: 'float32' });
    expect(actionSpace.contains(Float32Array.of(-1e30, 0, 1e30))).toBe(true);
    expect(observationSpace).toBe(inner.observationSpace);
  });

  test.each([Float32Array.of(1), Float32Array.of(1, 2, 3), Float32Array.of(0, NaN), [0, 0]])(
    'refuses %p, which never reaches the environment',
    async (action) => {
      const inner = playActions(-1, 1, 2);
      const environment = clipAction(inner);
      await expect(attempt(() => environment.step(action as Float32Array))).rejects.toThrow(
        `action: expected a Float32Array of 2 numbers, got ${String(action)}`,
      );
      expect(inner.calls).toEqual([]);
    },
  );
});

describe('rescaleAction', () => {
  test('maps −1, 0 and 1 to the bounds and the middle between them', async () => {
    const inner = () => playActions([0, -10, 1], [4, 10, 2], 3);
    expect(await passedOn(inner(), rescaleAction, Float32Array.of(-1, 0, 1))).toEqual(
      Float32Array.of(0, 0, 2),
    );
    expect(await passedOn(inner(), rescaleAction, Float32Array.of(0.5, -0.5, 0))).toEqual(
      Float32Array.of(3, -5, 1.5),
    );
  });

  test('maps from other bounds, and leaves the given action alone', async () => {
    const wrap = (environment: BoxEnvironment) => rescaleAction(environment, { low: 0, high: 10 });
    const action = Float32Array.of(2.5, 10);
    const passed = await passedOn(playActions(-1, 1, 2), wrap, action);
    expect([...passed]).toEqual(closeTo([-0.5, 1]));
    expect(action).toEqual(Float32Array.of(2.5, 10));
    expect(wrap(playActions(-1, 1, 2)).actionSpace).toMatchObject({ low: [0, 0], high: [10, 10] });
  });

  test('never leaves the bounds, whatever they round to', async () => {
    const random = Random.fromSeed(1);
    for (let draw = 0; draw < 300; draw++) {
      const low = random.normal() * 10 ** random.integer(6);
      const inner = playActions(low, low + random.uniform(), 4);
      const action = Float32Array.of(-1, 1, 2 * random.uniform() - 1, 0);
      expect(inner.actionSpace.contains(await passedOn(inner, rescaleAction, action))).toBe(true);
    }
  });

  test('keeps bounds that are equal', async () => {
    expect(await passedOn(playActions(3, 3, 1), rescaleAction, Float32Array.of(0.3))).toEqual(
      Float32Array.of(3),
    );
  });

  test.each([Float32Array.of(1.5, 0), Float32Array.of(0), Float32Array.of(0, NaN)])(
    'refuses %p, which never reaches the environment',
    async (action) => {
      const inner = playActions(0, 1, 2);
      const environment = rescaleAction(inner);
      await expect(attempt(() => environment.step(action))).rejects.toThrow(
        `action: expected a Float32Array of 2 numbers in [-1, 1], got ${String(action)}`,
      );
      expect(inner.calls).toEqual([]);
    },
  );

  test('around it, clipAction lets an agent overshoot', async () => {
    const wrap = (environment: BoxEnvironment) => clipAction(rescaleAction(environment));
    expect(await passedOn(playActions(0, 10, 1), wrap, Float32Array.of(1.5))).toEqual(Float32Array.of(10));
  });

  test('maps to bounds of its own inside an infinite box, and refuses those outside', async () => {
    const inner = () => playActions(-Infinity, 4, 1);
    const bounded = (environment: BoxEnvironment) => rescaleAction(environment, { to: { low: -2, high: 4 } });
    for (const [given, expected] of [
      [-1, -2],
      [0, 1],
      [1, 4],
    ] as const) {
      expect(await passedOn(inner(), bounded, Float32Array.of(given))).toEqual(Float32Array.of(expected));
    }
    expect(() => rescaleAction(inner(), { to: { low: 0, high: 5 } })).toThrow(
      'to: expected bounds within -Infinity and 4 of number 0, got 0 and 5',
    );
  });

  test('names a bound that is infinite', () => {
    expect(() => rescaleAction(playActions([0, 0], [1, Infinity], 2))).toThrow(
      'rescaleAction: expected an actionSpace with finite bounds, got high[1] = Infinity',
    );
    expect(() => rescaleAction(playActions(-Infinity, 1, 1))).toThrow(
      'rescaleAction: expected an actionSpace with finite bounds, got low[0] = -Infinity',
    );
  });

  test.each([
    [1, -1],
    [1, 1],
    [NaN, 1],
    [-1, Infinity],
  ])('names bad bounds %d and %d', (low, high) => {
    expect(() => rescaleAction(playActions(0, 1, 1), { low, high })).toThrow(
      `low, high: expected finite numbers with low below high, got ${low} and ${high}`,
    );
  });
});

describe.each([
  ['clipAction', clipAction],
  ['rescaleAction', rescaleAction],
])('%s', (name, wrap: (environment: BoxEnvironment) => BoxEnvironment) => {
  test('names the kind of space that it needs, and the one that came', () => {
    expect(() => wrap(play([]) as unknown as BoxEnvironment)).toThrow(
      new TypeError(`${name}: expected an actionSpace of kind box with dtype float32, got discrete`),
    );
    const integers = scripted(discrete(2), box({ low: 0, high: 1, length: 1 }, 'int32'), []);
    expect(() => wrap(integers as unknown as BoxEnvironment)).toThrow(
      `${name}: expected an actionSpace of kind box with dtype float32, got box with dtype int32`,
    );
    const own = { ...play([]), actionSpace: { ...discrete(2), kind: undefined } };
    expect(() => wrap(own as unknown as BoxEnvironment)).toThrow('got a space without a kind');
  });

  test('passes seeds, answers, failures and close through, now or later', async () => {
    const failure = new Error('no line');
    const script = [{ observation: 1 }, failure, { observation: 2, reward: 3, info: { at: 'home' } }];
    const inner = scripted(discrete(9), box({ low: -1, high: 1, length: 1 }), script);
    const environment = wrap(later(inner));
    expect(await environment.reset({ seed: 4 })).toEqual({ observation: 1, info: {} });
    expect(inner.calls).toEqual([{ seed: 4 }]);
    await expect(environment.step(Float32Array.of(0))).rejects.toBe(failure);
    expect(await environment.step(Float32Array.of(0))).toEqual({
      observation: 2,
      reward: 3,
      terminated: false,
      truncated: false,
      info: { at: 'home' },
    });
    await environment.close?.();
    expect(inner.closed).toBe(1);
  });
});
