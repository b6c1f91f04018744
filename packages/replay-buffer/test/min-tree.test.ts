import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MinTree } from '../src/index.js';

test('an empty tree has no minimum, and the first priority is it, however large', () => {
  const tree = new MinTree(3);
  expect(tree.minimum).toBe(Infinity);
  tree.set(2, 50);
  expect(tree.minimum).toBe(50);
});

test('is the smallest positive of all, after any changes', () => {
  const sets = fc.array(fc.record({ index: fc.nat({ max: 10 }), priority: fc.nat({ max: 30 }) }));
  fc.assert(
    fc.property(sets, (all) => {
      const tree = new MinTree(11);
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

test('what cannot be a priority is refused and changes nothing', () => {
  const tree = new MinTree(2);
  tree.set(0, 4);
  for (const priority of [-1, NaN, Infinity]) {
    expect(() => tree.set(0, priority)).toThrow('priority: expected a number from 0 to');
  }
  expect(() => tree.set(2, 1)).toThrow('index: expected 0 to 1, got 2');
  expect(tree.minimum).toBe(4);
  expect(() => new MinTree(-1)).toThrow('capacity: expected a positive integer, got -1');
});
