import { expect, test } from '@jest/globals';
import { gainsOf, type JudgedMoment } from '../../src/gated/judged-moments.js';
import { chooseTrust } from '../../src/gated/trust.js';

/** Users who may be shown two items each, and like the second. */
const judgedOf = (count: number): JudgedMoment[] =>
  Array.from({ length: count }, (_, moment) => ({
    ...{ moment, from: 2 * moment, to: 2 * moment + 2, isWanted: Uint8Array.of(0, 1), ideal: 1 },
  }));

test('the gain of a list is that of its likes, discounted by their place', () => {
  const first = gainsOf('catalogue', judgedOf(1), (row) => row);
  expect([...first]).toEqual([1]);
  const second = gainsOf('few', judgedOf(1), (row) => -row);
  expect(second[0]).toBeCloseTo(1 / Math.log2(3));
  // Of equal scores the first row is higher.
  expect(gainsOf('few', judgedOf(1), () => 0)[0]).toBeCloseTo(1 / Math.log2(3));
});

test('what was learned is followed as far as it ranks best', () => {
  // Beyond half of the way every other user is ranked for worse again.
  const scoreOf = (share: number, row: number, moment: number) => {
    const isSecond = row % 2 === 1;
    if (share === 0) return isSecond ? 0 : 1;
    return isSecond && (share <= 0.5 || moment % 2 === 0) ? 1 : 0.5;
  };
  expect(chooseTrust('catalogue', judgedOf(40), scoreOf)).toBe(0.25);
});

test('what may be chance is not followed, nor what nobody was judged by', () => {
  const oneInMany = (share: number, row: number, moment: number) =>
    (row % 2 === 1) === (share > 0 && moment === 0) ? 1 : 0;
  expect(chooseTrust('few', judgedOf(40), oneInMany)).toBe(0);
  expect(chooseTrust('few', judgedOf(1), (share, row) => share * row)).toBe(0);
  expect(chooseTrust('few', [], () => 1)).toBe(0);
});
