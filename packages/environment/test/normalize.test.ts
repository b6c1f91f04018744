import { describe, expect, test } from '@jest/globals';
import { closeTo } from '@rl-recsys/testing';
import {
  box,
  discrete,
  normalizeObservation,
  normalizeReward,
  type Environment,
  type KeepsStatistics,
  type RunningStatistics,
} from '../src/index.js';
import { attempt, later, play, scripted, type Moment } from './scripted.js';

type Wrapped = Environment<unknown, number> & KeepsStatistics;
const plane = box({ low: -10, high: 10, length: 2 });
const numbers = [
  [1, -2],
  [3, 0],
  [2, 5],
  [-1, 4],
];
const seen = (...observations: number[][]): Moment<Float32Array>[] =>
  observations.map((observation) => ({ observation: Float32Array.from(observation) }));
const rewards = (...values: number[]): Moment<number>[] => values.map((reward) => ({ reward }));

describe('normalizeObservation', () => {
  const start: RunningStatistics = { count: 2, mean: [1, 0], variance: [4, 1] };

  test('updates mean and variance by hand-computed steps, then divides by them', async () => {
    const environment = normalizeObservation(scripted(plane, discrete(1), seen([4, 0], [2, 3])));
    environment.restoreStatistics(start);
    // 4 after two numbers of mean 1 and variance 4: mean 2, variance (2·4 + 3²·2/3) / 3 = 14/3.
    const { observation } = await environment.reset();
    expect([...observation]).toEqual(closeTo([2 / Math.sqrt(14 / 3), 0]));
    expect(environment.statistics()).toEqual({
      count: 3,
      mean: closeTo([2, 0], 10),
      variance: closeTo([14 / 3, 2 / 3], 10),
    });
    // 2 is the mean itself: the variance shrinks to 14/4. 3 is 3 from 0: (2 + 9·3/4) / 4 = 35/16.
    const step = await environment.step(0);
    expect([...step.observation]).toEqual(closeTo([0, 2.25 / Math.sqrt(35 / 16)]));
    expect(environment.statistics()).toEqual({
      count: 4,
      mean: closeTo([2, 0.75], 10),
      variance: closeTo([3.5, 35 / 16], 10),
    });
  });

  test('has the mean and variance of all that was seen', async () => {
    const environment = normalizeObservation(scripted(plane, discrete(1), seen(...numbers)));
    await environment.reset();
    for (let step = 0; step < 3; step++) await environment.step(0);
    const { count, mean, variance } = environment.statistics();
    // The first guess, mean 0 and variance 1, has a weight of 1e-4.
    expect(count).toBeCloseTo(4.0001, 10);
    expect(mean).toEqual(closeTo([5 / 4, 7 / 4], 3));
    expect(variance).toEqual(closeTo([15 / 4 - 25 / 16, 45 / 4 - 49 / 16], 3));
  });

  test('gives what Gymnasium 1.3 gives', async () => {
    const environment = normalizeObservation(scripted(plane, discrete(1), seen(...numbers)));
    const normalized = [(await environment.reset()).observation];
    for (let step = 0; step < 3; step++) normalized.push((await environment.step(0)).observation);
    expect(normalized.map((observation) => [...observation])).toEqual([
      closeTo([0.00707, -0.00895], 4),
      closeTo([1, 0.99992], 4),
      closeTo([0.00008, 1.35876], 4),
      closeTo([-1.52125, 0.78635], 4),
    ]);
  });

  test('makes Float32Arrays of an unbounded space, and leaves the environment its own', async () => {
    const integers = box({ low: 0, high: 9, length: 1 }, 'int32');
    const inner = scripted(integers, discrete(1), [{ observation: Int32Array.of(4), info: { a: 1 } }]);
    const given = Int32Array.of(4);
    const environment = normalizeObservation({
      ...inner,
      reset: () => ({ observation: given, info: { a: 1 } }),
    });
    const { observation, info } = await environment.reset();
    expect(observation).toBeInstanceOf(Float32Array);
    expect(environment.observationSpace.contains(observation)).toBe(true);
    expect(environment.observationSpace.contains(Float32Array.of(-1e9))).toBe(true);
    expect(given).toEqual(Int32Array.of(4));
    expect(info).toEqual({ a: 1 });
    expect(environment.actionSpace).toBe(inner.actionSpace);
  });

  test('a number that never changes becomes 0, not NaN', async () => {
    const environment = normalizeObservation(scripted(plane, discrete(1), seen([3, 3])));
    environment.restoreStatistics({ count: 5, mean: [3, 3], variance: [0, 0] });
    expect((await environment.reset()).observation).toEqual(Float32Array.of(0, 0));
  });

  test.each([[[NaN, 0]], [[0, Infinity]], [[1]], [[1, 2, 3]]])(
    'refuses %j and keeps its statistics',
    async (bad) => {
      const environment = normalizeObservation(scripted(plane, discrete(1), seen([1, 1], bad, [2, 2])));
      await environment.reset();
      const before = environment.statistics();
      await expect(attempt(() => environment.step(0))).rejects.toThrow(
        `observation: expected 2 finite numbers, got ${bad.join()}`,
      );
      expect(environment.statistics()).toEqual(before);
      await environment.step(0);
      expect(environment.statistics().count).toBeCloseTo(2.0001, 10);
    },
  );

  test('names the kind of space that it needs, and the one that came', () => {
    const environment = play([]) as unknown as Parameters<typeof normalizeObservation>[0];
    expect(() => normalizeObservation(environment)).toThrow(
      new TypeError('normalizeObservation: expected an observationSpace of kind box, got discrete'),
    );
  });
});

describe('normalizeReward', () => {
  test('divides by the spread of the discounted return, by hand-computed steps', async () => {
    const environment = normalizeReward(play([{}, ...rewards(2, 4)]), { gamma: 0.5 });
    environment.restoreStatistics({ count: 1, mean: [0], variance: [4] });
    await environment.reset();
    // The return is 2: mean 1, variance (1·4 + 2²·1/2) / 2 = 3.
    expect((await environment.step(0)).reward).toBeCloseTo(2 / Math.sqrt(3), 6);
    // The return is 2/2 + 4 = 5: mean 7/3, variance (2·3 + 4²·2/3) / 3 = 50/9.
    expect((await environment.step(0)).reward).toBeCloseTo(4 / Math.sqrt(50 / 9), 6);
    expect(environment.statistics()).toEqual({
      count: 3,
      mean: closeTo([7 / 3], 10),
      variance: closeTo([50 / 9], 10),
    });
  });

  test('gives what Gymnasium 1.3 gives, over a termination and a truncation', async () => {
    const environment = normalizeReward(
      play([
        {},
        { reward: 1 },
        { reward: 2 },
        { reward: 3, terminated: true },
        {},
        { reward: 4 },
        { reward: 5, truncated: true },
        {},
        { reward: 6 },
      ]),
      { gamma: 0.5 },
    );
    const given: number[] = [];
    for (const steps of [3, 2, 1]) {
      await environment.reset();
      for (let step = 0; step < steps; step++) given.push((await environment.step(0)).reward);
    }
    expect(given).toEqual(
      closeTo([70.71421321, 2.66625196, 3.52968545, 2.4687669, 2.09239496, 1.93303373], 7),
    );
  });

  test('passes everything else through', async () => {
    const inner = play([{ observation: 3 }, { observation: 4, reward: -1, info: { a: 1 }, truncated: true }]);
    const environment = normalizeReward(inner);
    expect(await environment.reset({ seed: 2 })).toEqual({ observation: 3, info: {} });
    expect(inner.calls).toEqual([{ seed: 2 }]);
    const step = await environment.step(0);
    expect(step).toMatchObject({ observation: 4, terminated: false, truncated: true, info: { a: 1 } });
    expect(step.reward).toBeLessThan(0);
    expect(environment.observationSpace).toBe(inner.observationSpace);
    expect(environment.actionSpace).toBe(inner.actionSpace);
  });

  test('refuses a reward that is not finite and keeps return and statistics', async () => {
    const run = async (script: Moment<number>[]) => {
      const environment = normalizeReward(play(script));
      await environment.reset();
      for (let call = 1; call < script.length; call++) {
        await attempt(() => environment.step(0)).catch((error: unknown) =>
          expect(String(error)).toBe('RangeError: reward: expected a finite number, got NaN'),
        );
      }
      return environment.statistics();
    };
    expect(await run([{}, ...rewards(1, NaN, 2)])).toEqual(await run([{}, ...rewards(1, 2)]));
  });

  test.each([-0.1, 1.1, NaN])('gamma %d is named', (gamma) => {
    expect(() => normalizeReward(play([]), { gamma })).toThrow(
      `gamma: expected a number from 0 to 1, got ${gamma}`,
    );
  });
});

/** What is normalized in turn, and one reset before it. */
type Values = readonly (number | Error)[];
const played: Values = [1, 2, 5, 0];

const observing = (values: Values) =>
  scripted(
    plane,
    discrete(1),
    values.map((value) => (value instanceof Error ? value : { observation: Float32Array.of(value, -value) })),
  );
const earning = (values: Values) =>
  play(values.map((value) => (value instanceof Error ? value : { reward: value })));

describe.each([
  {
    name: 'normalizeObservation',
    length: 2,
    wrap: (values: Values): Wrapped => normalizeObservation(observing(values)),
    wrapLater: (values: Values): Wrapped => normalizeObservation(later(observing(values))),
  },
  {
    name: 'normalizeReward',
    length: 1,
    wrap: (values: Values): Wrapped => normalizeReward(earning(values)),
    wrapLater: (values: Values): Wrapped => normalizeReward(later(earning(values))),
  },
])('the statistics of $name', ({ wrap, wrapLater, length }) => {
  test('stay as they are while they are not updated, and are still used', async () => {
    const environment = wrap(played);
    await environment.reset();
    await environment.step(0);
    environment.updateStatistics = false;
    const before = environment.statistics();
    await environment.step(0);
    expect(environment.statistics()).toEqual(before);
    environment.updateStatistics = true;
    await environment.step(0);
    expect(environment.statistics()).not.toEqual(before);
  });

  test('survive JSON and are used where they are restored', async () => {
    const first = wrap(played);
    await first.reset();
    await first.step(0);
    const saved = JSON.parse(JSON.stringify(first.statistics())) as RunningStatistics;
    const second = wrap(played.slice(2));
    second.restoreStatistics(saved);
    second.updateStatistics = false;
    first.updateStatistics = false;
    expect(await second.step(0)).toEqual(await first.step(0));
    expect(second.statistics()).toEqual(saved);
  });

  test('are copies, in and out', () => {
    const environment = wrap(played);
    const numbers = new Array<number>(length).fill(1);
    const restored = { count: 3, mean: [...numbers], variance: [...numbers] };
    environment.restoreStatistics(restored);
    restored.mean[0] = 99;
    (environment.statistics().variance as number[])[0] = 99;
    expect(environment.statistics()).toEqual({ count: 3, mean: numbers, variance: numbers });
  });

  test.each([
    { count: 0 },
    { count: NaN },
    { mean: [] },
    { mean: 'many' },
    { mean: [0, 0, 0] },
    { variance: new Array<number>(length).fill(-1) },
    { variance: new Array<number | null>(length).fill(null) },
  ])('refuse a record with %j and stay', (broken) => {
    const environment = wrap(played);
    const before = environment.statistics();
    const record = { ...before, ...broken } as RunningStatistics;
    expect(() => environment.restoreStatistics(record)).toThrow(
      new TypeError(
        `statistics: expected { count above 0, mean and variance of ${length} numbers }, ` +
          `got ${JSON.stringify(record)}`,
      ),
    );
    expect(environment.statistics()).toEqual(before);
  });

  test('are those of a synchronous environment where answers come later and may fail', async () => {
    const failure = new Error('no line');
    const sync = wrap(played);
    const slow = wrapLater([1, failure, ...played.slice(1)]);
    await sync.reset();
    expect(slow.reset()).toBeInstanceOf(Promise);
    await expect(attempt(() => slow.step(0))).rejects.toBe(failure);
    for (let step = 0; step < 2; step++) expect(await slow.step(0)).toEqual(await sync.step(0));
    expect(slow.statistics()).toEqual(sync.statistics());
  });
});

test.each([0, -1, NaN, Infinity])('epsilon %d is named', (epsilon) => {
  const message = `epsilon: expected a positive number, got ${epsilon}`;
  expect(() => normalizeObservation(scripted(plane, discrete(1), []), { epsilon })).toThrow(message);
  expect(() => normalizeReward(play([]), { epsilon })).toThrow(message);
});
