import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PriorityTree } from '../src/index.js';

/** Sizes around the ends of groups and levels, and one with four levels. */
const capacities = fc.constantFrom(1, 2, 7, 8, 9, 63, 64, 65, 100, 511, 512, 513, 700);

/** Writes of several batches: whole numbers, so that every sum is exact, and often the same index. */
function batchesFor(capacity: number) {
  const index = fc.oneof(fc.nat({ max: capacity - 1 }), fc.nat({ max: Math.min(3, capacity - 1) }));
  const write = fc.record({ index, priority: fc.nat({ max: 9 }) });
  return fc.array(fc.array(write, { maxLength: 80 }), { minLength: 1, maxLength: 4 });
}

const histories = capacities.chain((capacity) =>
  fc.record({ capacity: fc.constant(capacity), batches: batchesFor(capacity) }),
);

type Batch = readonly { readonly index: number; readonly priority: number }[];

function setBatch(tree: PriorityTree, batch: Batch): void {
  const indices = Int32Array.from(batch, ({ index }) => index);
  tree.setMany(
    indices,
    Float64Array.from(batch, ({ priority }) => priority),
  );
}

function prioritiesOf(tree: PriorityTree): number[] {
  return Array.from({ length: tree.capacity }, (_, index) => tree.get(index));
}

describe('setMany', () => {
  test('is an array that is written row by row, duplicates and all', () => {
    fc.assert(
      fc.property(histories, ({ capacity, batches }) => {
        const tree = new PriorityTree(capacity);
        const model = new Array<number>(capacity).fill(0);
        for (const batch of batches) {
          setBatch(tree, batch);
          for (const { index, priority } of batch) model[index] = priority;
          expect(prioritiesOf(tree)).toEqual(model);
          expect(tree.total).toBe(model.reduce((sum, priority) => sum + priority, 0));
          expect(tree.minimum).toBe(Math.min(...model.filter((priority) => priority > 0)));
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('leaves what `set` leaves, to the bit', () => {
    const priority = fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e9, noNaN: true }));
    const writes = fc.array(fc.record({ index: fc.nat({ max: 199 }), priority }), { maxLength: 60 });
    fc.assert(
      fc.property(
        fc.array(writes, { maxLength: 4 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (all, at) => {
          const [batched, single] = [new PriorityTree(200), new PriorityTree(200)];
          for (const batch of all) {
            setBatch(batched, batch);
            for (const { index, priority } of batch) single.set(index, priority);
            expect(batched.total).toBe(single.total);
            expect(batched.minimum).toBe(single.minimum);
            if (single.total > 0) {
              expect(batched.find(at * single.total)).toBe(single.find(at * single.total));
            }
          }
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  test('follows a smallest priority that moves, vanishes and comes twice within one batch', () => {
    const tree = new PriorityTree(20);
    const all = Array.from({ length: 20 }, (_, index) => ({ index, priority: 10 + index }));
    setBatch(tree, all);
    expect(tree.minimum).toBe(10);
    setBatch(tree, [
      { index: 0, priority: 50 },
      { index: 1, priority: 60 },
    ]);
    expect(tree.minimum).toBe(12);
    setBatch(tree, [
      { index: 5, priority: 1 },
      { index: 5, priority: 40 },
      { index: 2, priority: 0 },
    ]);
    expect(tree.minimum).toBe(13);
    setBatch(
      tree,
      all.map(({ index }) => ({ index, priority: 0 })),
    );
    expect([tree.minimum, tree.total]).toEqual([Infinity, 0]);
  });

  test('takes the first `count` rows only', () => {
    const tree = new PriorityTree(4);
    tree.setMany(Int32Array.of(0, 1, 99), Float64Array.of(3, 4, NaN), 2);
    expect(prioritiesOf(tree)).toEqual([3, 4, 0, 0]);
    expect(tree.total).toBe(7);
    tree.setMany(Int32Array.of(2), Float64Array.of(5), 0);
    expect(tree.total).toBe(7);
  });

  test('names the row that is wrong before anything changes', () => {
    const tree = new PriorityTree(3);
    tree.set(0, 2);
    for (const priority of [-1, NaN, Infinity, Number.MAX_VALUE]) {
      expect(() => tree.setMany(Int32Array.of(0, 1), Float64Array.of(9, priority))).toThrow(
        `priorities[1]: expected a number from 0 to`,
      );
    }
    for (const index of [-1, 3]) {
      expect(() => tree.setMany(Int32Array.of(0, index), Float64Array.of(9, 9))).toThrow(
        `indices[1]: expected 0 to 2, got ${index}`,
      );
    }
    expect(() => tree.setMany(Int32Array.of(0, 1), Float64Array.of(9))).toThrow(
      'priorities[1]: expected a number from 0 to',
    );
    expect(prioritiesOf(tree)).toEqual([2, 0, 0]);
    expect([tree.total, tree.minimum]).toEqual([2, 2]);
  });
});

describe('findMany', () => {
  test('finds every mass where a naive search does, in any order', () => {
    fc.assert(
      fc.property(histories, fc.array(fc.nat()), ({ capacity, batches }, draws) => {
        const tree = new PriorityTree(capacity);
        for (const batch of batches) setBatch(tree, batch);
        const expected = prioritiesOf(tree).flatMap((priority, index) =>
          new Array<number>(priority).fill(index),
        );
        fc.pre(expected.length > 0);
        const masses = draws.map((draw) => draw % expected.length);
        const found = new Int32Array(masses.length);
        tree.findMany(Float64Array.from(masses), found);
        expect([...found]).toEqual(masses.map((mass) => expected[mass]));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('goes to the last item above 0, not beyond it, for a mass at or past the total', () => {
    const tree = new PriorityTree(600);
    for (const last of [0, 7, 8, 100, 511, 599]) {
      tree.set(last, 1);
      const found = new Int32Array(3);
      tree.findMany(Float64Array.of(tree.total, 1e9, Infinity), found);
      expect([...found]).toEqual([last, last, last]);
    }
  });

  test('writes the first `count` rows only, and does not change the masses', () => {
    const tree = new PriorityTree(2);
    tree.set(1, 4);
    const masses = Float64Array.of(3, 1, NaN);
    const found = Int32Array.of(-1, -1, -1);
    tree.findMany(masses, found, 2);
    expect([...found]).toEqual([1, 1, -1]);
    expect([...masses]).toEqual([3, 1, NaN]);
  });

  test('names the row that is wrong, and what is too short, before anything is written', () => {
    const tree = new PriorityTree(3);
    const found = Int32Array.of(-1, -1);
    expect(() => tree.findMany(Float64Array.of(0, 0), found)).toThrow(
      'find: expected a positive priority, but all are 0',
    );
    tree.set(0, 1);
    for (const mass of [-1, NaN]) {
      expect(() => tree.findMany(Float64Array.of(0, mass), found)).toThrow(
        `masses[1]: expected a number of at least 0, got ${mass}`,
      );
    }
    expect(() => tree.findMany(new Float64Array(3), found)).toThrow('found: expected at least 3 rows, got 2');
    expect([...found]).toEqual([-1, -1]);
  });
});

test('a tree with more items than can be numbered is refused', () => {
  expect(() => new PriorityTree(2 ** 30 + 1)).toThrow(
    'capacity: expected at most 1073741824, got 1073741825',
  );
});
