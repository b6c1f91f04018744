import { expect, test } from '@jest/globals';
import { DENSE_ITEMS } from '../../src/index.js';
import { denseItems } from '../../src/fit/dense-items.js';
import { logOfHistories } from '../scores/item-log.js';

test('of a catalogue that is too large the items that were rated most, of equals the first', () => {
  const { all, ofMore } = DENSE_ITEMS;
  const [last, other] = [all, all - 5];
  const log = logOfHistories([[[last, 5], [3, 4], [other, 2]], [[last, 1], [other, 3]]], all + 1); // prettier-ignore
  const { log: known, among } = denseItems(log);
  expect(among).toHaveLength(ofMore);
  expect(among!.slice(0, 3)).toEqual(Int32Array.of(0, 1, 2));
  expect(among!.slice(-3)).toEqual(Int32Array.of(ofMore - 3, other, last));
  expect([...known.items]).toEqual([ofMore - 1, 3, ofMore - 2, ofMore - 1, ofMore - 2]);
  expect(known).toMatchObject({ itemCount: ofMore, userCount: 2, ratings: log.ratings });
});

test('all items of a catalogue that is not', () => {
  const log = logOfHistories([[[0, 5]]], DENSE_ITEMS.all);
  expect(denseItems(log)).toEqual({ log });
});
