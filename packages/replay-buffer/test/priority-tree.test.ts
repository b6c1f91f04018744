import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Random } from '@rl-recsys/random';
import { PriorityTree } from '../src/index.js';

function treeOf(priorities: ArrayLike<number>): PriorityTree {
  const tree = new PriorityTree(priorities.length);
  for (let index = 0; index < priorities.length; index++) tree.set(index, priorities[index]!);
  return tree;
}

describe('find', () => {
  //          10
  //      4       6
  //    1   3   0   6
  test('lays the priorities end to end', () => {
    const tree = treeOf([1, 3, 0, 6]);
    expect(tree.total).toBe(10);
    const found = [0, 0.999, 1, 3.999, 4, 9.999].map((mass) => tree.find(mass));
    expect(found).toEqual([0, 0, 1, 1, 3, 3]);
  });

  test('agrees with a naive search for every mass, for every capacity', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 20 }), (priorities) => {
        const total = priorities.reduce((sum, priority) => sum + priority, 0);
        const tree = treeOf(priorities);
        expect(tree.total).toBe(total);
        const expected = priorities.flatMap((priority, index) => new Array<number>(priority).fill(index));
        expect(expected.map((_, mass) => tree.find(mass + 0.5))).toEqual(expected);
        expect(expected.map((_, mass) => tree.find(mass))).toEqual(expected);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('never lands on an item of priority 0, however the sums were rounded', () => {
    const random = Random.fromSeed(1);
    for (let round = 0; round < 2000; round++) {
      const length = 1 + random.integer(40);
      const tree = treeOf(
        Array.from({ length }, () => (random.uniform() < 0.4 ? 0 : 10 ** (12 * random.uniform() - 6))),
      );
      if (tree.total === 0) continue;
      const edges = [0, 1 - 2 ** -53, 1 - 2 ** -52, 1, 1 + 2 ** -52].map((share) => share * tree.total);
      let sum = 0;
      for (let index = 0; index < length; index++) edges.push((sum += tree.get(index)));
      expect(edges.filter((mass) => !(tree.get(tree.find(mass)) > 0))).toEqual([]);
    }
  });

  test('reaches the first and the last item, and past the total the last that is not empty', () => {
    const tree = treeOf([1, 1, 1, 1, 1]);
    expect(tree.find(0)).toBe(0);
    expect(tree.find(4.5)).toBe(4);
    expect(tree.find(5)).toBe(4);
    tree.set(4, 0);
    expect(tree.find(1000)).toBe(3);
    expect(treeOf([2]).find(1)).toBe(0);
  });

  test('needs a mass and something to find', () => {
    const tree = new PriorityTree(3);
    expect(() => tree.find(0)).toThrow('find: expected a positive priority, but all are 0');
    tree.set(1, 1);
    expect(() => tree.find(-1)).toThrow('mass: expected a number of at least 0, got -1');
    expect(() => tree.find(NaN)).toThrow('mass: expected a number of at least 0, got NaN');
  });
});

test('the total never drifts: it is that of a tree made anew', () => {
  const priority = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e15, noNaN: true }));
  const sets = fc.array(fc.record({ index: fc.nat({ max: 12 }), priority }), { maxLength: 200 });
  fc.assert(
    fc.property(sets, (all) => {
      const tree = new PriorityTree(13);
      const model = new Float64Array(13);
      for (const { index, priority } of all) {
        tree.set(index, priority);
        model[index] = priority;
      }
      expect(tree.total).toBe(treeOf(model).total);
      expect(Float64Array.from(model, (_, index) => tree.get(index))).toEqual(model);
      for (let index = 0; index < 13; index++) tree.set(index, 0);
      expect(tree.total).toBe(0);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('what cannot be a priority is refused and changes nothing', () => {
  const tree = treeOf([1, 2, 3]);
  for (const priority of [-1, NaN, Infinity, Number.MAX_VALUE]) {
    expect(() => tree.set(1, priority)).toThrow(`priority: expected a number from 0 to`);
  }
  for (const index of [-1, 3, 0.5, NaN]) {
    expect(() => tree.set(index, 1)).toThrow(`index: expected 0 to 2, got ${index}`);
  }
  expect(tree.total).toBe(6);
  expect(() => new PriorityTree(0)).toThrow('capacity: expected a positive integer, got 0');
});

test('the largest priorities have a finite sum', () => {
  const tree = treeOf(new Float64Array(3).fill(Number.MAX_VALUE / 6));
  expect(tree.total).toBeLessThan(Infinity);
  expect(tree.find(tree.total)).toBe(2);
});

describe('minimum', () => {
  test('an empty tree has no minimum, and the first priority is it, however large', () => {
    const tree = new PriorityTree(3);
    expect(tree.minimum).toBe(Infinity);
    tree.set(2, 50);
    expect(tree.minimum).toBe(50);
  });

  test('is the smallest positive of all, after any changes', () => {
    const sets = fc.array(fc.record({ index: fc.nat({ max: 10 }), priority: fc.nat({ max: 30 }) }));
    fc.assert(
      fc.property(sets, (all) => {
        const tree = new PriorityTree(11);
        const model = new Array<number>(11).fill(0);
        for (const { index, priority } of all) {
          tree.set(index, priority);
          model[index] = priority;
          expect(tree.minimum).toBe(Math.min(...model.filter((value) => value > 0)));
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('what cannot be a priority does not change the minimum', () => {
    const tree = new PriorityTree(2);
    tree.set(0, 4);
    for (const priority of [-1, NaN, Infinity]) {
      expect(() => tree.set(0, priority)).toThrow('priority: expected a number from 0 to');
    }
    expect(() => tree.set(2, 1)).toThrow('index: expected 0 to 1, got 2');
    expect(tree.minimum).toBe(4);
    expect(() => new PriorityTree(-1)).toThrow('capacity: expected a positive integer, got -1');
  });
});
