import { expect, test } from '@jest/globals';
import { restoreTogether, type Savable, type SavedState } from '../src/index.js';

/** A number that refuses others, and how often it was asked for a copy. */
function part(value: number) {
  const copies = { count: 0 };
  const savable: Savable = {
    state: () => ((copies.count += 1), value),
    restore(state: SavedState) {
      if (typeof state !== 'number')
        throw new TypeError(`state: expected a number, got ${JSON.stringify(state)}`);
      value = state;
    },
  };
  return { savable, copies, value: () => value };
}

test('all parts take their states', () => {
  const [one, two] = [part(1), part(2)];
  restoreTogether([
    [one.savable, 10],
    [two.savable, 20],
  ]);
  expect([one.value(), two.value()]).toEqual([10, 20]);
});

test.each([0, 1, 2])('where part %d refuses, all are as they were', (wrong) => {
  const parts = [part(1), part(2), part(3)];
  const states = [10, 20, 30].map((state, place) => (place === wrong ? undefined : state));
  const restore = () => restoreTogether(parts.map(({ savable }, place) => [savable, states[place]]));
  expect(restore).toThrow('state: expected a number, got null');
  expect(parts.map(({ value }) => value())).toEqual([1, 2, 3]);
});

test('of the last part, which may be large, no copy is made', () => {
  const [one, two] = [part(1), part(2)];
  restoreTogether([
    [one.savable, 10],
    [two.savable, 20],
  ]);
  expect([one.copies.count, two.copies.count]).toEqual([1, 0]);
});
