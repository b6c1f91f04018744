import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { linearSchedule } from '../src/index.js';

const beta = { from: 0.4, to: 1, steps: 1000 };

test('goes in a straight line, ends exactly at its end and stays there', () => {
  expect(linearSchedule(0, beta)).toBe(0.4);
  expect(linearSchedule(250, beta)).toBeCloseTo(0.55, 12);
  expect(linearSchedule(999, beta)).toBeLessThan(1);
  for (const step of [1000, 1001, 1e9]) expect(linearSchedule(step, beta)).toBe(1);
});

test('never leaves the range between its ends, in either direction', () => {
  const value = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      value,
      value,
      fc.integer({ min: 1, max: 10_000 }),
      fc.nat(20_000),
      (from, to, steps, step) => {
        const now = linearSchedule(step, { from, to, steps });
        expect(linearSchedule(steps + step, { from, to, steps })).toBe(to);
        return now >= Math.min(from, to) && now <= Math.max(from, to);
      },
    ),
    { seed: 1, numRuns: 5000 },
  );
});

test('steps are counted from 0', () => {
  expect(() => linearSchedule(-1, beta)).toThrow('step: expected an integer of at least 0, got -1');
  expect(() => linearSchedule(0.5, beta)).toThrow('step: expected an integer of at least 0, got 0.5');
  expect(() => linearSchedule(0, { ...beta, to: NaN })).toThrow('to: expected a finite number, got NaN');
  expect(() => linearSchedule(0, { ...beta, steps: 0 })).toThrow('steps: expected a positive integer, got 0');
});
