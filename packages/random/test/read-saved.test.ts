import { expect, test } from '@jest/globals';
import {
  savedArray,
  savedCount,
  savedFlag,
  savedList,
  savedNumber,
  savedRecord,
  type SavedState,
} from '../src/index.js';

const others: readonly (SavedState | undefined)[] = [undefined, null, 'text', {}, [], Int8Array.of(1), NaN];

test.each<[string, (state: SavedState | undefined) => unknown, SavedState]>([
  ['a record', (state) => savedRecord(state, 'place', ['a']), { a: 1 }],
  ['an array', (state) => savedArray(state, 'place', Float32Array), Float32Array.of(1)],
  ['a count', (state) => savedCount(state, 'place'), 3],
  ['a number', (state) => savedNumber(state, 'place'), -0.5],
  ['a flag', (state) => savedFlag(state, 'place'), false],
  ['a list', (state) => savedList(state, 'place', 2), [1, 2]],
])('%s is what was saved, and everything else is refused by its place', (_, read, saved) => {
  expect(read(saved)).toEqual(saved);
  for (const other of others) expect(() => read(other)).toThrow(/^place: expected /);
});

test('says what is missing, or of another size', () => {
  expect(() => savedRecord({ a: 1 }, 'state', ['a', 'b'])).toThrow(
    'state: expected a record of a, b, got none of the name b',
  );
  expect(() => savedArray(Int32Array.of(1, 2), 'ids', Int32Array, 3)).toThrow(
    'ids: expected 3 numbers, got 2',
  );
  expect(() => savedArray(Float32Array.of(1), 'ids', Int32Array)).toThrow(
    'ids: expected Int32Array, got Float32Array',
  );
  expect(() => savedCount(4, 'user', 3)).toThrow('user: expected an integer from 0 to 3, got 4');
});

test('what an object inherits is not saved in it, and an array is a copy', () => {
  expect(() => savedRecord({}, 'state', ['toString'])).toThrow('toString');
  const numbers = Int32Array.of(1);
  savedArray(numbers, 'numbers', Int32Array)[0] = 2;
  expect(numbers[0]).toBe(1);
});
