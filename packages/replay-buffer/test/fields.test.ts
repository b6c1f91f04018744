import { expect, test } from '@jest/globals';
import { float32, int32, TransitionStorage, type Columns, type Transition } from '../src/index.js';

test('a schema types what is added and what comes back', () => {
  const known = 3 as number;
  const fields = { state: float32(4), action: int32(), reward: float32(1), history: int32(known) };
  const transition: Transition<typeof fields> = {
    state: [1, 2, 3, 4],
    action: 1,
    reward: 0.5,
    history: Int32Array.of(7, 8, 9),
  };
  // @ts-expect-error: a field of size 1 takes a number
  const wrongScalar: Transition<typeof fields> = { ...transition, action: [1] };
  // @ts-expect-error: a larger field takes an array
  const wrongVector: Transition<typeof fields> = { ...transition, state: 1 };
  // @ts-expect-error: every field is needed
  const missing: Transition<typeof fields> = { state: [1, 2, 3, 4], action: 1, reward: 0 };
  const columns: Columns<typeof fields> = {
    state: new Float32Array(4),
    action: new Int32Array(1),
    reward: new Float32Array(1),
    history: new Int32Array(3),
  };
  // @ts-expect-error: an int32 field comes back as an Int32Array
  const wrongColumn: Columns<typeof fields> = { ...columns, action: new Float32Array(1) };

  const storage = new TransitionStorage({ capacity: 2, fields });
  expect(storage.add(transition)).toBe(0);
  expect(() => storage.add(wrongVector)).toThrow('state: expected an array of 4 numbers, got 1');
  expect(() => storage.add(missing)).toThrow('history: expected an array of 3 numbers, got undefined');
  expect(() => storage.gather([0], wrongColumn)).toThrow(
    'columns.action: expected Int32Array of 1, got Float32Array of 1',
  );
  // A size that is known only at run time may turn out to be 1.
  expect(storage.add(wrongScalar)).toBe(1);
});

test('sizes are positive integers', () => {
  expect(float32()).toEqual({ dtype: 'float32', size: 1 });
  expect(int32(10)).toEqual({ dtype: 'int32', size: 10 });
  expect(() => float32(0)).toThrow('size: expected a positive integer, got 0');
  expect(() => int32(1.5)).toThrow('size: expected a positive integer, got 1.5');
});
