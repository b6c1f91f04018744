import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import { int32, PrioritizedReplay } from '../src/index.js';

const fields = { item: int32() };

/** A buffer with one transition for each TD error, ε too small to be seen. */
function withErrors(tdErrors: readonly number[], { capacity = tdErrors.length, alpha = 1, seed = 1 } = {}) {
  const random = Random.fromSeed(seed);
  const replay = new PrioritizedReplay({ capacity, fields, random, alpha, epsilon: 1e-12 });
  for (const item of tdErrors.keys()) replay.add({ item });
  replay.updatePriorities([...tdErrors.keys()], tdErrors);
  return replay;
}

/** The share of each id among many draws of single transitions. */
function shares(
  replay: PrioritizedReplay<typeof fields>,
  count: number,
  { draws = 20_000, batchSize = 1 } = {},
) {
  const counts = new Array<number>(count).fill(0);
  const batch = replay.createBatch(batchSize);
  for (let round = 0; round < draws / batchSize; round++) {
    replay.sample(batch, { beta: 0 });
    for (const id of batch.ids) counts[id]! += 1;
  }
  return counts.map((seen) => seen / draws);
}

/** The priority of each id relative to the smallest in the buffer, read off the weights at β = 1. */
function relativePriorities(replay: PrioritizedReplay<typeof fields>): Map<number, number> {
  const batch = replay.createBatch(4000);
  replay.sample(batch, { beta: 1 });
  return new Map(Array.from(batch.ids, (id, row) => [id, 1 / batch.weights[row]!]));
}

describe('sampling', () => {
  // Chi-square with 9 degrees of freedom is above 27.9 once in a thousand.
  test.each([{ batchSize: 1 }, { batchSize: 32 }])(
    'P(i) ∝ priority, in batches of $batchSize',
    ({ batchSize }) => {
      const priorities = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
      const draws = 32_000;
      const drawn = shares(withErrors(priorities), 10, { draws, batchSize });
      const chiSquare = priorities.reduce((sum, priority, id) => {
        const expected = priority / 55;
        return sum + (draws * (drawn[id]! - expected) ** 2) / expected;
      }, 0);
      expect(chiSquare).toBeLessThan(27.9);
    },
  );

  test('priority is |δ|^α: the sign is nothing, α = 0 makes all alike, α = 1/2 takes the root', () => {
    expect(shares(withErrors([-3, 1]), 2)).toEqual(closeTo([0.75, 0.25], 1));
    expect(shares(withErrors([-9, 1], { alpha: 0.5 }), 2)).toEqual(closeTo([0.75, 0.25], 1));
    expect(shares(withErrors([-9, 1], { alpha: 0 }), 2)).toEqual(closeTo([0.5, 0.5], 1));
  });

  test('is stratified: each of equal slices of the sum is drawn from once', () => {
    const replay = withErrors([1, 1, 1, 1, 2, 2]);
    const batch = replay.createBatch(8);
    for (let round = 0; round < 200; round++) {
      replay.sample(batch, { beta: 1 });
      expect([...batch.ids]).toEqual([0, 1, 2, 3, 4, 4, 5, 5]);
    }
  });

  test('the last transition is drawn as often as the first, in a ring that is not full or has wrapped', () => {
    const half = withErrors([1, 1, 1], { capacity: 6 });
    expect(shares(half, 3)).toEqual(closeTo([1 / 3, 1 / 3, 1 / 3], 1));
    const wrapped = withErrors([1, 1, 1], { capacity: 3 });
    for (let item = 3; item < 7; item++) wrapped.add({ item });
    expect(shares(wrapped, 7)).toEqual(closeTo([0, 0, 0, 0, 1 / 3, 1 / 3, 1 / 3], 1));
  });

  test('columns belong to the ids', () => {
    const replay = withErrors([1, 5, 2, 4], { capacity: 3 });
    const batch = replay.createBatch(32);
    replay.sample(batch, { beta: 0.5 });
    expect([...batch.columns.item]).toEqual([...batch.ids]);
  });

  test('a transition whose error became 0 can still be drawn, by its ε', () => {
    const replay = new PrioritizedReplay({
      capacity: 2,
      fields,
      random: Random.fromSeed(1),
      alpha: 1,
      epsilon: 0.5,
    });
    replay.add({ item: 0 });
    replay.add({ item: 1 });
    replay.updatePriorities([0, 1], [0, 1]);
    expect(shares(replay, 2)).toEqual(closeTo([0.25, 0.75], 1));
  });

  test('the same seed draws the same, another seed something else', () => {
    const draw = (seed: number) => {
      const replay = withErrors([1, 2, 3, 4, 5], { seed });
      const batch = replay.createBatch(7);
      return [0, 1, 2].flatMap(() => {
        replay.sample(batch, { beta: 1 });
        return [...batch.ids];
      });
    };
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
  });
});

describe('importance weights', () => {
  test('are (N · P)^−β over the largest in the buffer', () => {
    const priorities = [1, 2, 5];
    const replay = withErrors(priorities);
    const batch = replay.createBatch(16);
    for (const beta of [0, 0.4, 1]) {
      replay.sample(batch, { beta });
      const raw = priorities.map((priority) => (3 * (priority / 8)) ** -beta);
      const expected = [...batch.ids].map((id) => raw[id]! / Math.max(...raw));
      expect([...batch.weights]).toEqual(closeTo(expected, 6));
    }
  });

  test('the largest is that of the buffer, even where the batch lacks it', () => {
    const replay = withErrors([1000, 1]);
    const batch = replay.createBatch(2);
    replay.sample(batch, { beta: 1 });
    expect([...batch.ids]).toEqual([0, 0]);
    expect([...batch.weights]).toEqual(closeTo([0.001, 0.001], 7));
  });

  test('are all 1 where all priorities are alike, whatever they are', () => {
    for (const error of [0.001, 50]) {
      const replay = withErrors([error, error], { capacity: 8 });
      const batch = replay.createBatch(4);
      replay.sample(batch, { beta: 1 });
      expect([...batch.weights]).toEqual([1, 1, 1, 1]);
    }
  });

  test('forget a smallest priority that was overwritten', () => {
    const replay = withErrors([0.001, 1]);
    replay.add({ item: 2 });
    const batch = replay.createBatch(4);
    replay.sample(batch, { beta: 1 });
    expect([...batch.weights]).toEqual([1, 1, 1, 1]);
  });
});

describe('new transitions', () => {
  test('begin with priority 1', () => {
    const replay = withErrors([0.5], { capacity: 2 });
    replay.add({ item: 1 });
    expect(relativePriorities(replay).get(1)).toBeCloseTo(2, 5);
  });

  test('get the largest priority so far, to which α was applied once', () => {
    const replay = withErrors([16, 1], { capacity: 4, alpha: 0.5 });
    replay.add({ item: 2 });
    replay.add({ item: 3 });
    const priorities = relativePriorities(replay);
    expect([0, 1, 2, 3].map((id) => priorities.get(id))).toEqual(closeTo([4, 1, 4, 4], 5));
  });

  test('the largest stays where its transition is corrected or overwritten', () => {
    const replay = withErrors([16, 1], { capacity: 2 });
    replay.updatePriorities([0], [1]);
    replay.add({ item: 2 });
    expect(relativePriorities(replay).get(2)).toBeCloseTo(16, 4);
  });
});

describe('updatePriorities', () => {
  test('skips a transition that was overwritten since it was sampled', () => {
    const replay = withErrors([1, 1], { capacity: 2 });
    replay.add({ item: 2 }); // takes the place of 0
    replay.updatePriorities([0, 1], [1000, 2]);
    expect(relativePriorities(replay)).toEqual(
      new Map([
        [1, 2],
        [2, 1],
      ]),
    );
    replay.add({ item: 3 });
    expect(relativePriorities(replay).get(3)).toBeCloseTo(2, 5);
  });

  test('takes the last error of an id that comes twice', () => {
    const replay = withErrors([1, 1]);
    replay.updatePriorities([0, 0], [7, 3]);
    expect(relativePriorities(replay).get(0)).toBeCloseTo(3, 5);
  });

  test('names what is wrong before anything changes', () => {
    const replay = withErrors([1, 2, 4]);
    const before = relativePriorities(replay);
    for (const error of [NaN, Infinity, -Infinity, 1e39]) {
      expect(() => replay.updatePriorities([0, 1], [9, error])).toThrow(
        `tdErrors[1]: expected a finite number, got ${error}`,
      );
    }
    for (const id of [3, -1, 0.5, NaN]) {
      expect(() => replay.updatePriorities([0, id], [9, 9])).toThrow(
        `ids[1]: expected the id of an added transition, below 3, got ${id}`,
      );
    }
    expect(() => replay.updatePriorities([0, 1], [9])).toThrow('tdErrors: expected 2 like ids, got 1');
    expect(relativePriorities(replay)).toEqual(before);
  });

  test('takes the largest and the smallest errors there are', () => {
    const replay = withErrors([3.4e38, 0], { alpha: 1 });
    const batch = replay.createBatch(2);
    replay.sample(batch, { beta: 1 });
    expect([...batch.ids]).toEqual([0, 0]);
    expect(batch.weights.every(Number.isFinite)).toBe(true);
  });
});

test('is a naive list of priorities, through adds, wraps and updates of ids old and twice', () => {
  const update = fc.array(fc.record({ back: fc.nat({ max: 30 }), error: fc.integer({ min: -9, max: 9 }) }), {
    maxLength: 40,
  });
  const step = fc.record({ adds: fc.nat({ max: 12 }), update, batchSize: fc.integer({ min: 1, max: 70 }) });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.array(step, { maxLength: 6 }), (capacity, steps) => {
      const replay = new PrioritizedReplay({
        capacity,
        fields,
        random: Random.fromSeed(1),
        alpha: 1,
        epsilon: 0.5,
      });
      const model: number[] = [];
      let largest = 1;
      for (const { adds, update, batchSize } of steps) {
        for (let add = 0; add <= adds; add++) {
          expect(replay.add({ item: model.length })).toBe(model.length);
          model.push(largest);
        }
        const rows = update.map(({ back, error }) => ({ id: Math.max(0, model.length - 1 - back), error }));
        replay.updatePriorities(
          rows.map(({ id }) => id),
          rows.map(({ error }) => error),
        );
        const oldest = Math.max(0, model.length - capacity);
        for (const { id, error } of rows.filter(({ id }) => id >= oldest)) {
          model[id] = Math.abs(error) + 0.5;
          largest = Math.max(largest, model[id]);
        }
        const stored = model.slice(oldest);
        const batch = replay.createBatch(batchSize);
        replay.sample(batch, { beta: 1 });
        expect(Math.min(...batch.ids)).toBeGreaterThanOrEqual(oldest);
        expect([...batch.columns.item]).toEqual([...batch.ids]);
        const expected = Array.from(batch.ids, (id) => Math.min(...stored) / model[id]!);
        expect([...batch.weights]).toEqual(closeTo(expected, 6));
      }
    }),
    { seed: 1, numRuns: 200 },
  );
});

describe('bad arguments', () => {
  const options = { capacity: 2, fields, random: Random.fromSeed(1) };

  test('options are named', () => {
    expect(() => new PrioritizedReplay({ ...options, alpha: 1.1 })).toThrow(
      'alpha: expected 0 to 1, got 1.1',
    );
    expect(() => new PrioritizedReplay({ ...options, epsilon: 0 })).toThrow(
      'epsilon: expected a number above 0',
    );
    expect(new PrioritizedReplay({ ...options, epsilon: 1 }).epsilon).toBe(1);
    expect(() => new PrioritizedReplay({ ...options, capacity: 0 })).toThrow(
      'capacity: expected a positive integer',
    );
  });

  test('an empty buffer cannot be sampled', () => {
    const replay = new PrioritizedReplay(options);
    expect(() => replay.sample(replay.createBatch(1), { beta: 1 })).toThrow(
      'sample: expected at least one transition, but the buffer is empty',
    );
  });

  test('β is a share, and a bad one draws nothing from the stream', () => {
    const replay = withErrors([1, 2, 3]);
    const twin = withErrors([1, 2, 3]);
    const [batch, twinBatch] = [replay.createBatch(5), twin.createBatch(5)];
    for (const beta of [-0.1, 1.1, NaN]) {
      expect(() => replay.sample(batch, { beta })).toThrow(`beta: expected 0 to 1, got ${beta}`);
    }
    replay.sample(batch, { beta: 1 });
    twin.sample(twinBatch, { beta: 1 });
    expect(batch).toEqual(twinBatch);
  });

  test('a bad transition takes no place', () => {
    const replay = withErrors([1, 2], { capacity: 2 });
    const before = relativePriorities(replay);
    expect(() => replay.add({ item: 0.5 })).toThrow('item: expected a 32-bit integer, got 0.5');
    expect(relativePriorities(replay)).toEqual(before);
    expect(replay.size).toBe(2);
  });
});
