import { expect, test } from '@jest/globals';
import { gainsOf, type JudgedMoment } from '../../src/gated/judged-moments.js';
import { chooseTrust } from '../../src/gated/trust.js';
import { moveWeights } from '../moved.js';
import { toyGated } from './toy.js';

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

test('users are judged by the ranking of all that was learned, blocks and residual', () => {
  const { agent } = toyGated({ gateRange: 2, residualRange: 3 });
  moveWeights(agent.learner);
  const { judged, pools } = agent['given'];
  const { user, history, rewards } = judged.histories;
  const scoresOf = (moment: number, rows: Int32Array) => {
    const [place, n] = [moment - user[0]!, agent.learner.historySize];
    const part = <T extends Int32Array | Float32Array>(column: T) =>
      column.slice(place * n, (place + 1) * n) as T;
    const view = { user: [moment], history: part(history), rewards: part(rewards) };
    return agent.learner.scores({ ...view, kind: Int32Array.of(0) }, rows);
  };
  const expected = gainsOf('catalogue', judged.moments.catalogue, (row, moment) => {
    const from = pools.offsets[moment]!;
    const rows = Int32Array.from({ length: pools.offsets[moment + 1]! - from }, (_, place) => from + place);
    return scoresOf(moment, rows)[row - from]!;
  });
  expect(expected.length).toBeGreaterThan(2);
  expect(Array.from(agent.judgedGains())).toEqual(Array.from(expected));
  agent.dispose();
});
